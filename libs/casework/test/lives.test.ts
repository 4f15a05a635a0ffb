import { afterEach, describe, expect, it } from '@jest/globals';
import { addDays } from '@tranche/calendar';
import { unparkFunded, verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { caseLedger, ledgerFaults, trialBalance } from '../../../test/support/ledger.js';
import { CaseStory, payWhatIsDue, runAll } from '../../../test/support/story.js';
import { setHouse } from '../../../test/support/world.js';

const { world } = useBankWorld();
afterEach(async () => {
  expect(await ledgerFaults(world)).toEqual([]);
  // nothing is left reserved, in payment or in transit once every story is told
  expect(await trialBalance(world)).toMatchObject({ B3: 0n, B4: 0n, '1002': 0n, '1201': 0n, '1202': 0n });
});

const inTraining = () => CaseStory.inTraining(world);
const sound = async (story: CaseStory) => expect(await verifyCase(world.house, systemActor('test'), story.id)).toMatchObject({ ok: true });

describe('a class that is accepted', () => {
  it('is paid 50 % after the start, 25 % at half, the rest after the notice, each within its legal limit', async () => {
    const story = await inTraining();
    await payWhatIsDue(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'paid', amountFen: '15000000', paidOn: '2020-11-25' });
    expect(await story.deadline('payment:s1')).toBe('met');

    await world.goTo('2020-12-07');
    await story.halfway();
    await payWhatIsDue(world);
    expect(await story.tranche('s2')).toMatchObject({ state: 'paid', amountFen: '7500000', paidOn: '2020-12-07' });

    await world.goTo('2020-12-21');
    await story.ended();
    await story.accepted(100);
    await story.hear('officer', 'notice.posted');
    expect((await story.deadlines()).at(-1)).toEqual({ key: 'notice:1', status: 'running', lastDay: '2020-12-28', provisional: false });
    await world.goTo('2020-12-29');
    expect(await story.tranche('s3')).toMatchObject({ state: 'due', amountFen: '7500000' });
    await payWhatIsDue(world);

    const view = await story.view();
    expect(view).toMatchObject({ standing: 'closed', paidFen: '30000000', entitledFen: '30000000', payableFen: '0' });
    expect((await story.deadlines()).map(({ key, status }) => [key, status])).toEqual([
      ['payment:s1', 'met'],
      ['payment:s2', 'met'],
      ['notice:1', 'met'],
      ['payment:s3', 'met'],
    ]);
    expect(
      await world.rows('SELECT posted_on::text, ends_on::text, state, working_days FROM notices WHERE case_id = $1', [story.id]),
    ).toEqual([{ posted_on: '2020-12-21', ends_on: '2020-12-28', state: 'clear', working_days: 5 }]);
    // paid from the bank account, spent in full, nothing reserved and nothing advanced any more
    expect(await caseLedger(world, story.id)).toEqual({ '1001': '-30000000', '5001': '30000000', B2: '-30000000', B5: '30000000' });
    expect(await world.rows("SELECT kind FROM tasks WHERE case_id = $1 AND state IN ('open', 'claimed')", [story.id])).toEqual([]);
    await sound(story);
  });

  it('with fewer qualified than estimated gets the difference only', async () => {
    const story = await inTraining();
    await payWhatIsDue(world);
    await story.halfway();
    await payWhatIsDue(world);
    await story.ended();
    await story.accepted(90);
    await story.hear('officer', 'notice.posted');
    await world.goTo('2021-01-07');
    await payWhatIsDue(world);
    expect(await story.tranche('s3')).toMatchObject({ state: 'paid', amountFen: '4500000' });
    expect(await caseLedger(world, story.id)).toEqual({ '1001': '-27000000', '5001': '27000000', B2: '-27000000', B5: '27000000' });
    await sound(story);
  });
});

