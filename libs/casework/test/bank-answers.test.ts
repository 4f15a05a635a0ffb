import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BankRail, expireLeases, inquireTransfers, readBankFeed, verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { caseLedger, ledgerFaults } from '../../../test/support/ledger.js';
import { correctAccount } from '../../../test/support/payee-account.js';
import { CaseStory, payWhatIsDue, runAll, signBatch } from '../../../test/support/story.js';
import { until } from '../../../test/support/worker.js';
import { asOwner } from '../../../test/support/world.js';

const { bank, world } = useBankWorld();
let rail: BankRail;
let story: CaseStory;
beforeAll(() => {
  if (!world.house.bank) throw new Error('no bank');
  rail = world.house.bank;
});
beforeEach(async () => {
  await bank.call('DELETE', '/faults');
  story = await CaseStory.inTraining(world);
  await runAll(world);
  await signBatch(world);
});
afterEach(async () => {
  expect(await ledgerFaults(world)).toEqual([]);
  expect(await verifyCase(world.house, systemActor('test'), story.id)).toMatchObject({ ok: true });
});

const fault = (kind: string, more: Record<string, unknown> = {}) => bank.call('POST', '/faults', { kind, ...more });
type Transfer = { state: string; reference: string; reason: string | null; attempts: number; outcome: string | null };

async function transfers(): Promise<Transfer[]> {
  return world.rows<Transfer>(
    `SELECT t.state, t.end_to_end_id AS reference, t.reason, (SELECT count(*)::int FROM attempts a WHERE a.transfer_id = t.id) AS attempts,
            (SELECT a.outcome FROM attempts a WHERE a.transfer_id = t.id ORDER BY attempt_no DESC LIMIT 1) AS outcome
     FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE d.case_id = $1 ORDER BY t.id`,
    [story.id],
  );
}

const stateOfLast = async (): Promise<string> => (await transfers()).at(-1)?.state ?? '';
const inquired = (state: string) =>
  until(`the transfer to be ${state}`, async () => {
    await expireLeases(world.house);
    await inquireTransfers(world.house, rail);
    return (await stateOfLast()) === state;
  });
const told = (state: string) =>
  until(`the feed to say ${state}`, async () => {
    await readBankFeed(world.house, rail);
    return (await stateOfLast()) === state;
  });
const bookedOf = async (reference: string): Promise<string[]> =>
  ((await bank.call('GET', '/book')).body['bookings'] as { endToEndId: string; status: string }[])
    .filter(({ endToEndId }) => endToEndId === reference)
    .map(({ status }) => status);

describe('an answer that never came', () => {
  it.each(['accept-then-drop-connection', '5xx-after-booking', 'garbage-answer', 'wrong-amount-answer', 'wrong-reference-answer'])(
    'is unknown, and found by asking: %s',
    async (kind) => {
      await fault(kind);
      await runAll(world);
      expect(await transfers()).toMatchObject([{ state: 'unknown', outcome: 'unknown' }]);
      expect(await story.tranche('s1')).toMatchObject({ state: 'sent' });
      await inquired('settled');
      const [transfer] = await transfers();
      expect(transfer).toMatchObject({ state: 'settled', attempts: 1, outcome: 'settled' });
      expect(await bookedOf(transfer?.reference ?? '')).toEqual(['settled']);
      expect(await story.tranche('s1')).toMatchObject({ state: 'paid', paidOn: '2020-11-25' });
    },
  );

  it.each(['drop-before-booking', '5xx-before-booking'])(
    'is sent again, the very same bytes, only when the bank does not know it: %s',
    async (kind) => {
      await fault(kind);
      await runAll(world);
      expect(await stateOfLast()).toBe('unknown');
      await inquired('settled');
      const [transfer] = await transfers();
      expect(transfer).toMatchObject({ state: 'settled', attempts: 1 });
      expect(await bookedOf(transfer?.reference ?? '')).toEqual(['settled']);
    },
  );

  it('is heard from the feed too, once, however often it is told', async () => {
    await fault('accept-then-drop-connection');
    await fault('duplicate-answer');
    await runAll(world);
    await told('settled');
    await readBankFeed(world.house, rail);
    await inquireTransfers(world.house, rail);
    const events = await world.rows<{ type: string }>(
      "SELECT type FROM case_events WHERE case_id = $1 AND type LIKE 'disbursement.%' ORDER BY seq",
      [story.id],
    );
    expect(events.map(({ type }) => type)).toEqual(['disbursement.submitted', 'disbursement.settled']);
  });
});

