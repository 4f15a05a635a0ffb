import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { generateKeyFile } from '@tranche/casework';
import { Client } from 'pg';
import { type Simulator, startSimulator } from '../../../test/support/bank-simulator.js';
import { CaseStory, payWhatIsDue } from '../../../test/support/story.js';
import { asOwner, openWorld, type World } from '../../../test/support/world.js';
import { runMigrateCases } from '../src/cases/run.js';
import { runVerify } from '../src/verify/run.js';
import { runCheckpoint } from '../src/verify/run-checkpoint.js';

const folder = mkdtempSync(join(tmpdir(), 'tranche-cli-verify-'));
const before = { ...process.env };
let bank: Simulator;
let world: World;
let printed: string[] = [];

beforeAll(async () => {
  bank = await startSimulator();
  world = await openWorld({ bankUrl: bank.address });
  const story = await (await (await CaseStory.open(world)).approved()).started();
  await payWhatIsDue(world);
  expect(story.id).toBeTruthy();
  writeFileSync(
    join(folder, 'keys.json'),
    generateKeyFile((size) => new Uint8Array(size).fill(5)),
  );
  Object.assign(process.env, {
    AUDIT_DATABASE_URL: world.test.auditUrl,
    DATABASE_URL: world.test.appUrl,
    TRANCHE_KEY_FILE: join(folder, 'keys.json'),
    TRANCHE_CHECKPOINT_DIR: join(folder, 'checkpoints'),
    TRANCHE_PASSWORD: 'a good password',
  });
  await asOwner(world, 'UPDATE users SET password_hash = $1', [await hash('a good password')]);
  for (const name of ['log', 'error'] as const)
    jest.spyOn(console, name).mockImplementation((line: unknown) => {
      printed.push(String(line));
    });
}, 60_000);
afterEach(() => {
  printed = [];
});
afterAll(async () => {
  process.env = before;
  jest.restoreAllMocks();
  await world?.close();
  await bank?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const verify = (more: object = {}) => runVerify({ record: true, lang: 'en', ...more });
async function behindTheControls(sql: string): Promise<void> {
  const client = new Client({
    connectionString: process.env['TRANCHE_TEST_SERVER']?.replace(/\/postgres$/, new URL(world.test.appUrl).pathname),
  });
  await client.connect();
  await client.query(`SET session_replication_role = replica; ${sql}`);
  await client.end();
}

describe('tranche verify and checkpoint', () => {
  it('says what it saw and what it could not, ends with 0, and keeps the result', async () => {
    expect(await verify()).toBe(0);
    expect(printed.join('\n')).toMatch(/1 cases, \d+ events[\s\S]*No exported checkpoint as witness[\s\S]*nothing was found/);
    expect(await runCheckpoint({})).toBe(0);
    expect(readdirSync(join(folder, 'checkpoints'))).toEqual([
      expect.stringMatching(/^checkpoint-000001-2020-11-25\.txt$/),
      expect.stringMatching(/^checkpoint-key-[0-9a-f]{16}\.pem$/),
    ]);
    expect(await verify()).toBe(0);
    expect(printed.join('\n')).toContain('1 checkpoint files (up to no. 1 of 2020-11-25), 1 entries compared');
    expect(await world.rows('SELECT ok, recorded_by FROM audit_runs')).toEqual([
      { ok: true, recorded_by: 'tranche_auditor' },
      { ok: true, recorded_by: 'tranche_auditor' },
    ]);
  });

  it('lists every finding by kind, in words or as JSON, and ends with 1', async () => {
    await behindTheControls(
      'UPDATE entries SET amount_fen = amount_fen + 1 WHERE line_no = 1 AND posting_id = (SELECT min(id::text)::uuid FROM postings WHERE case_id IS NOT NULL)',
    );
    expect(await verify({ lang: 'zh' })).toBe(1);
    expect(printed.join('\n')).toMatch(/✗ 记账凭证与事件不符 \(1\)[\s\S]*✗ 凭证不平或科目不符 \(1\)[\s\S]*核验未通过/);
    printed = [];
    expect(await verify({ json: true })).toBe(1);
    const report = JSON.parse(printed.join('\n')) as { ok: boolean; findingsByKind: object };
    expect(report).toMatchObject({ ok: false, findingsByKind: { 'postings-differ': 1, 'posting-unbalanced': 1 } });
    await behindTheControls(
      'UPDATE entries SET amount_fen = amount_fen - 1 WHERE line_no = 1 AND posting_id = (SELECT min(id::text)::uuid FROM postings WHERE case_id IS NOT NULL)',
    );
    expect(await verify()).toBe(0);
  });

  it('ends with 2 and one line when it may not look', async () => {
    process.env['AUDIT_DATABASE_URL'] = world.test.appUrl;
    expect(await verify()).toBe(2);
    expect(printed.join('\n')).toMatch(/核验须以只读角色 tranche_auditor.*can write/);
    process.env['AUDIT_DATABASE_URL'] = world.test.auditUrl;
  });
});

describe('tranche cases migrate', () => {
  it('reports, is proposed by one person with a password, and applied by another', async () => {
    await behindTheControls("UPDATE cases SET machine_hash = repeat('0', 64)");
    const report = join(folder, 'report.jsonl');
    const options = { to: '2020-11-24', policy: 'training-subsidy-staged', lang: 'en', report } as const;
    expect(await runMigrateCases({ ...options, dryRun: true })).toBe(0);
    expect(printed.join('\n')).toContain('1 cases can be moved (0 with differences), 0 cannot.');
    expect(readFileSync(report, 'utf8').split('\n').filter(Boolean)).toHaveLength(2);

    process.env['TRANCHE_PASSWORD'] = 'wrong';
    expect(await runMigrateCases({ ...options, propose: true, by: 'supervisor' })).toBe(1);
    process.env['TRANCHE_PASSWORD'] = 'a good password';
    expect(await runMigrateCases({ ...options, propose: true, by: 'officer' })).toBe(1);
    printed = [];
    expect(await runMigrateCases({ ...options, propose: true, by: 'supervisor' })).toBe(0);
    const id = /Proposed as ([0-9a-f-]{36})/.exec(printed.join('\n'))?.[1] ?? '';
    expect(await runMigrateCases({ ...options, apply: id, by: 'supervisor' })).toBe(1);
    expect(await runMigrateCases({ ...options, apply: id, by: 'approver' })).toBe(0);
    expect(printed.join('\n')).toContain('1 moved, 0 moved before');
    expect(await runMigrateCases({ ...options, apply: id, by: 'approver' })).toBe(0);
    expect(printed.join('\n')).toContain('0 moved, 1 moved before');
    // what its last migration says is what stands now
    expect(await verify()).toBe(0);
    // and the approval it names must stand too
    await behindTheControls('CREATE TABLE kept AS TABLE machine_migrations; DELETE FROM machine_migrations');
    printed = [];
    expect(await verify()).toBe(1);
    expect(printed.join('\n')).toContain('names an approval that is not there');
    await behindTheControls('INSERT INTO machine_migrations SELECT * FROM kept; DROP TABLE kept');
    expect(await verify()).toBe(0);
  });

  it('asks for one version when none or several fit, and for what to do when it is not said', async () => {
    expect(await runMigrateCases({ to: '1999-01-01', dryRun: true, lang: 'en' })).toBe(1);
    expect(printed.join('\n')).toContain('No version 1999-01-01 fits');
    printed = [];
    expect(await runMigrateCases({ to: '2020-11-24', dryRun: true, lang: 'en' })).toBe(1);
    expect(printed.join('\n')).toContain('More than one version 2020-11-24 fits');
    expect(await runMigrateCases({ to: '2020-11-24', policy: 'training-subsidy-staged', lang: 'en' })).toBe(1);
    expect(printed.join('\n')).toContain('--dry-run');
  });
});
