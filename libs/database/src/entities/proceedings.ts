import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from './transformers.js';

/** What runs beside a case: tasks, clocks, public notices, objections, holds. */

@Entity('tasks')
export class Task {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id', nullable: true }) caseId: string | null;
  @Column('text') kind: string;
  @Column('text') role: string;
  @Column('jsonb') label: unknown;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'claimed_by', nullable: true }) claimedBy: string | null;
  @Column({ type: 'date', name: 'due_on', nullable: true }) dueOn: string | null;
  /** the last day of its case's nearest clock, kept by the database; 9999-12-31 where there is no day */
  @Column({ type: 'date', name: 'urgent_on' }) urgentOn: string;
  @Column({ type: 'timestamptz', name: 'opened_at', transformer: instantColumn }) openedAt: number;
  @Column({ type: 'timestamptz', name: 'closed_at', nullable: true, transformer: instantColumn }) closedAt: number | null;
  @Column({ type: 'uuid', name: 'organisation_id', nullable: true }) organisationId: string | null;
  @Column({ type: 'text', nullable: true }) district: string | null;
}

@Entity('deadlines')
export class Deadline {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column('text') key: string;
  @Column('jsonb') label: unknown;
  @Column('text') kind: string;
  @Column({ type: 'date', name: 'from_date' }) fromDate: string;
  @Column('integer') count: number;
  @Column('text') unit: string;
  @Column({ type: 'date', name: 'last_day', nullable: true }) lastDay: string | null;
  @Column({ type: 'timestamptz', name: 'due_at', nullable: true, transformer: instantColumn }) dueAt: number | null;
  @Column('boolean') provisional: boolean;
  @Column({ type: 'date', name: 'not_before', nullable: true }) notBefore: string | null;
  @Column({ type: 'date', name: 'warn_on', nullable: true }) warnOn: string | null;
  @Column({ type: 'timestamptz', name: 'warned_at', nullable: true, transformer: instantColumn }) warnedAt: number | null;
  @Column('text') status: string;
  @Column({ type: 'date', name: 'ended_on', nullable: true }) endedOn: string | null;
  @Column('jsonb') cite: unknown;
  @Column('jsonb') trace: unknown;
  @Column({ type: 'integer', name: 'set_seq' }) setSeq: number;
  @Column({ type: 'jsonb', nullable: true }) paused: readonly { readonly from: string; readonly until: string }[] | null;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
}

@Entity('notices')
export class Notice {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column({ type: 'integer', name: 'notice_no' }) noticeNo: number;
  @Column({ type: 'text', name: 'public_no' }) publicNo: string;
  @Column({ type: 'date', name: 'posted_on' }) postedOn: string;
  @Column({ type: 'date', name: 'ends_on', nullable: true }) endsOn: string | null;
  @Column({ type: 'integer', name: 'working_days' }) workingDays: number;
  @Column('jsonb') content: unknown;
  @Column({ type: 'bytea', name: 'content_sha256' }) contentSha256: Buffer;
  @Column('text') state: string;
  @Column({ type: 'date', name: 'closed_on', nullable: true }) closedOn: string | null;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
}

@Entity('objections')
export class Objection {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column({ type: 'integer', name: 'notice_no' }) noticeNo: number;
  @Column({ type: 'text', name: 'receipt_no' }) receiptNo: string;
  @Column('text') ground: string;
  @Column({ type: 'text', name: 'raised_by' }) raisedBy: string;
  @Column({ type: 'date', name: 'raised_on' }) raisedOn: string;
  @Column('text') state: string;
  @Column({ type: 'text', nullable: true }) decision: string | null;
  @Column({ type: 'text', name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ type: 'date', name: 'decided_on', nullable: true }) decidedOn: string | null;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
}

/** How whoever objected may be reached: encrypted, apart from the objection, removed some time after its decision. */
@Entity('objection_contacts')
export class ObjectionContactRow {
  @PrimaryColumn({ type: 'uuid', name: 'objection_id' }) objectionId: string;
  @Column({ type: 'bytea', name: 'phone_cipher', nullable: true }) phoneCipher: Buffer | null;
  @Column({ type: 'text', name: 'phone_masked', nullable: true }) phoneMasked: string | null;
  @Column({ type: 'bytea', name: 'email_cipher', nullable: true }) emailCipher: Buffer | null;
  @Column({ type: 'text', name: 'email_masked', nullable: true }) emailMasked: string | null;
  @Column({ type: 'text', name: 'key_id' }) keyId: string;
  @Column('text') district: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('holds')
export class Hold {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column('text') reason: string;
  @Column({ type: 'text', name: 'placed_by' }) placedBy: string;
  @Column({ type: 'date', name: 'placed_on' }) placedOn: string;
  @Column({ type: 'text', name: 'released_by', nullable: true }) releasedBy: string | null;
  @Column({ type: 'date', name: 'released_on', nullable: true }) releasedOn: string | null;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
}
