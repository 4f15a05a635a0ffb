import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { withClient } from '../roles.js';
import { StartRefused } from '../start-refused.js';
import { copyOut } from './copy.js';
import { BackupWriter, backupFormat, type SequenceEntry } from './format.js';

export type BackupDone = { readonly tables: number; readonly bytes: number; readonly sha256: string };

/** Sessions are left out: nobody stays signed in through a restore. The other is TypeORM's own list, kept in the header. */
const leftOut = ['schema_migrations', 'sessions'];
/** Columns that the server fills anew: the number of the transaction that wrote a posting or an event. */
const madeAnew: Readonly<Record<string, readonly string[]>> = { postings: ['tx'], case_events: ['tx'] };

/** Settings under which text forms are the same on every server. */
export const textForms =
  "SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET intervalstyle = 'iso_8601'; SET extra_float_digits = 3; SET bytea_output = 'hex'; SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0";

/**
 * Writes every table of one frozen view of the database to a file, as its superuser (row security would hide rows from others).
 * Throws `StartRefused` when the file exists.
 */
export async function backupDatabase(superuserUrl: string, file: string, createdAt: string): Promise<BackupDone> {
  if (existsSync(file))
    throw new StartRefused('backup-refused', {
      zh: `${file} 已存在，未覆盖。请换一个文件名。`,
      en: `${file} exists and was not replaced. Choose another name.`,
    });
  return withClient(superuserUrl, async (client) => {
    await client.query(textForms);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<{ server: string; migrations: string[] }>(
      "SELECT current_setting('server_version') AS server, (SELECT coalesce(jsonb_agg(name ORDER BY timestamp), '[]') FROM schema_migrations) AS migrations",
    );
    const { server = '', migrations = [] } = rows[0] ?? {};
    const writer = new BackupWriter(file, { format: backupFormat, createdAt, server, migrations });
    try {
      await writer.begin();
      for (const { table, columns } of await tablesOf(client))
        await writer.table(
          table,
          columns,
          copyOut(client, `COPY (SELECT ${columns.map(quoted).join(', ')} FROM public.${quoted(table)}) TO STDOUT`),
        );
      const { tables } = await writer.finish(await sequencesOf(client));
      await client.query('ROLLBACK');
      return { tables: tables.length, bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0), sha256: await fileSum(file) };
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  });
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function tablesOf(client: Client): Promise<{ table: string; columns: string[] }[]> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `SELECT c.relname AS table, jsonb_agg(a.attname ORDER BY a.attnum) AS columns FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> ALL($1) GROUP BY 1 ORDER BY 1`,
    [leftOut],
  );
  return rows.map(({ table, columns }) => ({ table, columns: columns.filter((column) => !madeAnew[table]?.includes(column)) }));
}

async function sequencesOf(client: Client): Promise<SequenceEntry[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY 1",
  );
  const all: SequenceEntry[] = [];
  for (const { name } of rows) {
    const { rows: state } = await client.query<{ last: string; called: boolean }>(
      `SELECT last_value::text AS last, is_called AS called FROM public.${quoted(name)}`,
    );
    if (state[0]) all.push({ sequence: name, ...state[0] });
  }
  return all;
}

async function fileSum(file: string): Promise<string> {
  const sum = createHash('sha256');
  await pipeline(createReadStream(file), sum);
  return sum.digest('hex');
}
