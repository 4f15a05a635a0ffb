import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { bigintColumn, instantColumn } from './transformers.js';

/** What is still to be done or read, and the clock of a sandbox. */

@Entity('outbox')
export class OutboxItem {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: string;
  @Column('text') kind: string;
  @Column({ type: 'uuid', name: 'case_id', nullable: true }) caseId: string | null;
  @Column({ type: 'uuid', nullable: true }) subject: string | null;
  @Column('jsonb') params: unknown;
  @Column({ type: 'timestamptz', name: 'due_at', transformer: instantColumn }) dueAt: number;
  @Column('text') state: string;
  @Column({ type: 'text', nullable: true }) reason: string | null;
  @Column('integer') attempts: number;
  @Column({ type: 'timestamptz', name: 'lease_until', nullable: true, transformer: instantColumn }) leaseUntil: number | null;
  @Column({ type: 'text', nullable: true }) worker: string | null;
  @Column({ type: 'text', name: 'last_error', nullable: true }) lastError: string | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('notifications')
export class Notification {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id', nullable: true }) caseId: string | null;
  @Column({ type: 'text', name: 'audience_role', nullable: true }) audienceRole: string | null;
  @Column({ type: 'uuid', name: 'organisation_id', nullable: true }) organisationId: string | null;
  @Column('text') kind: string;
  @Column('jsonb') text: unknown;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('notification_reads')
export class NotificationRead {
  @PrimaryColumn({ type: 'uuid', name: 'user_id' }) userId: string;
  @PrimaryColumn({ type: 'uuid', name: 'notification_id' }) notificationId: string;
  @Column({ type: 'timestamptz', name: 'read_at', transformer: instantColumn }) readAt: number;
}

@Entity('sandbox_clock')
export class SandboxClock {
  @PrimaryColumn('integer') id: number;
  @Column({ type: 'bigint', name: 'offset_ms', transformer: bigintColumn }) offsetMs: bigint;
}
