import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn, instantColumn } from './transformers.js';

/** Paying, and getting back. */

@Entity('batches')
export class Batch {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'text', name: 'batch_no' }) batchNo: string;
  @Column({ type: 'uuid', name: 'fund_id' }) fundId: string;
  @Column('text') rail: string;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'maker_id' }) makerId: string;
  @Column({ type: 'text', name: 'content_hash', nullable: true }) contentHash: string | null;
  @Column({ type: 'integer', name: 'line_count' }) lineCount: number;
  @Column({ type: 'bigint', name: 'total_fen', transformer: bigintColumn }) totalFen: bigint;
  @Column({ type: 'timestamptz', name: 'submitted_at', nullable: true, transformer: instantColumn }) submittedAt: number | null;
  @Column({ type: 'timestamptz', name: 'approved_at', nullable: true, transformer: instantColumn }) approvedAt: number | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
  /** what the bank had agreed when the batch was made; none where no bank is asked */
  @Column({ type: 'uuid', name: 'rail_profile_id', nullable: true }) railProfileId: string | null;
  /** how `contentHash` is computed: 1, over all lines at once; 2, as a Merkle tree over them */
  @Column({ type: 'smallint', name: 'content_form', default: 2 }) contentForm: number;
}

@Entity('batch_approvals')
export class BatchApproval {
  @PrimaryColumn({ type: 'uuid', name: 'batch_id' }) batchId: string;
  @PrimaryColumn({ type: 'uuid', name: 'person_id' }) personId: string;
  @PrimaryColumn('text') decision: string;
  @PrimaryColumn({ type: 'text', name: 'content_hash' }) contentHash: string;
  @Column({ type: 'text', nullable: true }) reason: string | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('disbursements')
export class Disbursement {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column('text') payment: string;
  @Column('integer') round: number;
  @Column({ type: 'bigint', name: 'amount_fen', transformer: bigintColumn }) amountFen: bigint;
  @Column({ type: 'uuid', name: 'fund_id' }) fundId: string;
  @Column({ type: 'uuid', name: 'payee_account_id' }) payeeAccountId: string;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'batch_id', nullable: true }) batchId: string | null;
  @Column({ type: 'date', name: 'requested_on' }) requestedOn: string;
  @Column({ type: 'date', name: 'settled_on', nullable: true }) settledOn: string | null;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
  @Column('integer') version: number;
  /** what each fund bears, where several make up the payment */
  @Column({ type: 'text', name: 'fund_shares', nullable: true }) fundShares: string | null;
  @Column({ type: 'integer', name: 'fund_year' }) fundYear: number;
}

@Entity('transfers')
export class Transfer {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'disbursement_id' }) disbursementId: string;
  @Column({ type: 'uuid', name: 'batch_id' }) batchId: string;
  @Column({ type: 'integer', name: 'line_no' }) lineNo: number;
  @Column('text') state: string;
  @Column({ type: 'text', name: 'end_to_end_id' }) endToEndId: string;
  @Column({ type: 'bigint', name: 'amount_fen', transformer: bigintColumn }) amountFen: bigint;
  @Column({ type: 'text', name: 'holder_name' }) holderName: string;
  @Column({ type: 'text', name: 'account_no' }) accountNo: string;
  @Column({ type: 'text', name: 'bank_no' }) bankNo: string;
  @Column('text') remittance: string;
  @Column({ type: 'text', name: 'bank_reference', nullable: true }) bankReference: string | null;
  @Column({ type: 'text', nullable: true }) reason: string | null;
  @Column({ type: 'timestamptz', name: 'lease_until', nullable: true, transformer: instantColumn }) leaseUntil: number | null;
  @Column({ type: 'timestamptz', name: 'next_inquiry_at', nullable: true, transformer: instantColumn }) nextInquiryAt: number | null;
  @Column('integer') inquiries: number;
  @Column({ type: 'date', name: 'sent_on', nullable: true }) sentOn: string | null;
  @Column({ type: 'date', name: 'settled_on', nullable: true }) settledOn: string | null;
  @Column({ type: 'timestamptz', name: 'updated_at', transformer: instantColumn }) updatedAt: number;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
}

@Entity('attempts')
export class Attempt {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'transfer_id' }) transferId: string;
  @Column({ type: 'integer', name: 'attempt_no' }) attemptNo: number;
  @Column({ type: 'text', name: 'instr_id' }) instrId: string;
  @Column('bytea') request: Buffer;
  @Column({ type: 'bytea', name: 'request_sha256' }) requestSha256: Buffer;
  @Column({ type: 'timestamptz', name: 'sent_at', nullable: true, transformer: instantColumn }) sentAt: number | null;
  @Column({ type: 'bytea', nullable: true }) response: Buffer | null;
  @Column({ type: 'text', nullable: true }) outcome: string | null;
  @Column({ type: 'timestamptz', name: 'answered_at', nullable: true, transformer: instantColumn }) answeredAt: number | null;
}

@Entity('bank_files')
export class BankFile {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'batch_id', nullable: true }) batchId: string | null;
  @Column('text') kind: string;
  @Column({ type: 'text', name: 'file_name' }) fileName: string;
  @Column('bytea') sha256: Buffer;
  @Column('bytea') content: Buffer;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('recoveries')
export class Recovery {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column({ type: 'integer', name: 'recovery_no' }) recoveryNo: number;
  @Column({ type: 'bigint', name: 'demanded_fen', transformer: bigintColumn }) demandedFen: bigint;
  @Column('jsonb') reason: unknown;
  @Column('jsonb') cite: unknown;
  @Column('text') state: string;
  @Column({ type: 'date', name: 'opened_on' }) openedOn: string;
  @Column({ type: 'date', name: 'closed_on', nullable: true }) closedOn: string | null;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
  @Column({ type: 'date', name: 'demanded_on', nullable: true }) demandedOn: string | null;
  @Column({ type: 'jsonb', nullable: true }) instalments: unknown;
}

@Entity('recovery_receipts')
export class RecoveryReceipt {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'recovery_id' }) recoveryId: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column('text') kind: string;
  @Column({ type: 'bigint', name: 'amount_fen', transformer: bigintColumn }) amountFen: bigint;
  @Column({ type: 'date', name: 'on_date' }) onDate: string;
  @Column('text') reference: string;
  @Column({ type: 'text', name: 'recorded_by' }) recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('set_offs')
export class SetOff {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'recovery_id' }) recoveryId: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column({ type: 'uuid', name: 'paying_case_id' }) payingCaseId: string;
  @Column('text') payment: string;
  @Column({ type: 'uuid', name: 'disbursement_id' }) disbursementId: string;
  @Column({ type: 'uuid', name: 'fund_id' }) fundId: string;
  @Column({ type: 'bigint', name: 'amount_fen', transformer: bigintColumn }) amountFen: bigint;
  @Column('text') state: string;
  @Column({ type: 'date', name: 'on_date' }) onDate: string;
  @Column({ type: 'date', name: 'ended_on', nullable: true }) endedOn: string | null;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('bank_feeds')
export class BankFeed {
  @PrimaryColumn('text') rail: string;
  @Column({ name: 'last_seq', type: 'bigint', transformer: bigintColumn }) lastSeq: bigint;
}
