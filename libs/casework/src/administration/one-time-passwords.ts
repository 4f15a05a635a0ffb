import { createHash } from 'node:crypto';
import type { Actor, Tx } from '@tranche/database';
import { Secret, TOTP } from 'otpauth';
import { type FieldKeys, openField, type RandomBytes, sealField } from '../field-cipher.js';
import { type Refused, refuse } from '../refusal.js';
import { forTheHouse, type Office } from './once.js';

/** What one-time passwords stand on besides the office. */
export type Devices = { readonly keys: FieldKeys; readonly randomBytes: RandomBytes };

const PERIOD_MS = 30_000;
/** one step either way, for clocks that differ */
const WINDOW = 1;
const FAILURES = 5;
const LOCK_MS = 15 * 60_000;
const RECOVERY_CODES = 10;

type Row = { cipher: Buffer; keyId: string; confirmed: boolean; lastStep: string; failures: number; lockedUntil: number | null };

const placeOf = (userId: string): string => `otp_secrets.secret_cipher:${userId}`;
const sha256 = (code: string): Buffer => createHash('sha256').update(code.replace(/[\s-]/g, '').toUpperCase()).digest();

const totpOf = (secret: Secret, label: string): TOTP =>
  new TOTP({ issuer: 'Tranche', label, algorithm: 'SHA1', digits: 6, period: PERIOD_MS / 1_000, secret });

async function locked(tx: Tx, userId: string): Promise<Row | undefined> {
  const { rows } = await tx.query<Row>(
    `SELECT secret_cipher AS cipher, key_id AS "keyId", confirmed_at IS NOT NULL AS confirmed, last_step::text AS "lastStep", failures, locked_until AS "lockedUntil"
     FROM otp_secrets WHERE user_id = $1 FOR UPDATE`,
    [userId],
  );
  return rows[0];
}

/** The step a code belongs to, if it is one of now and newer than the last one taken; null otherwise. */
function stepOf(keys: FieldKeys, userId: string, row: Row, code: string, nowMs: number): bigint | null {
  const secret = Secret.fromBase32(openField(keys, { keyId: row.keyId, sealed: row.cipher }, placeOf(userId)));
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret, userId).validate({ token: code, timestamp: nowMs, window: WINDOW });
  return delta === null ? null : BigInt(Math.floor(nowMs / PERIOD_MS) + delta);
}

/** Begins to enrol a device: a new secret, kept encrypted, counting for nothing until its first code is given. Refuses where a device is confirmed. */
export function enrolDevice(
  office: Office,
  actor: Actor,
  username: string,
  { keys, randomBytes }: Devices,
): Promise<{ readonly ok: true; readonly uri: string; readonly secret: string } | Refused> {
  return office.database.transaction(forTheHouse(actor), async (tx) => {
    const known = await locked(tx, actor.userId);
    if (known?.confirmed)
      return refuse(
        'already-exists',
        '您已启用动态口令；更换设备请由安全管理员先行解除。',
        'You have a device already; to change it, the security administrator removes it first.',
      );
    const secret = new Secret({ buffer: new Uint8Array(randomBytes(20)).buffer });
    const { sealed, keyId } = sealField(keys, secret.base32, placeOf(actor.userId), randomBytes);
    await tx.query(
      `INSERT INTO otp_secrets (user_id, secret_cipher, key_id, enrolled_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (user_id) DO UPDATE SET secret_cipher = excluded.secret_cipher, key_id = excluded.key_id, enrolled_at = excluded.enrolled_at`,
      [actor.userId, sealed, keyId, new Date(office.systemNow())],
    );
    return { ok: true, uri: totpOf(secret, username).toString(), secret: secret.base32 };
  });
}

/** The first code proves that the device has the secret; answers the recovery codes, shown once and kept as hashes. */
export async function confirmDevice(
  office: Office,
  actor: Actor,
  code: string,
  { keys, randomBytes }: Devices,
): Promise<{ readonly ok: true; readonly recoveryCodes: readonly string[] } | Refused> {
  return office.database.transaction(forTheHouse(actor), async (tx) => {
    const row = await locked(tx, actor.userId);
    const nowMs = office.systemNow();
    if (row === undefined || row.confirmed)
      return refuse('not-found', '没有待确认的设备，请先登记。', 'No device waits to be confirmed; enrol one first.');
    if (isLocked(row, nowMs)) return tooMany;
    const step = stepOf(keys, actor.userId, row, code, nowMs);
    if (step === null) {
      await countFailure(tx, actor.userId, row, nowMs);
      return wrongCode;
    }
    await tx.query('UPDATE otp_secrets SET confirmed_at = $2, last_step = $3, failures = 0, locked_until = NULL WHERE user_id = $1', [
      actor.userId,
      new Date(nowMs),
      step.toString(),
    ]);
    const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => recoveryCode(randomBytes));
    await tx.query('INSERT INTO otp_recovery_codes (user_id, code_sha256) SELECT $1, unnest($2::bytea[])', [
      actor.userId,
      recoveryCodes.map(sha256),
    ]);
    return { ok: true, recoveryCodes };
  });
}