describe('an answer that came', () => {
  it('a refusal: nothing was paid, the tranche is due again with the reason, and paid by a new transfer', async () => {
    await fault('reject', { code: 'AC01', text: '收款账号有误' });
    await runAll(world);
    expect(await transfers()).toMatchObject([{ state: 'failed', reason: 'AC01 收款账号有误' }]);
    await correctAccount(world);
    expect(await world.rows('SELECT state FROM disbursements WHERE case_id = $1', [story.id])).toEqual([
      { state: 'failed' },
      { state: 'requested' },
    ]);
    expect(await story.tranche('s1')).toMatchObject({ state: 'requested', amountFen: '15000000' });
    expect(await story.deadline('payment:s1')).toBe('running');
    await payWhatIsDue(world);
    expect((await transfers()).map(({ state }) => state)).toEqual(['failed', 'settled']);
    expect(await story.deadline('payment:s1')).toBe('met');
    expect(await caseLedger(world, story.id)).toEqual({ '1001': '-15000000', '1201': '15000000', B2: '-15000000', B5: '15000000' });
  });

  it('pending: it is accepted, and the feed tells when it settled', async () => {
    await fault('pending-then-settle', { afterMs: 300 });
    await runAll(world);
    expect(await transfers()).toMatchObject([{ state: 'accepted' }]);
    expect(await story.tranche('s1')).toMatchObject({ state: 'sent' });
    await told('settled');
    expect(await story.tranche('s1')).toMatchObject({ state: 'paid' });
  });

  it('pending, then refused: due again', async () => {
    await fault('pending-then-reject', { afterMs: 200, code: 'AC04' });
    await runAll(world);
    await told('failed');
    expect(await story.tranche('s1')).toMatchObject({ state: 'due', amountFen: '15000000' });
    await correctAccount(world, '21001501234567890888');
    await payWhatIsDue(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'paid' });
  });

  it('a return: the money counts as not paid, and goes out again', async () => {
    await fault('return', { afterMs: 200, code: 'AC04', text: '账户已销户' });
    await runAll(world);
    expect(await stateOfLast()).toBe('settled');
    await told('returned');
    expect(await story.tranche('s1')).toMatchObject({
      state: 'due',
      amountFen: '15000000',
      reason: 'AC04 收款账户已销户（银行附言：账户已销户）',
    });
    expect(await caseLedger(world, story.id)).toEqual({});
    await correctAccount(world);
    await payWhatIsDue(world);
    expect((await transfers()).map(({ state }) => state)).toEqual(['returned', 'settled']);
    expect(await story.tranche('s1')).toMatchObject({ state: 'paid' });
  });

  it('settled and returned before anybody asked: both are heard, in their order', async () => {
    await fault('return', { afterMs: 1, code: 'MD06', text: '收款人退回' });
    await fault('accept-then-drop-connection');
    await runAll(world);
    const [unknown] = await transfers();
    expect(unknown).toMatchObject({ state: 'unknown' });
    await until('the bank to give it back', async () => (await bookedOf(unknown?.reference ?? ''))[0] === 'returned');
    await told('returned');
    const events = await world.rows<{ type: string }>(
      "SELECT type FROM case_events WHERE case_id = $1 AND type LIKE 'disbursement.%' ORDER BY seq",
      [story.id],
    );
    expect(events.map(({ type }) => type)).toEqual(['disbursement.submitted', 'disbursement.settled', 'disbursement.returned']);
    expect(await story.tranche('s1')).toMatchObject({ state: 'due' });
  });

  it('news about a transfer that is not ours opens one task, however often it is read', async () => {
    const stray = {
      endToEndId: 'T0STRAY',
      instrId: 'T0STRAYA1',
      currency: 'CNY',
      amountFen: '100',
      remittance: '?',
      executionDate: '2020-11-25',
    };
    const party = { name: '某人', accountNo: '6222020000000000099', bankNo: '102100099996' };
    expect(
      (await bank.call('POST', '/payments', { ...stray, debtor: party, creditor: { ...party, accountNo: '6222020000000000098' } })).status,
    ).toBeLessThan(300);
    await readBankFeed(world.house, rail);
    const open = () => world.rows("SELECT kind FROM tasks WHERE kind LIKE 'bank-news:feed:%'");
    const first = await open();
    expect(first).toHaveLength(1);
    await asOwner(world, 'UPDATE bank_feeds SET last_seq = 0');
    await readBankFeed(world.house, rail);
    expect(await open()).toEqual(first);
    await runAll(world);
  });
});
