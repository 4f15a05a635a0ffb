import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assertAppRole, databaseUrl, migrate, prepareDatabase } from '@tranche/database';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';

describe('the role of the application', () => {
  let made: TestDatabase;
  const server = () => process.env['TRANCHE_TEST_SERVER'] ?? '';
  const onServer = async (sql: string) => {
    const client = new pg.Client({ connectionString: server() });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const check = async (url: string) => {
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    try {
      await assertAppRole(pool);
      return 'accepted';
    } catch (error) {
      return (error as { code?: string }).code;
    } finally {
      await pool.end();
    }
  };

  beforeAll(async () => {
    made = await createTestDatabase();
    await onServer(`DO $$ BEGIN
      CREATE ROLE test_bypass LOGIN BYPASSRLS PASSWORD 'x'; CREATE ROLE test_member LOGIN PASSWORD 'x' IN ROLE tranche_owner; END $$`);
    const name = new URL(made.appUrl).pathname.slice(1);
    await onServer(`GRANT CONNECT ON DATABASE ${name} TO test_bypass, test_member`);
  });
  afterAll(async () => {
    await made.drop();
    await onServer('DROP ROLE test_bypass, test_member');
  });

  it('is accepted only when it owns nothing and cannot go around row security', async () => {
    expect(await check(made.appUrl)).toBe('accepted');
    expect(await check(made.ownerUrl)).toBe('app-role-too-powerful');
    expect(await check(databaseUrl(server(), { database: new URL(made.appUrl).pathname.slice(1) }))).toBe('app-role-too-powerful');
    expect(await check(databaseUrl(made.appUrl, { user: 'test_bypass', password: 'x' }))).toBe('app-role-too-powerful');
    expect(await check(databaseUrl(made.appUrl, { user: 'test_member', password: 'x' }))).toBe('app-role-too-powerful');
  });

  it('needs the tables to be there', async () => {
    expect(await check(databaseUrl(made.appUrl, { database: 'postgres' }))).toBe('database-not-migrated');
  });

  it('can make no object of its own, and reads no password of the server', async () => {
    const app = new pg.Client({ connectionString: made.appUrl });
    await app.connect();
    for (const sql of [
      'CREATE TABLE mine (x int)',
      'CREATE SCHEMA mine',
      'CREATE TEMP TABLE mine (x int)',
      'SET ROLE tranche_owner',
      'SELECT * FROM pg_authid',
      'SELECT * FROM schema_migrations',
    ]) {
      await expect(app.query(sql)).rejects.toMatchObject({ code: '42501' });
    }
    await app.end();
  });

  it('migrations run once, also when two processes start together', async () => {
    const passwords = JSON.parse(process.env['TRANCHE_TEST_PASSWORDS'] ?? '') as { owner: string; app: string };
    try {
      const { ownerUrl, migrated } = await prepareDatabase(server(), { database: 'test_two_starts', passwords });
      expect(migrated.length).toBeGreaterThan(8);
      expect(await Promise.all([migrate(ownerUrl), migrate(ownerUrl)])).toEqual([[], []]);
    } finally {
      await onServer('DROP DATABASE IF EXISTS test_two_starts WITH (FORCE)');
    }
  });
});