/** Ten letters and digits without 0, 1, 8, 9: fifty random bits. */
function recoveryCode(randomBytes: RandomBytes): string {
  const letters = [...randomBytes(10)].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

export type StepUp = {
  readonly code: string | undefined;
  /** `batch:<hash>` or `account:<hash>`: what the code counts for */
  readonly subject: string;
  /** is a code asked of people without a device too? Then they enrol one first */
  readonly required: boolean;
};

/**
 * Takes a code for one content, before that content is signed: null when the person may go on. A wrong code counts, whatever becomes of
 * the signature; five lock the device for a quarter of an hour. The same code again is good for the same content only, so that a request
 * may be repeated.
 */
export function stepUp(office: Office, actor: Actor, { code, subject, required }: StepUp, keys: FieldKeys): Promise<Refused | null> {
  return office.database.transaction(forTheHouse(actor), async (tx) => {
    const row = await locked(tx, actor.userId);
    if (!row?.confirmed) return required ? enrolFirst : null;
    if (code === undefined) return codeMissing;
    const nowMs = office.systemNow();
    if (isLocked(row, nowMs)) return tooMany;
    const { userId } = actor;
    const step = stepOf(keys, userId, row, code, nowMs);
    const taken =
      step === null ? await takeRecoveryCode(office, tx, userId, code, subject) : await takeStep(office, tx, userId, row, step, subject);
    if (taken) {
      await tx.query('UPDATE otp_secrets SET failures = 0, locked_until = NULL WHERE user_id = $1', [userId]);
      return null;
    }
    await countFailure(tx, userId, row, nowMs);
    return wrongCode;
  });
}

async function takeStep(office: Office, tx: Tx, userId: string, row: Row, step: bigint, subject: string): Promise<boolean> {
  if (step <= BigInt(row.lastStep)) {
    const { rows } = await tx.query('SELECT 1 FROM otp_uses WHERE user_id = $1 AND step = $2 AND subject = $3', [
      userId,
      step.toString(),
      subject,
    ]);
    return rows.length > 0;
  }
  await tx.query('UPDATE otp_secrets SET last_step = $2 WHERE user_id = $1', [userId, step.toString()]);
  await tx.query('INSERT INTO otp_uses (id, user_id, subject, step) VALUES ($1, $2, $3, $4)', [
    office.newId(),
    userId,
    subject,
    step.toString(),
  ]);
  return true;
}

async function takeRecoveryCode(office: Office, tx: Tx, userId: string, code: string, subject: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'UPDATE otp_recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_sha256 = $2 AND used_at IS NULL',
    [userId, sha256(code), new Date(office.systemNow())],
  );
  if (rowCount !== 1) return false;
  await tx.query('INSERT INTO otp_uses (id, user_id, subject, code_sha256) VALUES ($1, $2, $3, $4)', [
    office.newId(),
    userId,
    subject,
    sha256(code),
  ]);
  return true;
}

const isLocked = ({ lockedUntil }: Row, nowMs: number): boolean => lockedUntil !== null && lockedUntil > nowMs;

async function countFailure(tx: Tx, userId: string, { failures }: Row, nowMs: number): Promise<void> {
  const lock = failures + 1 >= FAILURES;
  await tx.query('UPDATE otp_secrets SET failures = $2, locked_until = coalesce($3, locked_until) WHERE user_id = $1', [
    userId,
    lock ? 0 : failures + 1,
    lock ? new Date(nowMs + LOCK_MS) : null,
  ]);
}

/** The security administrator takes a lost device away, never the own one; the person enrols anew. */
export function removeDevice(office: Office, actor: Actor, userId: string): Promise<{ readonly ok: true; readonly id: string } | Refused> {
  return office.database.transaction(actor, async (tx) => {
    const { rowCount } = await tx.query('DELETE FROM otp_secrets WHERE user_id = $1', [userId]);
    if (rowCount === 1) return { ok: true, id: userId };
    return refuse('not-found', '该账号没有动态口令设备，或不得由您解除。', 'The account has no device, or it is not yours to remove.');
  });
}

const codeMissing = refuse(
  'otp-required',
  '此操作需要动态口令：请输入设备上的六位数字，或一个恢复码。',
  'This needs a one-time password: give the six digits of your device, or a recovery code.',
);
const enrolFirst = refuse(
  'otp-required',
  '此操作需要动态口令，您尚未登记设备：请先登记（POST session/otp）。',
  'This needs a one-time password and you have no device yet: enrol one first (POST session/otp).',
);
const wrongCode = refuse(
  'otp-refused',
  '动态口令不正确、已过期或已用过。请等下一组数字再试。',
  'The code is wrong, too old, or was used before. Wait for the next one and try again.',
);
const tooMany = refuse('otp-refused', '连续错误次数过多，请十五分钟后再试。', 'Too many wrong codes; try again in fifteen minutes.');