describe('a class that fails', () => {
  it('pays back exactly what was paid, in parts, and the budget is free again', async () => {
    const before = await trialBalance(world);
    const story = await inTraining();
    await payWhatIsDue(world);
    await story.halfway();
    await payWhatIsDue(world);
    await story.ended();
    await story.hear('inspector', 'acceptance.failed', { reason: '第一次验收不合格' });
    expect((await story.view()).standing).toBe('active');
    await story.hear('inspector', 'acceptance.failed', { reason: '复验仍不合格' });

    expect((await story.view()).recovery).toMatchObject({ no: 1, state: 'due', outstandingFen: '22500000' });
    expect(await world.rows('SELECT demanded_fen::text, state FROM recoveries WHERE case_id = $1', [story.id])).toEqual([
      { demanded_fen: '22500000', state: 'due' },
    ]);
    expect(await story.tell('cashier', 'recovery.received', { amountFen: '22500001', reference: '多退' })).toMatchObject({
      ok: false,
      code: 'event-not-allowed',
    });
    await story.hear('cashier', 'recovery.received', { amountFen: '20000000', reference: 'HK-1' });
    expect((await story.view()).recovery).toMatchObject({ outstandingFen: '2500000' });
    await story.hear('cashier', 'recovery.received', { amountFen: '2500000', reference: 'HK-2' });

    expect(await story.view()).toMatchObject({ standing: 'closed', recoveredFen: '22500000', paidFen: '22500000', entitledFen: '0' });
    expect(
      await world.rows('SELECT amount_fen::text, reference FROM recovery_receipts WHERE case_id = $1 ORDER BY recorded_at', [story.id]),
    ).toEqual([
      { amount_fen: '20000000', reference: 'HK-1' },
      { amount_fen: '2500000', reference: 'HK-2' },
    ]);
    expect(await caseLedger(world, story.id)).toEqual({});
    expect(await trialBalance(world)).toEqual(before);
    await sound(story);
  });

  it('that does not repay in time is overdue, and a payment of the last day still counts', async () => {
    const story = await inTraining();
    await payWhatIsDue(world);
    await story.hear('inspector', 'delivery.aborted', { reason: '停办' });
    expect(await story.deadlines()).not.toContainEqual(expect.objectContaining({ key: 'recovery:repay:1' }));
    await story.hear('maker', 'recovery.demanded', { amountFen: '15000000' });
    expect(await story.deadline('recovery:demand:1')).toBe('met');
    const limit = (await story.deadlines()).find(({ key }) => key === 'recovery:repay:1')?.lastDay ?? '';
    await world.goTo(nextDay(limit));
    expect((await story.view()).recovery).toMatchObject({ state: 'overdue' });
    expect(await story.deadline('recovery:repay:1')).toBe('suspected');
    await story.hear('cashier', 'recovery.received', { amountFen: '15000000', reference: 'HK' }, { on: limit });
    expect(await story.deadline('recovery:repay:1')).toBe('cleared');
    expect((await story.view()).standing).toBe('closed');
    expect(await world.rows('SELECT state FROM recoveries WHERE case_id = $1', [story.id])).toEqual([{ state: 'closed' }]);
    await sound(story);
  });

  it('repays in instalments that two people agreed on; the first one missed makes it overdue, and it is escalated', async () => {
    const story = await inTraining();
    await payWhatIsDue(world);
    await story.hear('inspector', 'delivery.aborted', { reason: '停办' });
    await story.hear('officer', 'recovery.demanded', { amountFen: '15000000' });
    const today = (await story.view()).marks['received'] ?? '';
    const [first, second] = [addDays(today, 60), addDays(today, 90)];
    const instalments = [
      { dueOn: first, amountFen: '10000000' },
      { dueOn: second, amountFen: '5000000' },
    ];
    const correction = { type: 'recovery.instalmentsAgreed', data: { instalments } };
    await story.hear('officer', 'correction.proposed', { correction, reason: '经营困难', cite: '分期退还申请' });
    const [{ seq = 0 } = {}] = await world.rows<{ seq: number }>(
      "SELECT seq FROM case_events WHERE case_id = $1 AND type = 'correction.proposed'",
      [story.id],
    );
    await story.hear('supervisor', 'recovery.instalmentsAgreed', { proposal: seq, instalments });
    expect(await story.deadline('recovery:repay:1')).toBe('cancelled');
    expect(await world.rows('SELECT state, instalments FROM recoveries WHERE case_id = $1', [story.id])).toEqual([
      { state: 'instalments', instalments },
    ]);
    await story.hear('cashier', 'recovery.received', { amountFen: '10000000', reference: 'HK-1' });
    expect(await story.deadline('recovery:repay:1:1')).toBe('met');
    const limit = (await story.deadlines()).find(({ key }) => key === 'recovery:repay:1:2')?.lastDay ?? '';
    expect(limit >= second).toBe(true);
    await world.goTo(nextDay(limit));
    expect((await story.view()).recovery).toMatchObject({ state: 'overdue', outstandingFen: '5000000' });
    await story.hear('supervisor', 'recovery.escalated', { reason: '移交法院' });
    expect(await world.rows('SELECT state FROM recoveries WHERE case_id = $1', [story.id])).toEqual([{ state: 'escalated' }]);
    await story.hear('cashier', 'recovery.received', { amountFen: '5000000', reference: 'HK-2' });
    expect((await story.view()).standing).toBe('closed');
    await sound(story);
  });

  it('and whose debt is written off by four eyes closes with the loss in the books', async () => {
    const story = await inTraining();
    await payWhatIsDue(world);
    await story.hear('inspector', 'delivery.aborted', { reason: '停办' });
    const correction = { type: 'recovery.writtenOff', data: { amountFen: '15000000' } };
    await story.hear('approver', 'correction.proposed', { correction, reason: '机构注销', cite: '财政部门批复' });
    const [{ seq = 0 } = {}] = await world.rows<{ seq: number }>(
      "SELECT seq FROM case_events WHERE case_id = $1 AND type = 'correction.proposed'",
      [story.id],
    );
    expect(await story.tell('approver', 'recovery.writtenOff', { proposal: seq, amountFen: '15000000' })).toMatchObject({
      ok: false,
      code: 'role-not-allowed',
    });
    expect(await story.tell('supervisor', 'recovery.writtenOff', { proposal: seq, amountFen: '14999999' })).toMatchObject({ ok: false });
    await story.hear('supervisor', 'recovery.writtenOff', { proposal: seq, amountFen: '15000000' });
    expect(await story.view()).toMatchObject({ standing: 'closed', writtenOffFen: '15000000' });
    expect(await caseLedger(world, story.id)).toEqual({ '1001': '-15000000', '5009': '15000000', B2: '-15000000', B5: '15000000' });
    await sound(story);
  });
});

