import type { Role } from '@tranche/policies';
import { type Done, type Office, once, type Request } from './once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from './refused.js';

export type NewUser = {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly organisationId: string | null;
  readonly district: string | null;
  /** PHC string; hashed by the caller, never part of an answer */
  readonly passwordHash: string;
};
export type UserCreated = { readonly id: string; readonly username: string; readonly role: Role; readonly status: 'active' | 'disabled' };

const needOrganisation: readonly Role[] = ['institution', 'enterprise'];

/**
 * Makes an account. The administrator only prepares it: it stays disabled until the security administrator grants it,
 * so neither of the two can let anybody in alone. Accounts of the sandbox's seed are active at once, their password counts as chosen.
 */
export function createUser(
  office: Office,
  request: Request,
  given: NewUser,
  status: 'active' | 'disabled' = 'disabled',
): Promise<Done<UserCreated> | NotDone> {
  return once(office, request, async (tx) => {
    const lacksOrganisation = needOrganisation.includes(given.role) && given.organisationId === null;
    if (lacksOrganisation)
      return notDone(
        'data-invalid',
        '该岗位的账号须归属一个单位。',
        'An account of this role belongs to an organisation.',
        'organisationId',
      );
    if (given.organisationId !== null) {
      const { rowCount } = await tx.query('SELECT id FROM organisations WHERE id = $1', [given.organisationId]);
      if (rowCount === 0) return notDone('not-found', '没有这个单位。', 'There is no such organisation.', 'organisationId');
    }
    const id = office.newId();
    const { rowCount } = await tx.query(
      `INSERT INTO users (id, username, password_hash, display_name, role, organisation_id, district, status, created_by, recorded_at, own_password)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $8 = 'active') ON CONFLICT (username) DO NOTHING`,
      [
        id,
        given.username,
        given.passwordHash,
        given.displayName,
        given.role,
        given.organisationId,
        given.district,
        status,
        request.actor.userId,
        new Date(office.systemNow()),
      ],
    );
    if (rowCount === 0) return notDone('already-exists', '用户名已被使用。', 'The username is taken.', 'username');
    return { id, username: given.username, role: given.role, status };
  });
}

/**
 * The security administrator grants an account that the administrator has made. Whoever has not chosen a password yet is given an
 * activation code besides (`activationHash`, PHC string): it and the administrator's first password open the account once.
 */
export function activateUser(
  office: Office,
  request: Request,
  id: string,
  activationHash: string | null,
): Promise<Done<{ id: string; status: 'active' }> | NotDone> {
  return once(office, request, async (tx) => {
    const { rows } = await tx.query<{ status: string; created_by: string; own_password: boolean }>(
      'SELECT status, created_by, own_password FROM users WHERE id = $1 FOR UPDATE',
      [id],
    );
    const [row] = rows;
    if (row === undefined) return notFound();
    if (row.created_by === request.actor.userId || id === request.actor.userId) return anotherPerson();
    if (row.status === 'active') return decidedAlready();
    if (!row.own_password && activationHash === null)
      return notDone(
        'data-invalid',
        '本人尚未设定密码,须同时给出启用码。',
        'The person has not chosen a password yet: give an activation code.',
        'activationCode',
      );
    const code = row.own_password ? null : activationHash;
    await tx.query(`UPDATE users SET status = 'active', failed_logins = 0, locked_until = NULL, activation_hash = $2 WHERE id = $1`, [
      id,
      code,
    ]);
    return { id, status: 'active' as const };
  });
}

/**
 * A first password anew, for a person who forgot theirs. The account is shut until the security administrator grants it again with a new
 * activation code; every session of it ends.
 */
export function resetPassword(
  office: Office,
  request: Request,
  id: string,
  passwordHash: string,
): Promise<Done<{ id: string; status: 'disabled' }> | NotDone> {
  return once(office, request, async (tx) => {
    if (id === request.actor.userId) return anotherPerson();
    const { rowCount } = await tx.query(
      `UPDATE users SET password_hash = $2, own_password = false, activation_hash = NULL, status = 'disabled' WHERE id = $1`,
      [id, passwordHash],
    );
    return rowCount === 1 ? { id, status: 'disabled' as const } : notFound();
  });
}

/** Shuts an account out: its open sessions stop at their next request, because every request asks for the account's status. */
export function disableUser(office: Office, request: Request, id: string): Promise<Done<{ id: string; status: 'disabled' }> | NotDone> {
  return once(office, request, async (tx) => {
    if (id === request.actor.userId) return anotherPerson();
    const { rowCount } = await tx.query(`UPDATE users SET status = 'disabled' WHERE id = $1 AND status <> 'disabled'`, [id]);
    if (rowCount === 1) return { id, status: 'disabled' as const };
    const { rowCount: known } = await tx.query('SELECT id FROM users WHERE id = $1', [id]);
    return known === 0 ? notFound() : decidedAlready();
  });
}
