import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn, instantColumn } from './transformers.js';

/** What a training case is about, and the files it came from. */

@Entity('classes')
export class TrainingClass {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
  @Column('text') name: string;
  @Column({ type: 'integer', name: 'planned_hours' }) plannedHours: number;
  @Column({ type: 'date', name: 'starts_on' }) startsOn: string;
  @Column({ type: 'date', name: 'ends_on' }) endsOn: string;
}

@Entity('trainees')
export class Trainee {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
  @Column({ type: 'integer', name: 'row_no' }) rowNo: number;
  @Column({ type: 'bytea', name: 'name_cipher' }) nameCipher: Buffer;
  @Column({ type: 'text', name: 'name_masked' }) nameMasked: string;
  @Column({ type: 'bytea', name: 'id_cipher' }) idCipher: Buffer;
  @Column({ type: 'text', name: 'id_masked' }) idMasked: string;
  @Column({ type: 'bytea', name: 'person_key' }) personKey: Buffer;
  @Column({ type: 'text', name: 'key_id' }) keyId: string;
  @Column('text') occupation: string;
  @Column('text') level: string;
  @Column({ type: 'text', nullable: true }) result: string | null;
}

/** Somebody on a list of any policy. */
@Entity('listed_people')
export class ListedPerson {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
  @Column('text') fact: string;
  @Column('text') period: string;
  @Column({ type: 'integer', name: 'row_no' }) rowNo: number;
  @Column({ type: 'text', name: 'column_name' }) columnName: string;
  @Column({ type: 'bytea', name: 'name_cipher' }) nameCipher: Buffer;
  @Column({ type: 'text', name: 'name_masked' }) nameMasked: string;
  @Column({ type: 'bytea', name: 'id_cipher' }) idCipher: Buffer;
  @Column({ type: 'text', name: 'id_masked' }) idMasked: string;
  @Column({ type: 'bytea', name: 'person_key' }) personKey: Buffer;
  @Column({ type: 'text', name: 'key_id' }) keyId: string;
}

@Entity('attendance')
export class Attendance {
  @PrimaryColumn({ type: 'uuid', name: 'case_id' }) caseId: string;
  @PrimaryColumn('date') day: string;
  @PrimaryColumn({ type: 'integer', name: 'session_no' }) sessionNo: number;
  @Column({ type: 'integer', name: 'class_hours' }) classHours: number;
  @Column('integer') present: number;
  @Column({ type: 'bytea', name: 'file_sha256' }) fileSha256: Buffer;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
}

@Entity('acceptance_results')
export class AcceptanceResult {
  @PrimaryColumn({ type: 'uuid', name: 'case_id' }) caseId: string;
  @PrimaryColumn('integer') attempt: number;
  @PrimaryColumn({ type: 'uuid', name: 'trainee_id' }) traineeId: string;
  @Column('boolean') qualified: boolean;
  @Column({ type: 'bytea', name: 'file_sha256' }) fileSha256: Buffer;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
}

@Entity('exclusion_claims')
export class ExclusionClaim {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
  @Column({ type: 'bytea', name: 'person_key' }) personKey: Buffer;
  @Column({ type: 'text', name: 'exclusion_group' }) exclusionGroup: string;
  @Column('daterange') period: string;
  @Column('boolean') live: boolean;
  /** roster, case, or the payment of a period */
  @Column('text') source: string;
  @Column('boolean') kept: boolean;
  @Column({ type: 'bigint', name: 'cap_fen', transformer: bigintColumn, nullable: true }) capFen: bigint | null;
  @Column({ type: 'bigint', transformer: bigintColumn, nullable: true }) fen: bigint | null;
  /** the policy of its case, named only where the claim may stand beside another */
  @Column({ type: 'text', name: 'policy_id', nullable: true }) policyId: string | null;
  /** excludes other policies, not further cases of its own */
  @Column('boolean', { name: 'others_only' }) othersOnly: boolean;
  /** its case was promised that other policies of the group are permitted beside it */
  @Column('boolean') permitted: boolean;
  /** the months of the period are counted for the person; others may hold the same */
  @Column('boolean') counted: boolean;
}

/** What all cases together have used of a capped key. */
@Entity('exclusion_quotas')
export class ExclusionQuota {
  @PrimaryColumn({ type: 'text', name: 'exclusion_group' }) exclusionGroup: string;
  @PrimaryColumn({ type: 'bytea', name: 'person_key' }) personKey: Buffer;
  @PrimaryColumn('daterange') period: string;
  @Column({ type: 'bigint', name: 'cap_fen', transformer: bigintColumn }) capFen: bigint;
  @Column({ type: 'bigint', name: 'used_fen', transformer: bigintColumn }) usedFen: bigint;
}

@Entity('evidence')
export class Evidence {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'case_id' }) caseId: string;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') district: string;
  @Column('text') kind: string;
  @Column({ type: 'text', name: 'file_name' }) fileName: string;
  @Column({ type: 'text', name: 'media_type' }) mediaType: string;
  @Column({ type: 'integer', name: 'size_bytes' }) sizeBytes: number;
  @Column('bytea') sha256: Buffer;
  @Column('bytea') content: Buffer;
  @Column({ type: 'jsonb', nullable: true }) report: unknown;
  @Column({ type: 'text', name: 'uploaded_by' }) uploadedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}
