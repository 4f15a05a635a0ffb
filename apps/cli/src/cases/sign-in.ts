import { createInterface } from 'node:readline/promises';
import { verify } from '@node-rs/argon2';
import type { House } from '@tranche/casework';
import { type Actor, systemActor } from '@tranche/database';
import { StartProblem } from '../up/problem.js';

type User = { id: string; passwordHash: string; role: Actor['role']; organisationId: string | null; district: string | null };

const refused = (): StartProblem =>
  new StartProblem({ zh: '用户名或密码不正确，或账户不可用', en: 'The user name or the password is wrong, or the account is not active.' });

/** Who acts: a person with a password, never the operator of the machine. Throws StartProblem. */
export async function signIn(house: House, username: string | undefined): Promise<Actor> {
  if (username === undefined) throw new StartProblem({ zh: '请以 --by 指明办理人', en: 'Name who acts with --by.' });
  const [user] = await house.database.read<User>(
    systemActor('cli'),
    `SELECT id, password_hash AS "passwordHash", role, organisation_id AS "organisationId", district FROM users
     WHERE username = $1 AND status = 'active' AND own_password AND (locked_until IS NULL OR locked_until < now())`,
    [username],
  );
  const password = process.env['TRANCHE_PASSWORD'] || (await ask());
  if (!user || !(await verify(user.passwordHash, password))) throw refused();
  const { id: userId, role, organisationId, district } = user;
  return { userId, role, organisationId, district };
}

async function ask(): Promise<string> {
  if (!process.stdin.isTTY) return '';
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question('密码 · password: ');
  } finally {
    lines.close();
  }
}
