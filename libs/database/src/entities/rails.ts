import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn, instantColumn } from './transformers.js';

/** The way to a bank: what it agreed, which files left, what it refused. */

@Entity('rail_profiles')
export class RailProfileRow {
  @PrimaryColumn('uuid') id: string;
  @Column('text') rail: string;
  @Column({ type: 'text', name: 'bank_code', nullable: true }) bankCode: string | null;
  @Column({ type: 'date', name: 'effective_from' }) effectiveFrom: string;
  @Column('jsonb') profile: unknown;
  @Column('text') reason: string;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'proposed_by', nullable: true }) proposedBy: string | null;
  @Column({ type: 'uuid', name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true, transformer: instantColumn }) decidedAt: number | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('batch_execution_days')
export class BatchExecutionDay {
  @PrimaryColumn({ type: 'uuid', name: 'batch_id' }) batchId: string;
  @PrimaryColumn({ type: 'date', name: 'execution_on' }) executionOn: string;
  @Column({ type: 'uuid', name: 'person_id' }) personId: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('bank_file_parts')
export class BankFilePart {
  @PrimaryColumn({ type: 'uuid', name: 'bank_file_id' }) bankFileId: string;
  @Column({ type: 'uuid', name: 'batch_id' }) batchId: string;
  @Column({ type: 'integer', name: 'part_no' }) partNo: number;
  @Column({ type: 'integer', name: 'line_count' }) lineCount: number;
  @Column({ type: 'bigint', name: 'total_fen', transformer: bigintColumn }) totalFen: bigint;
  @Column({ type: 'date', name: 'execution_on' }) executionOn: string;
}

@Entity('bank_file_lines')
export class BankFileLine {
  @PrimaryColumn({ type: 'uuid', name: 'bank_file_id' }) bankFileId: string;
  @PrimaryColumn({ type: 'integer', name: 'line_no' }) lineNo: number;
  @Column({ type: 'uuid', name: 'transfer_id' }) transferId: string;
}

@Entity('bank_file_deliveries')
export class BankFileDelivery {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'bank_file_id' }) bankFileId: string;
  @Column({ type: 'uuid', name: 'person_id' }) personId: string;
  @Column('text') kind: string;
  @Column('bytea') sha256: Buffer;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('bank_file_withdrawals')
export class BankFileWithdrawal {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'bank_file_id' }) bankFileId: string;
  @Column('text') evidence: string;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'proposed_by' }) proposedBy: string;
  @Column({ type: 'uuid', name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('payee_account_doubts')
export class PayeeAccountDoubt {
  @PrimaryColumn({ type: 'uuid', name: 'payee_account_id' }) payeeAccountId: string;
  @Column({ type: 'uuid', name: 'transfer_id' }) transferId: string;
  @Column('text') code: string;
  @Column('text') reason: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}
