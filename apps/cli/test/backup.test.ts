import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { makeHouse, openCase, seedSandbox, sha256Of } from '@tranche/casework';
import { openDatabase, prepareDatabase, startEmbedded } from '@tranche/database';
import { v7 } from 'uuid';
import { classFacts, policyId } from '../../../test/support/world.js';
import { runBackup, runRestore } from '../src/backup/run.js';
import { runVerify } from '../src/verify/run.js';

const folder = mkdtempSync(join(tmpdir(), 'tranche-cli-backup-'));
const [old, fresh, file] = ['old', 'new', 'a.backup'].map((name) => join(folder, name)) as [string, string, string];
let printed: string[] = [];

/** A data folder as a stopped sandbox leaves it, with a case in it. */
async function makeFolder(dir: string): Promise<void> {
  const server = await startEmbedded({ dir, settings: { fsync: 'off' } });
  const { ownerUrl, appUrl } = await prepareDatabase(server.superuserUrl, { database: 'tranche', passwords: server.passwords });
  const database = openDatabase({ url: appUrl, applicationName: 'test', max: 2 });
  const seed = await seedSandbox(database, { ownerUrl, systemNow: Date.now, newId: v7, hashPassword: async () => 'x', password: 'x' });
  const institution = seed.users.find(({ username }) => username === 'institution');
  const { institutionId: organisationId, payeeAccountId } = seed;
  const actor = { userId: institution?.id ?? '', role: 'institution', organisationId, district: null } as const;
  const key = v7();
  const asked = { policyId, organisationId, payeeAccountId, facts: classFacts(), key, requestSha256: sha256Of({ key }) };
  expect(await openCase(makeHouse({ database }), actor, asked)).toMatchObject({ ok: true });
  await database.close();
  await server.stop();
}

beforeAll(async () => {
  chmodSync(folder, 0o755);
  for (const name of ['log', 'error'] as const)
    jest.spyOn(console, name).mockImplementation((line: unknown) => {
      printed.push(String(line));
    });
  await makeFolder(old);
}, 60_000);
afterEach(() => {
  printed = [];
});
afterAll(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe('tranche backup and restore', () => {
  it('carries a stopped sandbox over to a new folder, which verifies', async () => {
    expect(await runBackup(file, old)).toBe(0);
    expect(printed.join('\n')).toMatch(/SHA-256 [0-9a-f]{64}.*密钥文件不在其中/);
    expect(await runRestore(file, { dir: fresh })).toBe(0);
    expect(printed.join('\n')).toMatch(/案件 1 个，事件 1 个[\s\S]*核验通过[\s\S]*keys\.json/);
    expect(await runVerify({ dir: fresh, record: true, lang: 'en' })).toBe(0);
  }, 60_000);

  it('writes over no file, restores over no rows, and makes nothing of a damaged file', async () => {
    expect(await runBackup(file, old)).toBe(1);
    expect(await runRestore(file, { dir: old })).toBe(1);
    expect(printed.join('\n')).toMatch(/已存在，未覆盖[\s\S]*(不是空的|不是分期拨的数据目录)/);
    printed = [];
    writeFileSync(join(folder, 'damaged'), 'not a backup');
    const nowhere = join(folder, 'nowhere');
    expect(await runRestore(join(folder, 'damaged'), { dir: nowhere })).toBe(1);
    expect(printed.join('\n')).toContain('备份文件不完整或内容与其清单不符');
    expect(existsSync(nowhere)).toBe(false);
    expect(await runBackup(join(folder, 'b'), nowhere)).toBe(1);
    expect(printed.join('\n')).toContain('没有内置数据库');
  }, 60_000);
});
