import { systemActor } from '@tranche/database';
import { sha256Of } from '../command.js';
import type { RandomBytes } from '../field-cipher.js';
import { type Done, type Office, once } from './once.js';
import { type NotDone, notDone } from './refused.js';

/** Usernames of the two administrators; everybody else is made by the one and granted by the other. */
export type FirstAccounts = { readonly admin: string; readonly security: string };
/** Handed to its person, sealed; after the first sign-in both secrets are worth nothing. */
export type FirstAccount = {
  readonly username: string;
  readonly role: 'admin' | 'security';
  readonly password: string;
  readonly activationCode: string;
};

type Secrets = { readonly randomBytes: RandomBytes; readonly hashPassword: (password: string) => Promise<string> };

const installer = systemActor('installer');

/**
 * The first two people of an office: the administrator and the security administrator, each with secrets that are answered once and kept as
 * hashes. Refused where there is one of either role already: from then on the two do it themselves.
 */
export async function makeFirstAccounts(
  office: Office,
  { admin, security }: FirstAccounts,
  { randomBytes, hashPassword }: Secrets,
): Promise<{ readonly ok: true; readonly accounts: readonly FirstAccount[] } | NotDone> {
  const accounts: FirstAccount[] = [
    { username: admin, role: 'admin', ...secrets(randomBytes) },
    { username: security, role: 'security', ...secrets(randomBytes) },
  ];
  const rows = await Promise.all(accounts.map(async (account) => ({ ...account, ...(await hashed(account, hashPassword)) })));
  const made = await insert(office, rows);
  return made.ok ? { ok: true, accounts } : made;
}

type Row = Omit<FirstAccount, 'password' | 'activationCode'> & { readonly passwordHash: string; readonly activationHash: string };

function insert(office: Office, rows: readonly Row[]): Promise<Done<{ made: number }> | NotDone> {
  const request = { actor: installer, key: office.newId(), requestSha256: sha256Of(rows.map(({ username }) => username)) };
  return once(office, request, async (tx) => {
    // two installers at once: the second waits, and finds the accounts of the first
    await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('first-accounts', 0))");
    const { rowCount: known } = await tx.query("SELECT FROM users WHERE role IN ('admin', 'security') LIMIT 1");
    if (known !== 0)
      return notDone(
        'already-exists',
        '系统管理或安全管理账号已存在；其他账号由这两位建立和授权。',
        'There is an administrator already; the two administrators make and grant every other account.',
      );
    for (const { username, role, passwordHash, activationHash } of rows)
      await tx.query(
        `INSERT INTO users (id, username, password_hash, activation_hash, display_name, role, status, created_by, recorded_at)
         VALUES ($1, $2, $3, $4, $2, $5, 'active', $6, $7)`,
        [office.newId(), username, passwordHash, activationHash, role, installer.userId, new Date(office.systemNow())],
      );
    return { made: rows.length };
  });
}

async function hashed({ password, activationCode }: FirstAccount, hashPassword: Secrets['hashPassword']) {
  return { passwordHash: await hashPassword(password), activationHash: await hashPassword(activationCode) };
}

/** Letters and digits that are not mistaken for each other, in groups of five: a hundred bits and fifty. */
function secrets(randomBytes: RandomBytes): { password: string; activationCode: string } {
  const letters = (count: number) => [...randomBytes(count)].map((byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'[byte % 32]).join('');
  const group = (text: string) => text.match(/.{5}/g)?.join('-') ?? text;
  return { password: group(letters(20)), activationCode: group(letters(10)) };
}
