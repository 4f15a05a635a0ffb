import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn, instantColumn } from './transformers.js';

/** What holds for everybody: calendar, policy versions, parameters. */

@Entity('calendar_years')
export class CalendarYear {
  @PrimaryColumn('integer') year: number;
  @Column('text') notice: string;
  @Column({ type: 'date', name: 'published_on', nullable: true }) publishedOn: string | null;
  @Column({ type: 'text', name: 'imported_by' }) importedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('calendar_days')
export class CalendarDay {
  @PrimaryColumn('date') day: string;
  @Column('integer') year: number;
  @Column('text') kind: string;
}

@Entity('calendar_revision')
export class CalendarRevision {
  @PrimaryColumn('integer') id: number;
  @Column({ type: 'bigint', transformer: bigintColumn }) revision: bigint;
}

/** A year of the calendar that waits for a second person, or what became of it. */
@Entity('calendar_proposals')
export class CalendarProposal {
  @PrimaryColumn('uuid') id: string;
  @Column('integer') year: number;
  @Column({ type: 'date', name: 'published_on', nullable: true }) publishedOn: string | null;
  @Column('date', { array: true }) off: string[];
  @Column('date', { array: true }) work: string[];
  @Column('jsonb') cite: unknown;
  @Column('text') reason: string;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'proposed_by' }) proposedBy: string;
  @Column({ type: 'uuid', name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true, transformer: instantColumn }) decidedAt: number | null;
  @Column({ type: 'text', name: 'rejection_reason', nullable: true }) rejectionReason: string | null;
  @Column({ type: 'bytea', name: 'touched_sha256', nullable: true }) touchedSha256: Buffer | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('policy_versions')
export class PolicyVersion {
  @PrimaryColumn('text') id: string;
  @PrimaryColumn('text') version: string;
  @PrimaryColumn('text') jurisdiction: string;
  @Column('text') hash: string;
  @Column('jsonb') definition: unknown;
}

@Entity('parameters')
export class Parameter {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'text', name: 'policy_id' }) policyId: string;
  @Column('text') key: string;
  @Column('text') scope: string;
  @Column({ type: 'date', name: 'effective_from' }) effectiveFrom: string;
  @Column('jsonb') value: unknown;
  @Column('jsonb') cite: unknown;
  @Column('text') reason: string;
  @Column({ type: 'uuid', name: 'proposed_by' }) proposedBy: string;
  @Column({ type: 'uuid', name: 'approved_by', nullable: true }) approvedBy: string | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
  @Column({ type: 'text', nullable: true }) shared: string | null;
  @Column('text') running: string;
  @Column({ type: 'uuid', name: 'rejected_by', nullable: true }) rejectedBy: string | null;
  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true, transformer: instantColumn }) decidedAt: number | null;
  @Column({ type: 'bytea', name: 'touched_sha256', nullable: true }) touchedSha256: Buffer | null;
}