describe('who owes overdue money', () => {
  it('is advanced nothing in any case until it is repaid, or the office decides otherwise', async () => {
    const owing = await CaseStory.inTraining(world);
    await payWhatIsDue(world);
    await owing.hear('inspector', 'delivery.aborted', { reason: '停办' });
    await owing.hear('maker', 'recovery.demanded', { amountFen: '15000000' });
    const limit = (await owing.deadlines()).find(({ key }) => key === 'recovery:repay:1')?.lastDay ?? '';
    await world.goTo(addDays(limit, 1));
    const story = await CaseStory.inTraining(world);
    await runAll(world);
    const waiting = () => world.rows("SELECT state, reason FROM outbox WHERE case_id = $1 AND kind = 'payment.request'", [story.id]);
    expect(await waiting()).toEqual([{ state: 'parked', reason: 'recovery-overdue' }]);
    expect(await unparkFunded(world.house)).toBe(0);
    await setHouse(world, 'recovery.stops-advances', false);
    expect(await unparkFunded(world.house)).toBe(1);
    await setHouse(world, 'recovery.stops-advances', true);
    await runAll(world);
    expect(await waiting()).toEqual([{ state: 'parked', reason: 'recovery-overdue' }]);
    await owing.hear('cashier', 'recovery.received', { amountFen: '15000000', reference: 'HK' });
    expect(await unparkFunded(world.house)).toBe(1);
    await runAll(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'requested' });
    await story.hear('inspector', 'delivery.aborted', { reason: '停办' });
    expect((await story.view()).standing).toBe('closed');
  });
});

const nextDay = (day: string): string => addDays(day, 1);
