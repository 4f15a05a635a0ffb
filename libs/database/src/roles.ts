import pg, { type Pool } from 'pg';
import { StartRefused } from './start-refused.js';

export const ownerRole = 'tranche_owner';
export const appRole = 'tranche_app';
/** Reads what a verification compares, and writes nothing. */
export const auditorRole = 'tranche_auditor';

/** Without a password of its own the auditor's role exists, but nobody can log in with it. */
export type RolePasswords = { readonly owner: string; readonly app: string; readonly auditor?: string };

/** The same server, another user, password or database. */
export function databaseUrl(url: string, change: { user?: string; password?: string; database?: string }): string {
  const changed = new URL(url);
  if (change.user !== undefined) changed.username = encodeURIComponent(change.user);
  if (change.password !== undefined) changed.password = encodeURIComponent(change.password);
  if (change.database !== undefined) changed.pathname = `/${encodeURIComponent(change.database)}`;
  return changed.href;
}

/** Runs `work` on one connection of its own. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // a lost server rejects the statement that waits; without a listener it would also end the process
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Creates the three roles, or sets their passwords and limits anew. None may bypass row-level security. */
export async function ensureRoles(superuserUrl: string, passwords: RolePasswords): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    for (const [role, password] of [
      [ownerRole, passwords.owner],
      [appRole, passwords.app],
    ] as const) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
      await client.query(
        `${rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD ${client.escapeLiteral(password)}`,
      );
    }
    await ensureAuditor(client, passwords.auditor);
  });
}

async function ensureAuditor(client: pg.Client, password: string | undefined): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [auditorRole]);
  const login = password === undefined ? (rowCount ? '' : 'NOLOGIN') : `LOGIN PASSWORD ${client.escapeLiteral(password)}`;
  await client.query(
    `${rowCount ? 'ALTER' : 'CREATE'} ROLE ${auditorRole} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION ${login}`,
  );
  await client.query(`ALTER ROLE ${auditorRole} SET default_transaction_read_only = on`);
}

/** Creates the database, owned by `tranche_owner`, unless it exists. Nobody but the three roles may connect. */
export async function ensureDatabase(superuserUrl: string, name: string): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    const quoted = client.escapeIdentifier(name);
    if (!rowCount) await client.query(`CREATE DATABASE ${quoted} OWNER ${ownerRole}`);
    await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${quoted} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${quoted} TO ${appRole}, ${auditorRole}`);
  });
}

/**
 * Refuses to run the application as a role that could go around row-level security or the insert-only rules:
 * a superuser, one with BYPASSRLS, an owner of our tables or of the database, or a member of such a role.
 * Throws `StartRefused`.
 */
export async function assertAppRole(pool: Pick<Pool, 'query'>): Promise<void> {
  const { rows } = await pool.query<{ role: string; superuser: boolean; bypass: boolean; owner: boolean; migrated: boolean }>(`
    SELECT current_user::text AS role, r.rolsuper AS superuser,
           EXISTS (SELECT FROM pg_roles p WHERE (p.rolbypassrls OR p.rolsuper) AND pg_has_role(current_user, p.oid, 'MEMBER')) AS bypass,
           EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND pg_has_role(current_user, c.relowner, 'MEMBER'))
             OR EXISTS (SELECT FROM pg_database d WHERE d.datname = current_database() AND pg_has_role(current_user, d.datdba, 'MEMBER')) AS owner,
           to_regclass('public.case_events') IS NOT NULL AS migrated
      FROM pg_roles r WHERE r.rolname = current_user`);
  const [found] = rows;
  if (!found) throw new Error('current_user is not in pg_roles');
  const power = found.superuser
    ? ['超级用户', 'a superuser']
    : found.bypass
      ? ['可绕过行级安全', 'able to bypass row-level security']
      : found.owner
        ? ['数据库或表的所有者', 'an owner of the database or its tables']
        : null;
  if (power) {
    throw new StartRefused('app-role-too-powerful', {
      zh: `应用不得以角色“${found.role}”运行：它是${power[0]}。请将 DATABASE_URL 改为 ${appRole}。`,
      en: `The application may not run as "${found.role}": it is ${power[1]}. Set DATABASE_URL to ${appRole}.`,
    });
  }
  if (!found.migrated) {
    throw new StartRefused('database-not-migrated', {
      zh: '数据库中没有本系统的表。请先以所有者角色执行迁移。',
      en: 'The database has none of our tables. Run the migrations as the owner first.',
    });
  }
}
