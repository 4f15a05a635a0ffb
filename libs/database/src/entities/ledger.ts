import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { bigintColumn, instantColumn } from './transformers.js';

/** Funds, their budget, and the two books. */

@Entity('funds')
export class Fund {
  @PrimaryColumn('uuid') id: string;
  @Column('text') code: string;
  @Column('text') district: string;
  @Column({ type: 'integer', name: 'fiscal_year' }) fiscalYear: number;
  @Column('jsonb') name: unknown;
  @Column({ type: 'text', name: 'debtor_name' }) debtorName: string;
  @Column({ type: 'text', name: 'debtor_account_no' }) debtorAccountNo: string;
  @Column({ type: 'text', name: 'debtor_bank_no' }) debtorBankNo: string;
}

@Entity('appropriations')
export class Appropriation {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'fund_id' }) fundId: string;
  @Column({ type: 'bigint', name: 'amount_fen', transformer: bigintColumn }) amountFen: bigint;
  @Column({ type: 'text', name: 'document_no' }) documentNo: string;
  @Column('text') kind: string;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'proposed_by' }) proposedBy: string;
  @Column({ type: 'uuid', name: 'approved_by', nullable: true }) approvedBy: string | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('fund_closings')
export class FundClosing {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'fund_id' }) fundId: string;
  @Column({ type: 'text', name: 'document_no' }) documentNo: string;
  @Column('jsonb') cite: unknown;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'proposed_by' }) proposedBy: string;
  @Column({ type: 'uuid', name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ type: 'date', name: 'decided_on', nullable: true }) decidedOn: string | null;
  @Column({ type: 'bigint', name: 'lapsed_fen', nullable: true, transformer: bigintColumn }) lapsedFen: bigint | null;
  @Column({ type: 'bigint', name: 'carried_fen', nullable: true, transformer: bigintColumn }) carriedFen: bigint | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

/** What a night's proof of the books found; a result stays as it is. */
@Entity('ledger_proofs')
export class LedgerProofRow {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'date', name: 'legal_day' }) legalDay: string;
  @Column({ type: 'timestamptz', name: 'started_at', transformer: instantColumn }) startedAt: number;
  @Column({ type: 'timestamptz', name: 'finished_at', transformer: instantColumn }) finishedAt: number;
  @Column('boolean') ok: boolean;
  @Column({ type: 'integer', name: 'findings_total' }) findingsTotal: number;
  @Column('jsonb') findings: unknown;
  @Column('jsonb') figures: unknown;
}

@Entity('accounts')
export class Account {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: string;
  @Column({ type: 'uuid', name: 'fund_id' }) fundId: string;
  @Column('text') book: string;
  @Column('text') code: string;
  @Column({ type: 'boolean', name: 'min_zero' }) minZero: boolean;
}

@Entity('account_balances')
export class AccountBalance {
  @PrimaryColumn({ type: 'bigint', name: 'account_id', transformer: bigintColumn }) accountId: bigint;
  @Column({ type: 'bigint', name: 'posted_fen', transformer: bigintColumn }) postedFen: bigint;
  @Column('boolean') closed: boolean;
}

@Entity('postings')
export class Posting {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'fund_id' }) fundId: string;
  @Column('text') book: string;
  @Column({ type: 'text', name: 'event_type' }) eventType: string;
  @Column({ type: 'text', name: 'event_id' }) eventId: string;
  @Column({ type: 'date', name: 'business_date' }) businessDate: string;
  @Column({ type: 'uuid', name: 'case_id', nullable: true }) caseId: string | null;
  @Column({ type: 'uuid', name: 'batch_id', nullable: true }) batchId: string | null;
  @Column({ type: 'uuid', name: 'organisation_id', nullable: true }) organisationId: string | null;
  @Column({ type: 'text', nullable: true }) district: string | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
  @Column({ type: 'bigint', transformer: bigintColumn }) tx: bigint;
}

@Entity('entries')
export class Entry {
  @PrimaryColumn({ type: 'uuid', name: 'posting_id' }) postingId: string;
  @PrimaryColumn({ type: 'integer', name: 'line_no' }) lineNo: number;
  @Column({ type: 'bigint', name: 'account_id', transformer: bigintColumn }) accountId: bigint;
  @Column({ type: 'bigint', name: 'amount_fen', transformer: bigintColumn }) amountFen: bigint;
}
