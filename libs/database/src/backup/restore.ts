import type { Client } from 'pg';
import { prepareDatabase } from '../migrate.js';
import { migrations } from '../migrations.js';
import { databaseUrl, ensureDatabase, ensureRoles, ownerRole, type RolePasswords, withClient } from '../roles.js';
import { StartRefused } from '../start-refused.js';
import { quoted, textForms } from './backup.js';
import { copyIn } from './copy.js';
import { type Header, type Manifest, readBackup, type SequenceEntry } from './format.js';

export type RestoreDone = {
  readonly manifest: Manifest;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly auditUrl: string | null;
};

const nothing = { header: () => Promise.resolve(), sequences: () => Promise.resolve() };

/** Reads a whole backup and checks every sum, without touching a database. Throws `StartRefused`. */
export async function checkBackup(file: string): Promise<Manifest> {
  const manifest = await readBackup(file, {
    ...nothing,
    table: async (_table, _columns, chunks) => {
      for await (const _ of chunks);
    },
  });
  refuseNewer(manifest.header);
  return manifest;
}

function refuseNewer({ migrations: made, server }: Header): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = made.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new StartRefused('restore-refused', {
    zh: `备份来自更新版本的程序（${unknown.join('、')}；数据库 ${server}），本版本不能恢复它；未作任何更改。请用同一版本或更新版本的程序恢复。`,
    en: `The backup was made by a newer release (${unknown.join(', ')}; server ${server}), which this one cannot restore; nothing was changed. Restore with that release or a newer one.`,
  });
}

/**
 * Restores a backup into a database that does not exist yet or holds nothing, on a server we are superuser of: first every sum of the file
 * is checked, then the tables are made as the backup's migrations made them, all rows are loaded in one transaction with triggers asleep, every
 * reference is proven, and the remaining migrations run. Throws `StartRefused`; then nothing was kept.
 */
export async function restoreDatabase(
  superuserUrl: string,
  { database, passwords, file }: { database: string; passwords: RolePasswords; file: string },
): Promise<RestoreDone> {
  const manifest = await checkBackup(file);
  await ensureRoles(superuserUrl, passwords);
  await emptyDatabase(superuserUrl, database);
  const target = databaseUrl(superuserUrl, { database });
  try {
    await migrateTo(databaseUrl(superuserUrl, { user: ownerRole, password: passwords.owner, database }), manifest.header.migrations);
    await withClient(target, (client) => load(client, file));
  } catch (error) {
    await withClient(superuserUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${quoted(database)} WITH (FORCE)`));
    throw error;
  }
  const { ownerUrl, appUrl, auditUrl } = await prepareDatabase(superuserUrl, { database, passwords });
  return { manifest, ownerUrl, appUrl, auditUrl };
}

/** Makes the database anew; one that holds a row of ours is left alone. */
async function emptyDatabase(superuserUrl: string, database: string): Promise<void> {
  const { rowCount } = await withClient(superuserUrl, (client) => client.query('SELECT FROM pg_database WHERE datname = $1', [database]));
  if (rowCount) {
    const filled = await withClient(databaseUrl(superuserUrl, { database }), firstFilledTable);
    if (filled !== null)
      throw new StartRefused('restore-refused', {
        zh: `目标数据库不是空的（表 ${filled} 中已有数据），未作任何更改。请用 --dir 指定一个新的数据目录再恢复。`,
        en: `The target database is not empty (table ${filled} has rows); nothing was changed. Restore into a new data folder with --dir.`,
      });
    await withClient(superuserUrl, (client) => client.query(`DROP DATABASE ${quoted(database)} WITH (FORCE)`));
  }
  await ensureDatabase(superuserUrl, database);
}

/** Tables in which the migrations themselves write rows. */
const born = ['calendar_revision', 'rail_profiles'];

/** They and TypeORM's list have rows as soon as the tables are made. */
async function firstFilledTable(client: Client): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.relname <> ALL ($1::text[]) ORDER BY 1`,
    [[...born, 'schema_migrations']],
  );
  for (const { name } of rows) {
    const [schema = '', table = ''] = name.split('.');
    const { rowCount } = await client.query(`SELECT FROM ${quoted(schema)}.${quoted(table)} LIMIT 1`);
    if (rowCount) return name;
  }
  return null;
}

/** The tables as they were when the backup was made. */
async function migrateTo(ownerUrl: string, names: readonly string[]): Promise<void> {
  const wanted = migrations.filter(({ name }) => names.includes(name));
  const { dataSource } = await import('../data-source.js');
  const source = await dataSource(ownerUrl, wanted).initialize();
  try {
    await source.runMigrations({ transaction: 'all' });
  } finally {
    await source.destroy();
  }
}

async function load(client: Client, file: string): Promise<void> {
  await client.query(textForms);
  await client.query('BEGIN');
  await client.query('SET LOCAL session_replication_role = replica');
  const { rows: made } = await client.query<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL',
    [born],
  );
  for (const { name } of made) await client.query(`DELETE FROM ${quoted(name)}`);
  await readBackup(file, {
    header: nothing.header,
    table: (table, columns, chunks) =>
      copyIn(client, `COPY public.${quoted(table)} (${columns.map(quoted).join(', ')}) FROM STDIN`, chunks),
    sequences: (sequences) => setSequences(client, sequences),
  });
  await proveReferences(client);
  await client.query('COMMIT');
  await client.query('ANALYZE');
}

async function setSequences(client: Client, sequences: readonly SequenceEntry[]): Promise<void> {
  for (const { sequence, last, called } of sequences)
    await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [`public.${quoted(sequence)}`, last, called]);
}

type Reference = { name: string; from: string; to: string; own: string[]; theirs: string[] };

/** Foreign keys sleep with the triggers: each is asked for rows it would have refused. */
async function proveReferences(client: Client): Promise<void> {
  const { rows } = await client.query<Reference>(
    `SELECT conname AS name, conrelid::regclass::text AS from, confrelid::regclass::text AS to,
       (SELECT jsonb_agg(attname ORDER BY n) FROM unnest(conkey) WITH ORDINALITY k(num, n) JOIN pg_attribute ON attrelid = conrelid AND attnum = num) AS own,
       (SELECT jsonb_agg(attname ORDER BY n) FROM unnest(confkey) WITH ORDINALITY k(num, n) JOIN pg_attribute ON attrelid = confrelid AND attnum = num) AS theirs
     FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
  );
  for (const { name, from, to, own, theirs } of rows) {
    const known = own.map((column) => `t.${quoted(column)} IS NOT NULL`).join(' AND ');
    const same = own.map((column, index) => `r.${quoted(theirs[index] ?? '')} = t.${quoted(column)}`).join(' AND ');
    const { rowCount } = await client.query(
      `SELECT FROM ${from} t WHERE ${known} AND NOT EXISTS (SELECT FROM ${to} r WHERE ${same}) LIMIT 1`,
    );
    if (!rowCount) continue;
    throw new StartRefused('restore-refused', {
      zh: `备份中的数据互相矛盾（${from} 的约束 ${name} 不成立），已撤销恢复，未保留任何内容。`,
      en: `The rows of the backup contradict each other (${name} of ${from} does not hold); the restore was undone and nothing was kept.`,
    });
  }
}
