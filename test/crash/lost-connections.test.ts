import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { type Simulator, startSimulator } from '../support/bank-simulator.js';
import { ledgerFaults } from '../support/ledger.js';
import { CaseStory, signBatch } from '../support/story.js';
import { startWorker, until, type WorkerProcess } from '../support/worker.js';
import { asOwner, openWorld, type World } from '../support/world.js';

const CASES = 8;

let bank: Simulator;
let world: World;
let worker: WorkerProcess;
beforeAll(async () => {
  bank = await startSimulator();
  world = await openWorld({ bankUrl: bank.address });
  worker = await startWorker(world, { bankUrl: bank.address });
  await until('the queue', async () => worker.output().includes('queue ready'));
});
afterAll(async () => {
  await worker?.stop();
  await world?.close();
  await bank?.kill();
});

async function asSuperuser(sql: string): Promise<void> {
  const url = new URL(process.env['TRANCHE_TEST_SERVER'] ?? '');
  url.pathname = new URL(world.test.appUrl).pathname;
  await asOwner({ ...world, test: { ...world.test, ownerUrl: url.href } }, sql);
}

/** Cuts every connection of the worker to this database, whatever it is doing on it: queue, sweep, hot path. */
const cut = () =>
  asSuperuser(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND (application_name LIKE 'tranche-worker%' OR application_name LIKE 'tranche-queue%' OR application_name LIKE '%:%')`,
  );

/** Eight times, at moments nobody chose. */
async function cutSometimes(): Promise<void> {
  for (let times = 0; times < 8; times += 1) {
    await cut();
    await new Promise((resolve) => setTimeout(resolve, 40 + 20 * times));
  }
}

describe('connections to the database cut again and again', () => {
  it('cost time and nothing else: every payment is made once, and the worker lives', async () => {
    const stories = await Promise.all(
      Array.from({ length: CASES }, async () => (await (await CaseStory.open(world)).approved()).started()),
    );
    const all = async (state: string) =>
      (await Promise.all(stories.map((story) => story.tranche('s1')))).every((tranche) => tranche.state === state);
    await cutSometimes();
    await until('all requests', () => all('requested'), 30_000);
    await signBatch(world);
    await cutSometimes();
    await until('all payments', () => all('paid'), 30_000);
    const { body } = await bank.call('GET', '/book');
    expect(body).toMatchObject({ count: CASES, sumsFen: { settled: String(CASES * 15_000_000) } });
    expect(await ledgerFaults(world)).toEqual([]);
    for (const story of stories) expect(await verifyCase(world.house, systemActor('test'), story.id)).toMatchObject({ ok: true });
    expect(worker.child.exitCode).toBeNull();
  }, 60_000);
});
