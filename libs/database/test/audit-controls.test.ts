import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openAuditReader } from '@tranche/database';
import pg from 'pg';
import { useHouse } from './house.js';

const house = useHouse();
let auditor: pg.Client;

const codeOf = (sql: string) =>
  auditor.query(sql).then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );

describe('the role that verifies', () => {
  // within the describe: it must leave before the house is dropped
  beforeAll(async () => {
    auditor = new pg.Client({ connectionString: house.database.auditUrl });
    await auditor.connect();
  });
  afterAll(() => auditor?.end());

  it('sees every row of what it compares, whatever the settings of an actor', async () => {
    const { rows } = await house.owner.query('SELECT count(*)::int AS cases FROM cases');
    expect((await auditor.query('SELECT count(*)::int AS cases FROM cases')).rows).toEqual(rows);
    expect(rows[0].cases).toBeGreaterThan(1);
  });

  it('can write nothing, in no table, nor lift its own limits', async () => {
    const { rows } = await auditor.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
         AND (has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') OR has_any_column_privilege(c.oid, 'INSERT, UPDATE'))`,
    );
    expect(rows).toEqual([]);
    await auditor.query('SET default_transaction_read_only = off');
    for (const sql of [
      'INSERT INTO checkpoints SELECT * FROM checkpoints',
      'DELETE FROM audit_runs',
      'UPDATE cases SET state = state',
      'CREATE TABLE mine (x int)',
      'SET ROLE tranche_app',
      'SET session_replication_role = replica',
    ])
      expect([sql, await codeOf(sql)]).toEqual([sql, '42501']);
  });

  it('reads no person, password, session or file', async () => {
    for (const table of [
      'trainees',
      'users',
      'sessions',
      'evidence',
      'attempts',
      'bank_files',
      'commands',
      'objection_contacts',
      'notifications',
      'payee_accounts',
    ])
      expect([table, await codeOf(`SELECT * FROM ${table}`)]).toEqual([table, '42501']);
  });

  it('leaves its result by the one function that names it, and nobody else can leave one', async () => {
    const reader = await openAuditReader(house.database.auditUrl);
    await reader.record({ startedAtMs: 1_000, finishedAtMs: 2_000, findings: 3, summary: { cases: 7 } });
    await reader.close();
    const { rows } = await house.owner.query('SELECT ok, findings_total, summary, recorded_by FROM audit_runs');
    expect(rows).toEqual([{ ok: false, findings_total: 3, summary: { cases: 7 }, recorded_by: 'tranche_auditor' }]);
    await expect(house.app.query("SELECT record_audit_run(now(), now(), 0, '{}')")).rejects.toMatchObject({ code: '42501' });
    await expect(
      house.app.query(
        "INSERT INTO audit_runs (started_at, finished_at, ok, findings_total, summary, recorded_by) VALUES (now(), now(), true, 0, '{}', 'x')",
      ),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(house.owner.query('DELETE FROM audit_runs')).rejects.toMatchObject({ constraint: 'insert_only' });
  });

  it.each(['ownerUrl', 'appUrl'] as const)('is not the one of %s: a verification refuses a role that could write', async (url) => {
    await expect(openAuditReader(house.database[url])).rejects.toMatchObject({ code: 'audit-role-unfit' });
  });
});
