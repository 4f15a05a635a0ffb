import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn, instantColumn } from './transformers.js';

/** What banks send, what it was matched to, and what a person must look at. */

@Entity('received_files')
export class ReceivedFile {
  @PrimaryColumn('uuid') id: string;
  @Column('bytea') sha256: Buffer;
  @Column({ type: 'text', name: 'file_name' }) fileName: string;
  @Column({ type: 'bigint', name: 'byte_count', transformer: bigintColumn }) byteCount: bigint;
  @Column({ type: 'text', nullable: true }) format: string | null;
  @Column('text') state: string;
  @Column({ type: 'jsonb', nullable: true }) reason: unknown;
  @Column({ type: 'uuid', name: 'received_by' }) receivedBy: string;
  @Column({ type: 'text', nullable: true }) district: string | null;
  @Column({ type: 'text', nullable: true }) decision: string | null;
  @Column({ type: 'uuid', name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ type: 'text', name: 'decided_note', nullable: true }) decidedNote: string | null;
  @Column({ type: 'jsonb', nullable: true }) report: unknown;
  @Column({ type: 'timestamptz', name: 'lease_until', nullable: true, transformer: instantColumn }) leaseUntil: number | null;
  @Column({ type: 'timestamptz', name: 'received_at', transformer: instantColumn }) receivedAt: number;
  @Column({ type: 'timestamptz', name: 'imported_at', nullable: true, transformer: instantColumn }) importedAt: number | null;
}

@Entity('received_file_parts')
export class ReceivedFilePart {
  @PrimaryColumn({ type: 'uuid', name: 'file_id' }) fileId: string;
  @PrimaryColumn({ type: 'integer', name: 'part_no' }) partNo: number;
  @Column('bytea') content: Buffer;
}

@Entity('statements')
export class Statement {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'file_id' }) fileId: string;
  @Column({ type: 'text', name: 'account_no' }) accountNo: string;
  @Column({ type: 'text', name: 'statement_id' }) statementId: string;
  @Column({ type: 'integer', name: 'page_no' }) pageNo: number;
  @Column({ type: 'boolean', name: 'last_page' }) lastPage: boolean;
  @Column({ type: 'text', name: 'sequence_no', nullable: true }) sequenceNo: string | null;
  @Column({ type: 'date', name: 'on_date', nullable: true }) onDate: string | null;
  @Column({ type: 'bigint', name: 'opening_fen', nullable: true, transformer: bigintColumn }) openingFen: bigint | null;
  @Column({ type: 'bigint', name: 'closing_fen', nullable: true, transformer: bigintColumn }) closingFen: bigint | null;
  @Column('boolean') final: boolean;
  @Column('boolean') sound: boolean;
  @Column({ type: 'integer', name: 'line_count' }) lineCount: number;
  @Column({ type: 'bigint', name: 'credit_fen', transformer: bigintColumn }) creditFen: bigint;
  @Column({ type: 'bigint', name: 'debit_fen', transformer: bigintColumn }) debitFen: bigint;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('statement_lines')
export class StatementLine {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'file_id' }) fileId: string;
  @Column({ type: 'integer', name: 'line_no' }) lineNo: number;
  @Column({ type: 'integer', name: 'at_line' }) atLine: number;
  @Column({ type: 'text', name: 'at_path' }) atPath: string;
  @Column({ type: 'text', name: 'account_no' }) accountNo: string;
  @Column({ type: 'text', name: 'statement_id' }) statementId: string;
  @Column({ type: 'text', name: 'line_key' }) lineKey: string;
  @Column('text') direction: string;
  @Column({ type: 'bigint', name: 'amount_fen', transformer: bigintColumn }) amountFen: bigint;
  @Column({ type: 'date', name: 'booked_on' }) bookedOn: string;
  @Column('boolean') reversal: boolean;
  @Column({ type: 'text', name: 'end_to_end_id', nullable: true }) endToEndId: string | null;
  @Column({ type: 'text', name: 'instr_id', nullable: true }) instrId: string | null;
  @Column({ type: 'text', name: 'bank_ref', nullable: true }) bankRef: string | null;
  @Column({ type: 'text', name: 'counterparty_name', nullable: true }) counterpartyName: string | null;
  @Column({ type: 'text', name: 'counterparty_account', nullable: true }) counterpartyAccount: string | null;
  @Column({ type: 'text', nullable: true }) remittance: string | null;
  @Column({ type: 'text', name: 'return_code', nullable: true }) returnCode: string | null;
  @Column({ type: 'text', name: 'return_text', nullable: true }) returnText: string | null;
}

