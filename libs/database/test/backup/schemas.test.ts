import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backupDatabase, databaseUrl, type RolePasswords, restoreDatabase } from '@tranche/database';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { dataSource } from '../../src/data-source.js';
import { migrations } from '../../src/migrations.js';
import { ensureDatabase, ownerRole } from '../../src/roles.js';

const server = () => process.env['TRANCHE_TEST_SERVER'] ?? '';
const passwords = () => JSON.parse(process.env['TRANCHE_TEST_PASSWORDS'] ?? '') as RolePasswords;
const folder = mkdtempSync(join(tmpdir(), 'tranche-schemas-'));
const made: string[] = [];
const fresh = () => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  made.push(name);
  return name;
};

let current: TestDatabase;
beforeAll(async () => {
  current = await createTestDatabase();
});
afterAll(async () => {
  await current.drop();
  for (const name of made) await onServer('postgres', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  rmSync(folder, { recursive: true, force: true });
});

async function onServer(database: string, sql: string) {
  const client = new pg.Client({ connectionString: databaseUrl(server(), { database }) });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a backup of another schema', () => {
  it('of an older release is restored as it was, then brought up to date', async () => {
    const old = fresh();
    await ensureDatabase(server(), old);
    const ownerUrl = databaseUrl(server(), { user: ownerRole, password: passwords().owner, database: old });
    const source = await dataSource(ownerUrl, migrations.slice(0, 9)).initialize();
    await source.runMigrations({ transaction: 'all' });
    await source.destroy();
    await onServer(
      old,
      "INSERT INTO organisations (id, name, uscc, kind, district, created_by) VALUES (gen_random_uuid(), '旧机构', 'X', 'institution', '210102', 'x')",
    );
    const file = join(folder, 'old');
    await backupDatabase(databaseUrl(server(), { database: old }), file, '2020-11-25T09:00:00+08:00');
    const database = fresh();
    const { manifest } = await restoreDatabase(server(), { database, passwords: passwords(), file });
    expect(manifest.header.migrations).toHaveLength(9);
    expect(await onServer(database, 'SELECT name FROM organisations')).toEqual([{ name: '旧机构' }]);
    expect(
      await onServer(
        database,
        "SELECT to_regclass('public.checkpoints') IS NOT NULL AS new, (SELECT count(*)::int FROM schema_migrations) AS ran",
      ),
    ).toEqual([{ new: true, ran: migrations.length }]);
  });

  it('of a newer release is refused by the name of what is unknown, and nothing is made', async () => {
    const newer = new URL(current.ownerUrl).pathname.slice(1);
    await onServer(newer, "INSERT INTO schema_migrations (timestamp, name) VALUES (9999, 'Later0000000009999')");
    const file = join(folder, 'newer');
    await backupDatabase(databaseUrl(server(), { database: newer }), file, '2020-11-25T09:00:00+08:00');
    const database = fresh();
    await expect(restoreDatabase(server(), { database, passwords: passwords(), file })).rejects.toMatchObject({
      code: 'restore-refused',
      text: { zh: expect.stringContaining('Later0000000009999'), en: expect.stringContaining('Later0000000009999') },
    });
    expect(await onServer('postgres', `SELECT FROM pg_database WHERE datname = '${database}'`)).toEqual([]);
  });

  it('whose rows contradict each other is undone', async () => {
    const broken = await createTestDatabase();
    const name = new URL(broken.ownerUrl).pathname.slice(1);
    await onServer(
      name,
      "SET session_replication_role = replica; INSERT INTO sessions VALUES (sha256('x'), gen_random_uuid(), now(), now(), now(), NULL)",
    );
    await onServer(
      name,
      "SET session_replication_role = replica; INSERT INTO appropriations (id, fund_id, amount_fen, document_no, state, proposed_by) VALUES (gen_random_uuid(), gen_random_uuid(), 1, 'd', 'proposed', gen_random_uuid())",
    );
    const file = join(folder, 'broken');
    await backupDatabase(databaseUrl(server(), { database: name }), file, '2020-11-25T09:00:00+08:00');
    await expect(restoreDatabase(server(), { database: fresh(), passwords: passwords(), file })).rejects.toMatchObject({
      code: 'restore-refused',
    });
    expect(await onServer('postgres', `SELECT FROM pg_database WHERE datname = '${made.at(-1)}'`)).toEqual([]);
    await broken.drop();
  });
});
