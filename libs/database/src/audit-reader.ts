import pg, { type QueryResultRow } from 'pg';
import { columnTypes } from './column-types.js';
import { StartRefused } from './start-refused.js';

/** What a verification keeps of itself. */
export type AuditRunRecord = {
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
  readonly findings: number;
  readonly summary: object;
};

/** One frozen view of the whole database, seen by the role that can only read. */
export type AuditReader = {
  read<R extends QueryResultRow>(sql: string, params?: readonly unknown[]): Promise<R[]>;
  /** Ends the view and stores the result, through the one function the role may call; answers its id. */
  record(run: AuditRunRecord): Promise<string>;
  close(): Promise<void>;
};

/**
 * Opens one connection and one REPEATABLE READ, READ ONLY transaction on it: every read sees the same moment.
 * Throws `StartRefused` when the role could write, or cannot read what has to be compared.
 */
export async function openAuditReader(url: string): Promise<AuditReader> {
  const client = new pg.Client({ connectionString: url, application_name: 'tranche-verify', types: columnTypes });
  // a lost server rejects the statement that waits; without a listener it would also end the process
  client.on('error', () => undefined);
  await client.connect();
  try {
    await assertAuditorRole(client);
    await client.query('SET idle_in_transaction_session_timeout = 0');
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    read: async <R extends QueryResultRow>(sql: string, params: readonly unknown[] = []) =>
      (await client.query<R>({ text: sql, values: [...params] })).rows,
    record: async ({ startedAtMs, finishedAtMs, findings, summary }) => {
      await client.query('ROLLBACK');
      await client.query('BEGIN READ WRITE');
      const { rows } = await client.query<{ id: string }>(
        'SELECT record_audit_run(to_timestamp($1::float8 / 1000), to_timestamp($2::float8 / 1000), $3, $4) AS id',
        [startedAtMs, finishedAtMs, findings, JSON.stringify(summary)],
      );
      await client.query('COMMIT');
      return rows[0]?.id ?? '';
    },
    close: () => client.end(),
  };
}

async function assertAuditorRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string; writes: boolean; reads: boolean | null }>(`
    SELECT current_user::text AS role, to_regclass('public.audit_runs') IS NOT NULL AND has_table_privilege('public.audit_runs', 'SELECT') AS reads,
           (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) OR EXISTS (
             SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
               AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')) AS writes`);
  const [found] = rows;
  if (found && !found.writes && found.reads) return;
  throw new StartRefused('audit-role-unfit', {
    zh: `核验须以只读角色 tranche_auditor 连接，当前为“${found?.role ?? ''}”${found?.writes ? '，它可以写入' : '，它看不到所需的表（请先执行 tranche migrate）'}。请改正 AUDIT_DATABASE_URL；数据未作任何更改。`,
    en: `A verification connects as the read-only role tranche_auditor; "${found?.role ?? ''}" ${found?.writes ? 'can write' : 'does not see the tables (run tranche migrate first)'}. Correct AUDIT_DATABASE_URL; nothing was changed.`,
  });
}
