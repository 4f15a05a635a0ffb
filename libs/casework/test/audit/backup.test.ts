import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispatch, makeHouse, openCase, sha256Of } from '@tranche/casework';
import { backupDatabase, databaseUrl, openDatabase, type RolePasswords, restoreDatabase, systemActor } from '@tranche/database';
import { Client } from 'pg';
import { classFacts, policyId } from '../../../../test/support/world.js';
import { type AuditedHouse, auditedHouse, verifyAs } from './house.js';

const serverUrl = () => process.env['TRANCHE_TEST_SERVER'] ?? '';
const passwords = () => JSON.parse(process.env['TRANCHE_TEST_PASSWORDS'] ?? '') as RolePasswords;
const folder = mkdtempSync(join(tmpdir(), 'tranche-backup-'));
const file = join(folder, 'whole.backup');
const made: string[] = [];

let house: AuditedHouse;
beforeAll(async () => {
  house = await auditedHouse();
  const database = new URL(house.world.test.ownerUrl).pathname.slice(1);
  await backupDatabase(databaseUrl(serverUrl(), { database }), file, '2020-12-20T10:00:00+08:00');
}, 90_000);
afterAll(async () => {
  await house?.close();
  for (const name of made) await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  rmSync(folder, { recursive: true, force: true });
});

async function onServer(sql: string, database?: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: database === undefined ? serverUrl() : databaseUrl(serverUrl(), { database }) });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function restore(from: string): Promise<{ database: string; appUrl: string; auditUrl: string }> {
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  made.push(database);
  const { appUrl, auditUrl } = await restoreDatabase(serverUrl(), { database, passwords: passwords(), file: from });
  return { database, appUrl, auditUrl: auditUrl ?? '' };
}
const refusalOf = (from: string) =>
  restore(from).then(
    () => 'restored',
    (error: { code?: string }) => error.code,
  );
const exists = async (database: string) => (await onServer(`SELECT 1 FROM pg_database WHERE datname = '${database}'`)).length === 1;

/** The same file with other content, packed again. */
function altered(name: string, change: (text: string) => string): string {
  const path = join(folder, name);
  writeFileSync(path, gzipSync(Buffer.from(change(gunzipSync(readFileSync(file)).toString('latin1')), 'latin1')));
  return path;
}

describe('a restored backup', () => {
  it('verifies green against the exported checkpoints, row for row, and life goes on in it', async () => {
    const { database, appUrl, auditUrl } = await restore(file);
    expect(await verifyAs(auditUrl, house.dir, house.world)).toMatchObject({ ok: true, cases: 9, checkpoints: { witnessed: true } });

    const tables = await onServer(
      "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT IN ('sessions') ORDER BY 1",
      database,
    );
    const original = new URL(house.world.test.ownerUrl).pathname.slice(1);
    for (const { name } of tables) {
      const sum = `SELECT count(*)::int AS rows, md5(coalesce(string_agg(x, '|' ORDER BY x), '')) AS sum FROM (SELECT (to_jsonb(t) - 'tx')::text AS x FROM ${name} t) s`;
      expect({ name, ...(await onServer(sum, database))[0] }).toEqual({ name, ...(await onServer(sum, original))[0] });
    }

    const opened = openDatabase({ url: appUrl, applicationName: 'restored', max: 2 });
    const restored = makeHouse({ database: opened });
    const key = randomUUID();
    const answer = await openCase(restored, house.world.by('institution'), {
      policyId,
      organisationId: house.world.seed.institutionId,
      payeeAccountId: house.world.seed.payeeAccountId,
      facts: classFacts(),
      key,
      requestSha256: sha256Of({ key }),
    });
    expect(answer).toMatchObject({ ok: true });
    const told = {
      caseId: house.cases[1] ?? '',
      type: 'application.withdrawn',
      data: { reason: '班次取消' },
      key,
      requestSha256: sha256Of({ told: key }),
      cause: 'http',
    } as const;
    expect(await dispatch(restored, house.world.by('institution'), { ...told, key: randomUUID() })).toMatchObject({ ok: true });
    const [{ last = 0 } = {}] = await opened.read<{ last: number }>(systemActor('test'), 'SELECT max(id)::int AS last FROM outbox');
    expect(last).toBeGreaterThan(0);
    await opened.close();
    expect((await verifyAs(auditUrl, house.dir, house.world)).findings).toEqual([]);
    // the controls are awake again
    await expect(onServer('DELETE FROM case_events', database)).rejects.toMatchObject({ constraint: 'insert_only' });
  }, 60_000);
});

describe('a backup that is not what was written', () => {
  it.each([
    ['one amount is changed', (text: string) => text.replace('15000000', '15000001')],
    ['a table is left out', (text: string) => text.replace(/\{"table":"recoveries"[\s\S]*?\{"end":"recoveries"[^\n]*\n/, '')],
    ['its end is missing', (text: string) => text.slice(0, -200)],
    [
      'a sequence is turned back',
      (text: string) => text.replace(/"sequence":"case_numbers","last":"\d+"/, '"sequence":"case_numbers","last":"1"'),
    ],
    ['it is no backup', () => '{"format":"other"}\n'],
  ])('is refused when %s, and leaves no database behind', async (what, change) => {
    expect(await refusalOf(altered(`${what}.backup`, change))).toBe('backup-refused');
    expect(await exists(made.at(-1) ?? '')).toBe(false);
  });

  it('is refused when a byte of the packed file is changed or the file is cut', async () => {
    const bytes = readFileSync(file);
    const cut = join(folder, 'cut');
    writeFileSync(cut, bytes.subarray(0, bytes.length - 20));
    expect(await refusalOf(cut)).toBe('backup-refused');
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
    writeFileSync(cut, flipped);
    expect(await refusalOf(cut)).toBe('backup-refused');
  });

  it('is refused when its header names other migrations', async () => {
    const newer = altered('newer', (text) => text.replace('"Audit0000000000030"', '"Later0000000009999"'));
    expect(await refusalOf(newer)).toBe('backup-refused');
  });

  it('is never written over another file, and never restored over rows', async () => {
    await expect(backupDatabase(serverUrl(), file, 'now')).rejects.toMatchObject({ code: 'backup-refused' });
    const database = new URL(house.world.test.ownerUrl).pathname.slice(1);
    await expect(restoreDatabase(serverUrl(), { database, passwords: passwords(), file })).rejects.toMatchObject({
      code: 'restore-refused',
    });
    expect((await house.verify()).ok).toBe(true);
  });
});
