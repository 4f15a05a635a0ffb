import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { httpBank } from '@tranche/bank';
import { type BankRail, expireLeases, inquireTransfers, readBankFeed, runEffects } from '@tranche/casework';
import { type Simulator, startSimulator } from '../../../test/support/bank-simulator.js';
import { CaseStory, runAll, signBatch } from '../../../test/support/story.js';
import { until } from '../../../test/support/worker.js';
import { openWorld, type World } from '../../../test/support/world.js';

let bank: Simulator;
let world: World;
let rail: BankRail;
let story: CaseStory;
/** the worker dies between its commit and the sending */
let dead = false;
const leaseMs = 60_000;
/** how far the system clock is ahead */
let aheadMs = 0;
/** posts of a payment that left for the bank */
let sent: string[] = [];

beforeAll(async () => {
  bank = await startSimulator();
  const die = () => {
    if (dead) throw new Error('the worker died');
  };
  world = await openWorld({
    bankUrl: bank.address,
    parts: {
      systemNow: () => Date.now() + aheadMs,
      checkpoint: (point) => point === 'after-submitting-before-send' && die(),
    },
  });
  if (!world.house.bank) throw new Error('no bank');
  rail = watched(world.house.bank);
  Object.assign(world.house, { bank: rail });
});
beforeEach(async () => {
  await bank.call('DELETE', '/faults');
  story = await (await (await CaseStory.open(world)).approved()).started();
  await runAll(world);
  await signBatch(world);
  dead = false;
  sent = [];
});
afterAll(async () => {
  await world?.close();
  await bank?.kill();
});

/** The same bank; what is sent to it is noted. */
function watched(real: BankRail): BankRail {
  const send = (request: Uint8Array) => {
    sent.push(Buffer.from(request).toString('utf8'));
    return real.adapter.send(request);
  };
  return { ...real, leaseMs, adapter: { ...real.adapter, send } };
}

const fault = (kind: string, more: Record<string, unknown> = {}) => bank.call('POST', '/faults', { kind, ...more });
const stateOf = async (): Promise<string> =>
  (
    await world.rows<{ state: string }>(
      'SELECT t.state FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE d.case_id = $1 ORDER BY t.id DESC LIMIT 1',
      [story.id],
    )
  )[0]?.state ?? '';
/** Asks the bank until it was asked once more. */
const inquired = (manners: Partial<BankRail>) =>
  until('an inquiry to be due', async () => (await inquireTransfers(world.house, { ...rail, ...manners })) > 0);
const settled = () =>
  until('the transfer to settle', async () => {
    await inquireTransfers(world.house, { ...rail, settleMs: 0 });
    return (await stateOf()) === 'settled';
  });

describe('a transfer whose answer never came', () => {
  it('is not sent again before the bank has had its time', async () => {
    await fault('drop-before-booking');
    await runAll(world);
    expect([await stateOf(), sent.length]).toEqual(['unknown', 1]);
    await inquired({ settleMs: 60_000 });
    expect([await stateOf(), sent.length]).toEqual(['unknown', 1]);
    await settled();
    expect([sent.length, new Set(sent).size]).toEqual([2, 1]);
  });

  it('is not sent again to a bank that would book it twice', async () => {
    await fault('drop-before-booking');
    await runAll(world);
    const forgetful = { ...rail.adapter, caps: { ...rail.adapter.caps, dedup: 'none' as const } };
    await inquired({ settleMs: 0, adapter: forgetful });
    expect([await stateOf(), sent.length]).toEqual(['unknown', 1]);
    await settled();
  });

  it.each(['garbage-answer', '5xx-before-booking'])('is not sent again while the bank says nothing clear: %s', async (kind) => {
    await fault('accept-then-drop-connection');
    await fault(kind, { on: 'inquiry' });
    await runAll(world);
    expect(await stateOf()).toBe('unknown');
    await inquired({ settleMs: 0 });
    expect(sent).toHaveLength(1);
    await settled();
    expect(sent).toHaveLength(1);
  });

  it('is unknown only when its lease has run out', async () => {
    dead = true;
    await runEffects(world.house, 'worker-test');
    dead = false;
    expect([await stateOf(), sent.length]).toEqual(['submitting', 0]);
    expect([await expireLeases(world.house), await stateOf()]).toEqual([0, 'submitting']);
    aheadMs += leaseMs + 1;
    expect([await expireLeases(world.house), await stateOf()]).toEqual([1, 'unknown']);
    await settled();
  });

  it('is told once, though the page says it twice', async () => {
    await fault('accept-then-drop-connection');
    await fault('duplicate-answer');
    await runAll(world);
    await until('the feed to say it', async () => {
      await readBankFeed(world.house, rail);
      return (await stateOf()) === 'settled';
    });
    expect(await world.rows("SELECT label FROM tasks WHERE kind LIKE 'bank-news:transfer:%'")).toEqual([]);
  });
});

describe('a batch sent to a bank that takes lists', () => {
  it('leaves unknown only the line that the answer does not name, finds it by asking, and sends no line twice', async () => {
    const others = [await CaseStory.inTraining(world), await CaseStory.inTraining(world)];
    await runAll(world);
    const { batchId } = await signBatch(world);
    const lines = await world.rows<{ reference: string }>(
      'SELECT end_to_end_id AS reference FROM transfers WHERE batch_id = $1 ORDER BY line_no',
      [batchId],
    );
    await fault('accept-then-drop-connection', { match: { reference: lines[1]?.reference } });
    const adapter = httpBank({ baseUrl: bank.address, timeoutMs: 5_000, perCall: 4 });
    const house = { ...world.house, bank: { ...rail, adapter } };
    while ((await runEffects(house, 'worker-lists')) > 0);
    const states = () => world.rows<{ state: string }>('SELECT state FROM transfers WHERE batch_id = $1 ORDER BY line_no', [batchId]);
    expect([others.length, await states()]).toEqual([2, [{ state: 'settled' }, { state: 'unknown' }]]);
    await until('the lost answer to be found', async () => {
      await inquireTransfers(house, { ...rail, adapter });
      return (await states()).every(({ state }) => state === 'settled');
    });
    const { bookings } = (await bank.call('GET', '/book')).body as { bookings: { endToEndId: string }[] };
    const booked = bookings.map(({ endToEndId }) => endToEndId).filter((each) => lines.some(({ reference }) => reference === each));
    expect(booked.toSorted()).toEqual(lines.map(({ reference }) => reference).toSorted());
  });
});

describe('a signed line whose case is held before it is sent', () => {
  it('does not leave for the bank', async () => {
    await story.hear('supervisor', 'case.held', { reason: '举报核查' });
    await runAll(world);
    expect([await stateOf(), sent.length]).toEqual(['cancelled', 0]);
    await story.hear('supervisor', 'case.released', { reason: '查无问题' });
  });
});
