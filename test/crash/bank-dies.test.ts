import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setBankClock } from '@tranche/bank';
import { type BankRail, expireLeases, inquireTransfers, legalNow } from '@tranche/casework';
import { type Simulator, startSimulator } from '../support/bank-simulator.js';
import { ledgerFaults } from '../support/ledger.js';
import { CaseStory, runAll, signBatch } from '../support/story.js';
import { until } from '../support/worker.js';
import { openWorld, type World } from '../support/world.js';

let bank: Simulator;
let world: World;
let rail: BankRail;
beforeAll(async () => {
  bank = await startSimulator();
  world = await openWorld({ bankUrl: bank.address });
  if (!world.house.bank) throw new Error('no bank');
  rail = world.house.bank;
});
afterEach(async () => {
  expect(await ledgerFaults(world)).toEqual([]);
});
afterAll(async () => {
  await world?.close();
  await bank?.kill();
});

describe('a bank that dies in the middle of a payment', () => {
  it.each([
    ['crash-mid-booking', 'with half an entry in its book'],
    ['crash-after-booking', 'with the entry in its book and the answer unsaid'],
  ])('%s: it is asked until it is back, and pays once', async (kind) => {
    const story = await (await (await CaseStory.open(world)).approved()).started();
    await runAll(world);
    await signBatch(world);
    await bank.call('POST', '/faults', { kind });
    await runAll(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'sent' });

    const { port, book } = bank;
    await bank.kill();
    await inquireTransfers(world.house, rail);
    expect(await story.tranche('s1')).toMatchObject({ state: 'sent' });

    bank = await startSimulator({ port, book });
    await setBankClock(bank.address, Math.round((await legalNow(world.house)) - Date.now()));
    await until('the payment', async () => {
      await expireLeases(world.house);
      await inquireTransfers(world.house, rail);
      return (await story.tranche('s1')).state === 'paid';
    });
    const [{ reference = '' } = {}] = await world.rows<{ reference: string }>(
      'SELECT t.end_to_end_id AS reference FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE d.case_id = $1',
      [story.id],
    );
    const bookings = (await bank.call('GET', '/book')).body['bookings'] as { endToEndId: string; status: string }[];
    expect(bookings.filter(({ endToEndId }) => endToEndId === reference)).toMatchObject([{ status: 'settled' }]);
  });
});
