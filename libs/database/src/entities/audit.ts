import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn, instantColumn } from './transformers.js';

/** What stands for outsiders: signed checkpoints, results of verifications, migrations of running cases. */

@Entity('checkpoints')
export class CheckpointRow {
  @PrimaryColumn('integer') no: number;
  @Column({ type: 'timestamptz', name: 'taken_at', transformer: instantColumn }) takenAt: number;
  @Column({ type: 'date', name: 'legal_day' }) legalDay: string;
  @Column({ type: 'bigint', name: 'case_count', transformer: bigintColumn }) caseCount: bigint;
  @Column('bytea') root: Buffer;
  @Column({ type: 'bytea', name: 'previous_hash' }) previousHash: Buffer;
  @Column('bytea') hash: Buffer;
  @Column({ type: 'text', name: 'key_id' }) keyId: string;
  @Column('bytea') signature: Buffer;
}

@Entity('audit_runs')
export class AuditRun {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'timestamptz', name: 'started_at', transformer: instantColumn }) startedAt: number;
  @Column({ type: 'timestamptz', name: 'finished_at', transformer: instantColumn }) finishedAt: number;
  @Column('boolean') ok: boolean;
  @Column({ type: 'integer', name: 'findings_total' }) findingsTotal: number;
  @Column('jsonb') summary: unknown;
  @Column({ type: 'text', name: 'recorded_by' }) recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('machine_migrations')
export class MachineMigration {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'text', name: 'policy_id' }) policyId: string;
  @Column('text') jurisdiction: string;
  @Column({ type: 'text', name: 'to_version' }) toVersion: string;
  @Column({ type: 'text', name: 'machine_hash' }) machineHash: string;
  @Column('boolean') restamp: boolean;
  @Column({ type: 'bytea', name: 'report_sha256' }) reportSha256: Buffer;
  @Column({ type: 'integer', name: 'case_count' }) caseCount: number;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'proposed_by' }) proposedBy: string;
  @Column({ type: 'uuid', name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true, transformer: instantColumn }) decidedAt: number | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}
