import { hash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { House } from '@tranche/casework';
import type { Tx } from '@tranche/database';
import type { Role } from '@tranche/policies';
import type { HttpSettings } from '../config.js';
import { houseActor, type SignedIn } from '../http/actor.js';
import { Recent } from '../kept/recent.js';
import { HOUSE, SETTINGS } from '../ports.js';
import { hashPassword, passwordMatches } from './password.js';

const failuresAllowed = 5;
const lockMs = 15 * 60_000;
/** `last_seen_at` is written at most this often: a reading session costs one SELECT */
export const seenEveryMs = 60_000;
const sessionsKnown = 10_000;

type UserRow = {
  id: string;
  username: string;
  display_name: string;
  password_hash: string;
  own_password: boolean;
  activation_hash: string | null;
  role: Role;
  organisation_id: string | null;
  district: string | null;
  status: string;
  failed_logins: number;
};

export type Session = { readonly token: string; readonly user: SessionUser; readonly expiresAtMs: number };
/** A session, or why there is none. */
export type Opened =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly code: 'sign-in-refused' | 'first-sign-in-required' | 'password-refused' };
export type NewPassword = { readonly password: string; readonly newPassword: string };
export type FirstSignIn = NewPassword & { readonly activationCode: string };
export type SessionUser = {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly organisationId: string | null;
  readonly district: string | null;
};

const sha256 = (token: string): Buffer => hash('sha256', token, 'buffer');
const refused = <Code extends Extract<Opened, { ok: false }>['code']>(code: Code) => ({ ok: false, code }) as const;
const keyOf = (tokenSha256: Buffer): string => tokenSha256.toString('latin1');

/** Opens, finds and ends sessions. The token is 32 random bytes; only its hash is kept. */
@Injectable()
export class SessionStore {
  private readonly known = new Recent<SignedIn>(sessionsKnown, () => 1);

  constructor(
    @Inject(HOUSE) private readonly house: House,
    @Inject(SETTINGS) private readonly settings: HttpSettings,
  ) {}

  /**
   * Refused when the name or password is wrong, the account is not active, or it is locked: one answer for all of them, after the same
   * amount of work. `first-sign-in-required` is told only to who knows the first password.
   */
  async open(username: string, password: string): Promise<Opened> {
    const user = await this.whoKnows(username, password);
    if (user === null) return refused('sign-in-refused');
    if (!user.own_password) return refused('first-sign-in-required');
    return this.begin(user, null);
  }

  /** The first sign-in: what the one administrator set and what the other did, for a password that only its person knows. */
  async openFirst(username: string, { password, activationCode, newPassword }: FirstSignIn): Promise<Opened> {
    const user = await this.whoKnows(username, password);
    const codeFits = await passwordMatches(user?.activation_hash ?? null, activationCode);
    if (user === null || !codeFits) return refused('sign-in-refused');
    return this.begin(user, await hashPassword(newPassword));
  }

  /** Another password of one's own; every other session ends, and this one is replaced. */
  async renew(username: string, { password, newPassword }: NewPassword): Promise<Opened> {
    const user = await this.whoKnows(username, password);
    if (user === null || !user.own_password) return refused('password-refused');
    return this.begin(user, await hashPassword(newPassword));
  }

  /** The active account of this name, when the password fits. A try is counted before the password is looked at, so parallel guesses count too. */
  private async whoKnows(username: string, password: string): Promise<UserRow | null> {
    const user = await this.countTry(username, this.house.systemNow());
    const matches = await passwordMatches(user?.password_hash ?? null, password);
    return user !== null && matches && user.status === 'active' && user.failed_logins <= failuresAllowed ? user : null;
  }

  /** A new session, with `newHash` as the password from now on. Of two first sign-ins at once one counts. */
  private async begin(user: UserRow, newHash: string | null): Promise<Opened> {
    const nowMs = this.house.systemNow();
    const token = randomBytes(32).toString('base64url');
    const expiresAtMs = nowMs + this.settings.sessionMs;
    return this.house.database.transaction(houseActor, async (tx) => {
      if (newHash !== null && !(await chosen(tx, user, newHash))) return refused('sign-in-refused');
      await tx.query('UPDATE users SET failed_logins = 0, locked_until = NULL WHERE id = $1', [user.id]);
      await tx.query('INSERT INTO sessions (token_sha256, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)', [
        sha256(token),
        user.id,
        new Date(nowMs),
        new Date(expiresAtMs),
      ]);
      return { ok: true, session: { token, user: sessionUser(user), expiresAtMs } };
    });
  }