@Entity('bank_statuses')
export class BankStatus {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'file_id' }) fileId: string;
  @Column({ type: 'integer', name: 'status_no' }) statusNo: number;
  @Column({ type: 'integer', name: 'at_line' }) atLine: number;
  @Column({ type: 'text', name: 'at_path' }) atPath: string;
  @Column('text') level: string;
  @Column({ type: 'text', name: 'original_message_id', nullable: true }) originalMessageId: string | null;
  @Column({ type: 'text', name: 'original_block_id', nullable: true }) originalBlockId: string | null;
  @Column({ type: 'text', name: 'end_to_end_id', nullable: true }) endToEndId: string | null;
  @Column({ type: 'text', name: 'instr_id', nullable: true }) instrId: string | null;
  @Column({ type: 'text', name: 'bank_ref', nullable: true }) bankRef: string | null;
  @Column('text') meaning: string;
  @Column('text') code: string;
  @Column({ type: 'text', name: 'reason_code', nullable: true }) reasonCode: string | null;
  @Column({ type: 'text', name: 'reason_text', nullable: true }) reasonText: string | null;
  @Column({ type: 'bigint', name: 'amount_fen', nullable: true, transformer: bigintColumn }) amountFen: bigint | null;
  @Column({ type: 'date', name: 'on_date', nullable: true }) onDate: string | null;
}

@Entity('line_proposals')
export class LineProposal {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'line_id' }) lineId: string;
  @Column('text') kind: string;
  @Column({ type: 'uuid', name: 'transfer_id', nullable: true }) transferId: string | null;
  @Column({ type: 'uuid', name: 'recovery_id', nullable: true }) recoveryId: string | null;
  /** the paper whose money came or went with the line */
  @Column({ type: 'uuid', name: 'appropriation_id', nullable: true }) appropriationId: string | null;
  @Column({ type: 'uuid', name: 'receipt_id', nullable: true }) receiptId: string | null;
  @Column('text') note: string;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'proposed_by' }) proposedBy: string;
  @Column({ type: 'uuid', name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('matches')
export class Match {
  @PrimaryColumn({ type: 'uuid', name: 'line_id' }) lineId: string;
  @Column('text') kind: string;
  @Column({ type: 'uuid', name: 'transfer_id', nullable: true }) transferId: string | null;
  @Column({ type: 'uuid', name: 'recovery_id', nullable: true }) recoveryId: string | null;
  /** the paper whose money came or went with the line */
  @Column({ type: 'uuid', name: 'appropriation_id', nullable: true }) appropriationId: string | null;
  @Column({ type: 'uuid', name: 'receipt_id', nullable: true }) receiptId: string | null;
  @Column('text') rule: string;
  @Column({ type: 'uuid', name: 'proposal_id', nullable: true }) proposalId: string | null;
  @Column({ type: 'text', name: 'matched_by' }) matchedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('suspense_items')
export class SuspenseItem {
  @PrimaryColumn({ type: 'uuid', name: 'line_id' }) lineId: string;
  @Column({ type: 'uuid', name: 'fund_id' }) fundId: string;
  @Column({ type: 'bigint', name: 'amount_fen', transformer: bigintColumn }) amountFen: bigint;
  @Column({ type: 'date', name: 'booked_on' }) bookedOn: string;
  @Column({ type: 'text', name: 'posted_as' }) postedAs: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('receipt_worklist')
export class ReceiptWorkItem {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'file_id' }) fileId: string;
  @Column({ type: 'integer', name: 'item_no' }) itemNo: number;
  @Column({ type: 'integer', name: 'at_line' }) atLine: number;
  @Column({ type: 'text', name: 'at_path' }) atPath: string;
  @Column('text') code: string;
  @Column('jsonb') text: unknown;
  @Column('text') found: string;
  @Column({ type: 'uuid', name: 'line_id', nullable: true }) lineId: string | null;
  @Column({ type: 'uuid', name: 'transfer_id', nullable: true }) transferId: string | null;
  @Column('text') state: string;
  @Column({ type: 'text', name: 'closed_by', nullable: true }) closedBy: string | null;
  @Column({ type: 'text', name: 'closed_note', nullable: true }) closedNote: string | null;
  @Column({ type: 'timestamptz', name: 'closed_at', nullable: true, transformer: instantColumn }) closedAt: number | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('transfer_releases')
export class TransferRelease {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'transfer_id' }) transferId: string;
  @Column('text') note: string;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'proposed_by' }) proposedBy: string;
  @Column({ type: 'uuid', name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('reconciliations')
export class Reconciliation {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'text', name: 'account_no' }) accountNo: string;
  @Column({ type: 'date', name: 'on_date' }) onDate: string;
  @Column('jsonb') content: unknown;
  @Column({ type: 'bytea', name: 'content_hash' }) contentHash: Buffer;
  @Column({ type: 'uuid', name: 'prepared_by' }) preparedBy: string;
  @Column({ type: 'uuid', name: 'signed_by', nullable: true }) signedBy: string | null;
  @Column({ type: 'timestamptz', name: 'signed_at', nullable: true, transformer: instantColumn }) signedAt: number | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}
