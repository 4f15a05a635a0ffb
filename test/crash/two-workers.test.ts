import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { runEffects, verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { type Simulator, startSimulator } from '../support/bank-simulator.js';
import { ledgerFaults, trialBalance } from '../support/ledger.js';
import { CaseStory, signBatch } from '../support/story.js';
import { startWorker, until, type WorkerProcess } from '../support/worker.js';
import { asOwner, openWorld, type World } from '../support/world.js';

const CASES = 12;

let bank: Simulator;
let world: World;
let stories: CaseStory[];
let workers: WorkerProcess[] = [];
beforeAll(async () => {
  bank = await startSimulator();
  world = await openWorld({ bankUrl: bank.address });
  stories = await Promise.all(Array.from({ length: CASES }, async () => (await (await CaseStory.open(world, small)).approved()).started()));
  workers = await Promise.all([startWorker(world, { bankUrl: bank.address }), startWorker(world, { bankUrl: bank.address })]);
});
afterEach(async () => {
  expect(await ledgerFaults(world)).toEqual([]);
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await world?.close();
  await bank?.kill();
});

const small = {
  enrolled: [{ occupation: '电工', level: '中级', count: 10 }],
  plannedHours: 80,
  classFiled: true,
  traineesEligible: true,
  startsOn: '2020-11-25',
  endsOn: '2020-12-20',
};
const all = async (state: string): Promise<boolean> =>
  (await Promise.all(stories.map((story) => story.tranche('s1')))).every((tranche) => tranche.state === state);
const count = async (sql: string): Promise<number> =>
  (await world.rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`))[0]?.n ?? -1;

describe('two workers on the same outbox, bank and deadlines', () => {
  it('request each payment once', async () => {
    await until('all requests', () => all('requested'));
    expect(await count('disbursements')).toBe(CASES);
    expect(await count("case_events WHERE type = 'payment.requested'")).toBe(CASES);
    // the row is ticked off a moment after the case has moved
    await until('all rows done', async () => (await count("outbox WHERE state = 'done' AND kind = 'payment.request'")) === CASES);
  });

  it('send each line of a batch once', async () => {
    await signBatch(world);
    await until('all payments', () => all('paid'));
    const { body } = await bank.call('GET', '/book');
    expect(body).toMatchObject({ count: CASES, sumsFen: { settled: String(CASES * 1_500_000) } });
    expect(await count('attempts')).toBe(CASES);
    expect(await trialBalance(world)).toMatchObject({ B3: 0n, B4: 0n, '1002': 0n });
    await until('the batch to be done', async () => (await count("batches WHERE state = 'done'")) === 1);
  });

  it('tell each deadline once', async () => {
    const held = await Promise.all(
      Array.from({ length: CASES }, async () => (await (await CaseStory.open(world, small)).approved()).started()),
    );
    for (const story of held) await story.hear('supervisor', 'case.held', { reason: '核查' });
    await asOwner(world, 'UPDATE sandbox_clock SET offset_ms = offset_ms + 30 * 86400000::bigint');
    await until('all deadlines told', async () => (await count("deadlines WHERE status = 'suspected'")) === CASES);
    expect(await count("case_events WHERE type = 'deadline.passed'")).toBe(CASES);
    for (const story of [...stories, ...held])
      expect(await verifyCase(world.house, systemActor('test'), story.id)).toMatchObject({ ok: true });
  });

  it('leave no lock, no claimed row and no dead row behind', async () => {
    await until('quiet', async () => (await count("outbox WHERE state IN ('pending', 'claimed')")) === 0);
    expect(await count("outbox WHERE state = 'dead'")).toBe(0);
    expect(await count("tasks WHERE kind LIKE 'outbox:%' OR kind LIKE 'bank-news:%'")).toBe(0);
    expect(await count('pg_locks WHERE NOT granted')).toBe(0);
    expect(await runEffects(world.house, 'third')).toBe(0);
  });

  it('end on SIGTERM within seconds, and say so', async () => {
    const [first, second] = workers;
    const began = Date.now();
    first?.child.kill('SIGTERM');
    second?.child.disconnect();
    expect(await first?.gone).toEqual({ code: 0, signal: null });
    expect(await second?.gone).toEqual({ code: 0, signal: null });
    expect(Date.now() - began).toBeLessThan(8_000);
    expect(first?.output()).toContain('"message":"worker stopped"');
    expect(`${first?.output()}${second?.output()}`).not.toContain('"level":"error"');
  });
});