  /**
   * `failed_logins` counts tries since the last success; `locked_until` is the end of the fifteen minutes they count for.
   * The fifth failure starts a fresh fifteen minutes, during which nobody gets in.
   */
  private async countTry(username: string, nowMs: number): Promise<UserRow | null> {
    const { rows } = await this.house.database.transaction(houseActor, (tx) =>
      tx.query<UserRow>(
        `UPDATE users SET
           failed_logins = CASE WHEN locked_until IS NULL OR locked_until <= $2 THEN 1 ELSE least(failed_logins + 1, ${failuresAllowed + 1}) END,
           locked_until = CASE WHEN locked_until IS NULL OR locked_until <= $2 OR failed_logins = ${failuresAllowed - 1} THEN $3 ELSE locked_until END
         WHERE username = $1
         RETURNING id, username, display_name, password_hash, own_password, activation_hash, role, organisation_id, district, status, failed_logins`,
        [username, new Date(nowMs), new Date(nowMs + lockMs)],
      ),
    );
    return rows[0] ?? null;
  }

  /** Who holds this token now; asked anew on every request, so a revoked session ends at once. */
  async find(token: string): Promise<SignedIn | null> {
    const tokenSha256 = sha256(token);
    const nowMs = this.house.systemNow();
    const [row] = await this.house.database.read<UserRow & { last_seen_ms: number }>(
      houseActor,
      {
        name: 'session',
        text: `SELECT u.id, u.username, u.display_name, u.role, u.organisation_id, u.district, (extract(epoch FROM s.last_seen_at) * 1000)::float8 AS last_seen_ms
       FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.token_sha256 = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND s.last_seen_at > $3 AND u.status = 'active'`,
      },
      [tokenSha256, new Date(nowMs), new Date(nowMs - this.settings.sessionIdleMs)],
    );
    if (row === undefined) return null;
    if (nowMs - row.last_seen_ms > seenEveryMs) await this.seen(tokenSha256, nowMs);
    const actor = { userId: row.id, role: row.role, organisationId: row.organisation_id, district: row.district };
    const signedIn = { actor, tokenSha256, username: row.username, displayName: row.display_name };
    this.known.set(keyOf(tokenSha256), signedIn);
    return signedIn;
  }

  /** Whether this session still holds; looking does not count as being there, so an open page does not keep a session alive. */
  async holds(tokenSha256: Buffer): Promise<boolean> {
    const nowMs = this.house.systemNow();
    const rows = await this.house.database.read(
      houseActor,
      `SELECT FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.token_sha256 = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND s.last_seen_at > $3 AND u.status = 'active'`,
      [tokenSha256, new Date(nowMs), new Date(nowMs - this.settings.sessionIdleMs)],
    );
    return rows.length > 0;
  }

  /** Whose token this was at the last look. A guess, good only for a statement that proves it again. */
  lastKnown(token: string): SignedIn | undefined {
    return this.known.get(keyOf(sha256(token)));
  }

  async seen(tokenSha256: Buffer, nowMs: number): Promise<void> {
    await this.house.database.transaction(houseActor, (tx) =>
      tx.query('UPDATE sessions SET last_seen_at = $2 WHERE token_sha256 = $1 AND last_seen_at < $2', [tokenSha256, new Date(nowMs)]),
    );
  }

  async end(tokenSha256: Buffer): Promise<void> {
    await this.house.database.transaction(houseActor, (tx) =>
      tx.query('UPDATE sessions SET revoked_at = $2 WHERE token_sha256 = $1 AND revoked_at IS NULL', [
        tokenSha256,
        new Date(this.house.systemNow()),
      ]),
    );
  }
}

/** False when the password was changed, or the account shut, in the meantime. The database ends the account's other sessions. */
async function chosen(tx: Tx, { id, password_hash }: UserRow, newHash: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE users SET password_hash = $3, own_password = true, activation_hash = NULL WHERE id = $1 AND password_hash = $2 AND status = 'active'`,
    [id, password_hash, newHash],
  );
  return rowCount === 1;
}

const sessionUser = (row: UserRow): SessionUser => ({
  id: row.id,
  username: row.username,
  displayName: row.display_name,
  role: row.role,
  organisationId: row.organisation_id,
  district: row.district,
});
