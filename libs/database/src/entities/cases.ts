import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn, instantColumn } from './transformers.js';

/** The case, its facts and events, who did which duty, and the stored answers to commands. */

@Entity('cases')
export class Case {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'text', name: 'case_no' }) caseNo: string;
  @Column({ type: 'text', name: 'policy_id' }) policyId: string;
  @Column({ type: 'text', name: 'policy_version' }) policyVersion: string;
  @Column('text') jurisdiction: string;
  @Column({ type: 'text', name: 'machine_hash' }) machineHash: string;
  @Column({ type: 'bytea', name: 'terms_sha256' }) termsSha256: Buffer;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
  @Column({ type: 'uuid', name: 'payee_account_id' }) payeeAccountId: string;
  @Column('text') state: string;
  @Column('text') standing: string;
  @Column('json') snapshot: unknown;
  @Column('integer') version: number;
  @Column({ type: 'bytea', name: 'head_hash' }) headHash: Buffer;
  @Column({ type: 'timestamptz', name: 'last_at', transformer: instantColumn }) lastAt: number;
  @Column({ type: 'date', name: 'opened_on' }) openedOn: string;
  @Column({ type: 'text', name: 'opened_by' }) openedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

/** The parameters promised to cases, once for all that share them. */
@Entity('case_terms')
export class CaseTerms {
  @PrimaryColumn('bytea') sha256: Buffer;
  @Column('jsonb') terms: unknown;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('case_facts')
export class CaseFacts {
  @PrimaryColumn({ type: 'uuid', name: 'case_id' }) caseId: string;
  @PrimaryColumn('integer') seq: number;
  @Column('jsonb') facts: unknown;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
}

@Entity('case_events')
export class CaseEvent {
  @PrimaryColumn({ type: 'uuid', name: 'case_id' }) caseId: string;
  @PrimaryColumn('integer') seq: number;
  @Column('text') type: string;
  @Column('jsonb') data: unknown;
  @Column('jsonb') stamp: unknown;
  @Column('text') actor: string;
  @Column('text') role: string;
  @Column('text') cause: string;
  @Column({ type: 'date', name: 'occurred_on' }) occurredOn: string;
  @Column({ type: 'timestamptz', transformer: instantColumn }) at: number;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
  @Column('text') alg: string;
  @Column({ type: 'bytea', name: 'prev_hash' }) prevHash: Buffer;
  @Column('bytea') hash: Buffer;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
  /** the transaction that wrote it */
  @Column({ type: 'bigint', transformer: bigintColumn }) tx: bigint;
}

@Entity('case_duties')
export class CaseDuty {
  @PrimaryColumn({ type: 'uuid', name: 'case_id' }) caseId: string;
  @PrimaryColumn('text') duty: string;
  @PrimaryColumn({ type: 'uuid', name: 'person_id' }) personId: string;
  @Column('integer') seq: number;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
}

@Entity('commands')
export class Command {
  @PrimaryColumn('text') actor: string;
  @PrimaryColumn('text') key: string;
  @Column({ type: 'bytea', name: 'request_sha256' }) requestSha256: Buffer;
  @Column({ type: 'uuid', name: 'case_id', nullable: true }) caseId: string | null;
  @Column({ type: 'integer', nullable: true }) seq: number | null;
  @Column('integer') status: number;
  @Column('jsonb') answer: unknown;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}
