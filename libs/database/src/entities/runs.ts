import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn, instantColumn } from './transformers.js';

/** Runs without application: the extract, its lines, the lists made of them and who decided on those. */

@Entity('no_application_runs')
export class NoApplicationRun {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'text', name: 'run_no' }) runNo: string;
  @Column({ type: 'text', name: 'policy_id' }) policyId: string;
  @Column({ type: 'text', name: 'policy_version' }) policyVersion: string;
  @Column('text') jurisdiction: string;
  @Column({ type: 'text', nullable: true }) district: string | null;
  @Column('text') state: string;
  @Column('boolean') stopped: boolean;
  @Column({ type: 'text', name: 'file_name' }) fileName: string;
  @Column({ type: 'bytea', name: 'file_sha256' }) fileSha256: Buffer;
  @Column({ type: 'bigint', name: 'file_bytes', transformer: bigintColumn }) fileBytes: bigint;
  @Column('text') encoding: string;
  @Column('jsonb') columns: unknown;
  @Column('jsonb') overrides: unknown;
  @Column({ type: 'date', name: 'screened_on' }) screenedOn: string;
  @Column({ type: 'integer', name: 'line_count', nullable: true }) lineCount: number | null;
  @Column({ type: 'uuid', name: 'created_by' }) createdBy: string;
  @Column({ type: 'timestamptz', name: 'lease_until', nullable: true, transformer: instantColumn }) leaseUntil: number | null;
  @Column({ type: 'text', nullable: true }) worker: string | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
  @Column('jsonb') declared: unknown;
}

@Entity('no_application_lists')
export class NoApplicationList {
  @PrimaryColumn({ type: 'uuid', name: 'run_id' }) runId: string;
  @PrimaryColumn({ type: 'integer', name: 'list_no' }) listNo: number;
  @Column({ type: 'bytea', name: 'content_hash' }) contentHash: Buffer;
  @Column({ type: 'integer', name: 'line_count' }) lineCount: number;
  @Column({ type: 'bigint', name: 'total_fen', transformer: bigintColumn }) totalFen: bigint;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'confirmed_by' }) confirmedBy: string;
  @Column({ type: 'date', name: 'confirmed_on' }) confirmedOn: string;
  @Column({ type: 'uuid', name: 'approved_by', nullable: true }) approvedBy: string | null;
  @Column({ type: 'date', name: 'approved_on', nullable: true }) approvedOn: string | null;
  @Column({ type: 'timestamptz', name: 'approved_at', nullable: true, transformer: instantColumn }) approvedAt: number | null;
}

@Entity('no_application_decisions')
export class NoApplicationDecision {
  @PrimaryColumn({ type: 'uuid', name: 'run_id' }) runId: string;
  @PrimaryColumn({ type: 'integer', name: 'list_no' }) listNo: number;
  @PrimaryColumn('text') step: string;
  @Column({ type: 'uuid', name: 'person_id' }) personId: string;
  @Column({ type: 'bytea', name: 'content_hash' }) contentHash: Buffer;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('no_application_lines')
export class NoApplicationLine {
  @PrimaryColumn({ type: 'uuid', name: 'run_id' }) runId: string;
  @PrimaryColumn({ type: 'integer', name: 'row_no' }) rowNo: number;
  @Column({ type: 'bytea', name: 'line_sha256' }) lineSha256: Buffer;
  @Column('text') uscc: string;
  @Column('text') name: string;
  @Column('text') district: string;
  @Column({ type: 'text', nullable: true }) cells: string | null;
  @Column({ type: 'text', name: 'holder_name', nullable: true }) holderName: string | null;
  @Column({ type: 'text', name: 'account_no', nullable: true }) accountNo: string | null;
  @Column({ type: 'text', name: 'bank_no', nullable: true }) bankNo: string | null;
  @Column({ type: 'text', name: 'bank_name', nullable: true }) bankName: string | null;
  @Column({ type: 'boolean', name: 'account_known' }) accountKnown: boolean;
  @Column('text') outcome: string;
  @Column({ type: 'jsonb', nullable: true }) reason: unknown;
  @Column({ type: 'bigint', nullable: true, transformer: bigintColumn }) fen: bigint | null;
  @Column({ type: 'text', nullable: true }) fund: string | null;
  @Column({ type: 'uuid', name: 'organisation_id', nullable: true }) organisationId: string | null;
  @Column({ type: 'text', name: 'account_by', nullable: true }) accountBy: string | null;
  @Column({ type: 'text', name: 'account_role', nullable: true }) accountRole: string | null;
  @Column({ type: 'date', name: 'account_on', nullable: true }) accountOn: string | null;
  @Column({ type: 'integer', name: 'list_no', nullable: true }) listNo: number | null;
  @Column({ type: 'uuid', name: 'case_id', nullable: true }) caseId: string | null;
  @Column({ type: 'boolean', name: 'from_books' }) fromBooks: boolean;
}

/** Who stands on a line about a person: readable only with the keys, found by the blind index. */
@Entity('no_application_people')
export class NoApplicationPerson {
  @PrimaryColumn({ type: 'uuid', name: 'run_id' }) runId: string;
  @PrimaryColumn({ type: 'integer', name: 'row_no' }) rowNo: number;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column({ type: 'bytea', name: 'person_key' }) personKey: Buffer;
  @Column({ type: 'bytea', name: 'name_cipher' }) nameCipher: Buffer;
  @Column({ type: 'text', name: 'name_masked' }) nameMasked: string;
  @Column({ type: 'bytea', name: 'id_cipher' }) idCipher: Buffer;
  @Column({ type: 'text', name: 'id_masked' }) idMasked: string;
  @Column({ type: 'text', name: 'key_id' }) keyId: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}
