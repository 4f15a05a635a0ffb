import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn, instantColumn } from './transformers.js';

/** Who: organisations, users, sessions, payee accounts. */

@Entity('organisations')
export class Organisation {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column({ type: 'text', nullable: true }) uscc: string | null;
  @Column({ type: 'boolean', name: 'uscc_checked' }) usccChecked: boolean;
  @Column('text') kind: string;
  @Column('text') district: string;
  @Column('text') status: string;
  @Column({ type: 'boolean', name: 'approved_provider' }) approvedProvider: boolean;
  @Column({ type: 'text', name: 'created_by' }) createdBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
  @Column({ type: 'bytea', name: 'person_key', nullable: true }) personKey: Buffer | null;
}

/** The person behind a payee that is a citizen: name and number encrypted. */
@Entity('citizens')
export class Citizen {
  @PrimaryColumn({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column({ type: 'bytea', name: 'name_cipher' }) nameCipher: Buffer;
  @Column({ type: 'text', name: 'name_masked' }) nameMasked: string;
  @Column({ type: 'bytea', name: 'id_cipher' }) idCipher: Buffer;
  @Column({ type: 'text', name: 'id_masked' }) idMasked: string;
  @Column({ type: 'text', name: 'key_id' }) keyId: string;
  @Column('text') district: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

@Entity('users')
export class User {
  @PrimaryColumn('uuid') id: string;
  @Column('text') username: string;
  @Column({ type: 'text', name: 'password_hash' }) passwordHash: string;
  @Column({ type: 'text', name: 'display_name' }) displayName: string;
  @Column('text') role: string;
  @Column({ type: 'uuid', name: 'organisation_id', nullable: true }) organisationId: string | null;
  @Column({ type: 'text', nullable: true }) district: string | null;
  @Column('text') status: string;
  @Column({ type: 'integer', name: 'failed_logins' }) failedLogins: number;
  @Column({ type: 'timestamptz', name: 'locked_until', nullable: true, transformer: instantColumn }) lockedUntil: number | null;
  @Column({ type: 'text', name: 'created_by' }) createdBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
  /** chosen by the person, not set by an administrator */
  @Column({ type: 'boolean', name: 'own_password' }) ownPassword: boolean;
  @Column({ type: 'text', name: 'activation_hash', nullable: true }) activationHash: string | null;
}

@Entity('sessions')
export class Session {
  @PrimaryColumn({ type: 'bytea', name: 'token_sha256' }) tokenSha256: Buffer;
  @Column({ type: 'uuid', name: 'user_id' }) userId: string;
  @Column({ type: 'timestamptz', name: 'created_at', transformer: instantColumn }) createdAt: number;
  @Column({ type: 'timestamptz', name: 'last_seen_at', transformer: instantColumn }) lastSeenAt: number;
  @Column({ type: 'timestamptz', name: 'expires_at', transformer: instantColumn }) expiresAt: number;
  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true, transformer: instantColumn }) revokedAt: number | null;
}

@Entity('payee_accounts')
export class PayeeAccount {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column({ type: 'text', name: 'holder_name' }) holderName: string;
  @Column({ type: 'text', name: 'account_no' }) accountNo: string;
  @Column({ type: 'text', name: 'bank_no' }) bankNo: string;
  @Column({ type: 'text', name: 'bank_name' }) bankName: string;
  @Column('text') state: string;
  @Column({ type: 'text', name: 'content_hash' }) contentHash: string;
  @Column({ type: 'uuid', name: 'proposed_by' }) proposedBy: string;
  @Column({ type: 'uuid', name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true, transformer: instantColumn }) decidedAt: number | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
  /** it took the place of another */
  @Column('boolean') changed: boolean;
  @Column({ type: 'timestamptz', name: 'usable_from', nullable: true, transformer: instantColumn }) usableFrom: number | null;
}

/** A suspension, or the end of one; the database sets the organisation's status when it is approved. */
@Entity('organisation_changes')
export class OrganisationChange {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'organisation_id' }) organisationId: string;
  @Column('text') status: string;
  @Column('text') reason: string;
  @Column('text') state: string;
  @Column({ type: 'uuid', name: 'proposed_by' }) proposedBy: string;
  @Column({ type: 'uuid', name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ type: 'date', name: 'decided_on', nullable: true }) decidedOn: string | null;
  @Column({ type: 'timestamptz', name: 'recorded_at', transformer: instantColumn }) recordedAt: number;
}

/** The device of a person for one-time passwords: its secret encrypted. */
@Entity('otp_secrets')
export class OtpSecret {
  @PrimaryColumn({ type: 'uuid', name: 'user_id' }) userId: string;
  @Column({ type: 'bytea', name: 'secret_cipher' }) secretCipher: Buffer;
  @Column({ type: 'text', name: 'key_id' }) keyId: string;
  @Column({ type: 'timestamptz', name: 'enrolled_at', transformer: instantColumn }) enrolledAt: number;
  @Column({ type: 'timestamptz', name: 'confirmed_at', nullable: true, transformer: instantColumn }) confirmedAt: number | null;
  @Column({ type: 'bigint', name: 'last_step', transformer: bigintColumn }) lastStep: bigint;
  @Column('integer') failures: number;
  @Column({ type: 'timestamptz', name: 'locked_until', nullable: true, transformer: instantColumn }) lockedUntil: number | null;
}

@Entity('otp_recovery_codes')
export class OtpRecoveryCode {
  @PrimaryColumn({ type: 'uuid', name: 'user_id' }) userId: string;
  @PrimaryColumn({ type: 'bytea', name: 'code_sha256' }) codeSha256: Buffer;
  @Column({ type: 'timestamptz', name: 'used_at', nullable: true, transformer: instantColumn }) usedAt: number | null;
}

/** What a code was given for; a time step serves once. */
@Entity('otp_uses')
export class OtpUse {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'user_id' }) userId: string;
  @Column('text') subject: string;
  @Column({ type: 'bigint', nullable: true, transformer: bigintColumn }) step: bigint | null;
  @Column({ type: 'bytea', name: 'code_sha256', nullable: true }) codeSha256: Buffer | null;
  @Column({ type: 'timestamptz', name: 'used_at', transformer: instantColumn }) usedAt: number;
}
