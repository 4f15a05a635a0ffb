import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Checkpoint } from '@tranche/casework';
import { type Simulator, startSimulator } from '../support/bank-simulator.js';
import { CaseStory, runAll, signBatch } from '../support/story.js';
import { forkWorker, startWorker, until, type WorkerProcess } from '../support/worker.js';
import { openWorld, type World } from '../support/world.js';

let bank: Simulator;
let world: World;
let started: WorkerProcess[] = [];
beforeAll(async () => {
  bank = await startSimulator();
  world = await openWorld({ bankUrl: bank.address });
});
afterEach(async () => {
  await Promise.all(started.map((worker) => worker.stop('SIGKILL')));
  started = [];
});
afterAll(async () => {
  await world?.close();
  await bank?.kill();
});

const settings = () => ({ bankUrl: bank.address });

/** The bank's own book: every payment it booked, by our reference. */
async function booked(): Promise<{ endToEndId: string; status: string; amountFen: string }[]> {
  const { body } = await bank.call('GET', '/book');
  return body['bookings'] as { endToEndId: string; status: string; amountFen: string }[];
}

/** What became of a case's first tranche: its transfer, and how often the bank paid it. */
async function paidOnce(story: CaseStory): Promise<void> {
  const transfers = await world.rows<{ endToEndId: string; state: string }>(
    `SELECT t.end_to_end_id AS "endToEndId", t.state FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE d.case_id = $1`,
    [story.id],
  );
  expect(transfers.map(({ state }) => state)).toEqual(['settled']);
  const own = (await booked()).filter(({ endToEndId }) => transfers.some((transfer) => transfer.endToEndId === endToEndId));
  expect(own).toMatchObject([{ status: 'settled', amountFen: '15000000' }]);
  expect(await story.tranche('s1')).toMatchObject({ state: 'paid', amountFen: '15000000' });
}

async function killedAt(point: Checkpoint): Promise<void> {
  const doomed = await forkWorker(world, { ...settings(), env: { TRANCHE_CHECKPOINT: point } });
  started.push(doomed);
  expect(await doomed.gone).toEqual({ code: null, signal: 'SIGKILL' });
}

async function restarted(): Promise<void> {
  started.push(await startWorker(world, settings()));
}

describe('a worker killed', () => {
  it.each<Checkpoint>(['during-sweep', 'after-commit-before-wake'])(
    '%s, before the payment is requested: the next one requests it once',
    async (point) => {
      const story = await (await (await CaseStory.open(world)).approved()).started();
      await killedAt(point);
      await restarted();
      await until('the disbursement', async () => (await story.tranche('s1')).state === 'requested');
      await signBatch(world);
      await until('the payment', async () => (await story.tranche('s1')).state === 'paid');
      await paidOnce(story);
    },
  );

  it.each<Checkpoint>(['during-sweep', 'after-commit-before-wake', 'after-submitting-before-send', 'after-send-before-record'])(
    '%s, with a signed batch: the bank pays each line once',
    async (point) => {
      const story = await (await (await CaseStory.open(world)).approved()).started();
      await runAll(world);
      await signBatch(world);
      await killedAt(point);
      await restarted();
      await until('the payment', async () => (await story.tranche('s1')).state === 'paid');
      await paidOnce(story);
    },
  );
});
