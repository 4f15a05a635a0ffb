import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forkWorker, startWorker } from '../../../test/support/worker.js';
import { asOwner, draftCase, openWorld, type World } from '../../../test/support/world.js';
import { readConfig } from '../src/config.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

async function refusalOf(env: Record<string, string>): Promise<string> {
  const worker = await forkWorker(world, { env });
  expect((await worker.gone).code).toBe(1);
  expect(worker.output().trim().split('\n')).toHaveLength(1);
  return worker.output();
}

describe('the worker does not start', () => {
  it('as the owner of the tables, who could go around row-level security', async () => {
    expect(await refusalOf({ DATABASE_URL: world.test.ownerUrl })).toContain('tranche_app');
  });

  it('as a superuser', async () => {
    const superuser = new URL(process.env['TRANCHE_TEST_SERVER'] ?? '');
    superuser.pathname = new URL(world.test.appUrl).pathname;
    expect(await refusalOf({ DATABASE_URL: superuser.href })).toContain('superuser');
  });

  it('with a wrong setting: it is named, its value is not', async () => {
    const said = await refusalOf({ BANK_URL: 'not-an-address', SWEEP_MS: 'soon-ish' });
    expect(said).toContain('BANK_URL, SWEEP_MS');
    expect(said).not.toContain('soon-ish');
  });

  it('at a checkpoint outside the sandbox', async () => {
    expect(await refusalOf({ TRANCHE_CHECKPOINT: 'during-sweep', TRANCHE_SANDBOX: '0' })).toContain('TRANCHE_CHECKPOINT');
  });

  it('when an open case runs on a machine that this release does not have', async () => {
    const caseId = await draftCase(world);
    await asOwner(world, 'ALTER TABLE cases DISABLE TRIGGER USER');
    await asOwner(world, "UPDATE cases SET machine_hash = repeat('0', 64) WHERE id = $1", [caseId]);
    expect(await refusalOf({})).toContain('another machine');
    await asOwner(world, "UPDATE cases SET policy_version = '1999-01-01' WHERE id = $1", [caseId]);
    expect(await refusalOf({})).toContain('does not have');
    await asOwner(world, "UPDATE cases SET standing = 'closed' WHERE id = $1", [caseId]);
  });
});

describe('the worker', () => {
  it('starts without a bank, stays small, and logs one line of JSON for each start and stop', async () => {
    const worker = await startWorker(world);
    const rssKb = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${worker.child.pid}/status`, 'utf8'))?.[1]);
    expect(rssKb).toBeLessThan(256 * 1024);
    await worker.stop();
    const lines = worker
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { message: string; level: string });
    expect(lines.filter(({ message }) => message !== 'queue ready').map(({ level, message }) => [level, message])).toEqual([
      ['info', 'worker started'],
      ['info', 'worker stopped'],
    ]);
  });

  it('asks the bank patiently in production and quickly in the sandbox, unless told otherwise', () => {
    const env = { DATABASE_URL: 'postgres://x@y/z' };
    expect(readConfig(env).bank).toEqual({
      timeoutMs: 30_000,
      leaseMarginMs: 30_000,
      inquireAfterMs: [60_000, 120_000, 300_000, 900_000, 3_600_000],
      settleMs: 600_000,
    });
    expect(readConfig({ ...env, TRANCHE_SANDBOX: '1' }).bank.settleMs).toBe(3_000);
    expect(readConfig({ ...env, BANK_INQUIRE_AFTER_MS: '100,200' }).bank.inquireAfterMs).toEqual([100, 200]);
    expect(readConfig(env).queueUrl).toBe(env.DATABASE_URL);
  });
});
