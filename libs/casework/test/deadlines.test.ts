import { describe, expect, it } from '@jest/globals';
import { addDays } from '@tranche/calendar';
import {
  approveCalendarYear,
  calendarChange,
  checkPacket,
  fireDueDeadlines,
  moveSandboxClock,
  prepareFiles,
  proposeCalendarYear,
  readBankFeed,
  readPacket,
  recomputeDeadlines,
  sha256Of,
  verifyCase,
  warnOfDeadlines,
} from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { v7 } from 'uuid';
import { statementFile } from '../../../test/support/bank-files.js';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { CaseStory, handOver, payWhatIsDue, runAll, signBatch } from '../../../test/support/story.js';
import { asOwner, setHouse } from '../../../test/support/world.js';
import { imported } from './receipts/bank-day.js';

const { bank, world } = useBankWorld();

const inTraining = () => CaseStory.inTraining(world);
const dayAfter = (day: string, days = 1): string => addDays(day, days);
const traceOf = async (story: CaseStory, key: string): Promise<string[]> => {
  const [row] = await world.rows<{ trace: { status: string }[] }>(
    'SELECT trace FROM deadlines WHERE case_id = $1 AND key = $2 ORDER BY set_seq DESC',
    [story.id, key],
  );
  return (row?.trace ?? []).map(({ status }) => status);
};

describe('a statutory deadline', () => {
  it('ends with the tenth working day: not a moment before midnight, at once after it', async () => {
    const story = await inTraining();
    const [deadline] = await story.deadlines();
    expect(deadline).toEqual({ key: 'payment:s1', status: 'running', lastDay: '2020-12-09', provisional: false });
    await world.moveTo('2020-12-09T23:58:00+08:00');
    expect(await story.deadline('payment:s1')).toBe('running');
    await world.moveTo('2020-12-10T00:00:00+08:00');
    expect(await story.deadline('payment:s1')).toBe('suspected');

    // a passed limit never blocks paying; money that arrived after it confirms the breach
    await payWhatIsDue(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'paid', paidOn: '2020-12-10' });
    expect(await story.deadline('payment:s1')).toBe('confirmed');
    expect(await traceOf(story, 'payment:s1')).toEqual(['suspected', 'confirmed']);
    expect(await verifyCase(world.house, systemActor('test'), story.id)).toMatchObject({ ok: true });
  });

  it('suspected as broken is cleared by evidence dated in time', async () => {
    const story = await inTraining();
    const lastDay = (await story.deadlines())[0]?.lastDay ?? '';
    await bank.call('POST', '/faults', { kind: 'accept-then-drop-connection' });
    await payWhatIsDue(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'sent' });
    await world.goTo(dayAfter(lastDay));
    expect(await story.deadline('payment:s1')).toBe('suspected');
    if (world.house.bank) await readBankFeed(world.house, world.house.bank);
    expect(await story.deadline('payment:s1')).toBe('cleared');
    expect(await traceOf(story, 'payment:s1')).toEqual(['suspected', 'cleared']);
  });

  it('is told once, however many tell it at once', async () => {
    const stories = await Promise.all(Array.from({ length: 5 }, inTraining));
    const lastDay = (await stories[0]?.deadlines())?.[0]?.lastDay ?? '';
    const offset = Date.parse(`${lastDay}T00:00:00+08:00`) + 25 * 3_600_000 - Date.now();
    await asOwner(world, 'UPDATE sandbox_clock SET offset_ms = greatest(offset_ms, $1)', [offset]);
    await Promise.all(Array.from({ length: 6 }, () => fireDueDeadlines(world.house)));
    for (const story of stories) {
      const told = await world.rows("SELECT seq FROM case_events WHERE case_id = $1 AND type = 'deadline.passed'", [story.id]);
      expect(told).toHaveLength(1);
      const escalated = await world.rows(
        "SELECT audience_role AS role FROM notifications WHERE case_id = $1 AND kind = 'deadline.passed'",
        [story.id],
      );
      expect(escalated).toEqual([{ role: 'supervisor' }]);
      expect(await story.deadline('payment:s1')).toBe('suspected');
    }
    expect(await fireDueDeadlines(world.house)).toBe(0);
  });

  it('is announced two working days before, once', async () => {
    const story = await inTraining();
    const [{ warn = '' } = {}] = await world.rows<{ warn: string }>('SELECT warn_on AS warn FROM deadlines WHERE case_id = $1', [story.id]);
    const warnings = () =>
      world.rows("SELECT text->>'key' AS key FROM notifications WHERE case_id = $1 AND kind = 'deadline.near'", [story.id]);
    await world.moveTo(`${dayAfter(warn, -1)}T23:58:00+08:00`);
    expect(await warnings()).toEqual([]);
    await world.moveTo(`${warn}T00:00:00+08:00`);
    expect(await warnings()).toEqual([{ key: 'payment:s1' }]);
    await Promise.all([warnOfDeadlines(world.house), warnOfDeadlines(world.house)]);
    expect(await warnings()).toHaveLength(1);
  });
});

describe('a place that counts the day on which the bank was given a payment', () => {
  it('keeps to it for cases opened from then on: by the request, by the hand-over of a file, never by the writing of one', async () => {
    await world.goTo('2021-02-22');
    const promised = await inTraining();
    await setHouse(world, 'deadlineMetBy', 'sent', await world.today(), { shared: 'paymentDay' });
    const [sent, inFile, late] = [await inTraining(), await inTraining(), await inTraining()];
    const all = [promised, sent, inFile, late];
    const lastDay = (await sent.deadlines())[0]?.lastDay ?? '';
    await world.goTo(lastDay);
    await runAll(world);
    const owed = await world.rows<{ id: string; caseId: string }>(
      `SELECT id, case_id AS "caseId" FROM disbursements WHERE state = 'requested' AND case_id = ANY($1::uuid[])`,
      [all.map(({ id }) => id)],
    );
    const of = (...stories: CaseStory[]) => owed.filter(({ caseId }) => stories.some(({ id }) => id === caseId)).map(({ id }) => id);
    const [first, second] = [await signBatch(world, 'file', of(inFile)), await signBatch(world, 'file', of(late))];
    await handOver(world, first.batchId);
    await prepareFiles(world.house, world.by('cashier'), { batchId: second.batchId });
    await bank.call('POST', '/faults', { kind: 'pending-then-settle', afterMs: 20 * 3_600_000, times: 2 });
    await signBatch(world, 'http', of(promised, sent));
    await runAll(world);
    const next = dayAfter(lastDay);
    await world.goTo(next);
    expect(await Promise.all(all.map((story) => story.deadline('payment:s1')))).toEqual(all.map(() => 'suspected'));

    await handOver(world, second.batchId);
    const lines = await world.rows<{ reference: string; fen: string; account: string }>(
      `SELECT t.end_to_end_id AS reference, t.amount_fen::text AS fen, f.debtor_account_no AS account FROM transfers t
       JOIN batches b ON b.id = t.batch_id JOIN funds f ON f.id = b.fund_id WHERE b.id = ANY($1::uuid[]) ORDER BY t.id`,
      [[first.batchId, second.batchId]],
    );
    const entries = lines.map(({ reference, fen }, at) => ({ fen: BigInt(fen), reference, bankRef: `B${at}` }));
    await imported(world, statementFile(entries, { account: lines[0]?.account ?? '', on: next }));
    if (world.house.bank) await readBankFeed(world.house, world.house.bank);
    expect(await Promise.all(all.map(async (story) => (await story.tranche('s1')).paidOn))).toEqual(all.map(() => next));
    expect(await Promise.all(all.map((story) => story.deadline('payment:s1')))).toEqual(['confirmed', 'cleared', 'cleared', 'confirmed']);
    for (const { id } of all) {
      expect(await verifyCase(world.house, systemActor('test'), id)).toMatchObject({ ok: true });
      const packet = await readPacket(world.house, world.by('auditor'), { caseId: id, payment: null, signedLines: false });
      expect(packet && checkPacket(world.house.policies, packet).findings).toEqual([]);
    }
  });
});

describe('the sandbox clock', () => {
  it('only moves forward', async () => {
    const today = await world.today();
    expect(await moveSandboxClock(world.house, Date.parse(`${today}T00:00:00+08:00`) - 86_400_000)).toBe(false);
    expect(await world.today()).toBe(today);
  });

  it('stops at every deadline on the way, so that what it sets off is dated on its own day', async () => {
    const story = await inTraining();
    await payWhatIsDue(world);
    await story.ended();
    await story.accepted(100);
    await story.hear('officer', 'notice.posted');
    const end = (await story.deadlines()).find(({ key }) => key === 'notice:1')?.lastDay ?? '';
    await world.goTo(dayAfter(end, 20));
    const remainder = (await story.deadlines()).find(({ key }) => key === 'payment:s3');
    const [{ from = '' } = {}] = await world.rows<{ from: string }>(
      "SELECT from_date AS from FROM deadlines WHERE case_id = $1 AND key = 'payment:s3'",
      [story.id],
    );
    expect(from).toBe(end);
    expect(remainder?.status).toBe('suspected');
  });
});

describe('a year whose calendar is not published', () => {
  it('gives a provisional deadline that never counts as broken, until the calendar is there', async () => {
    await asOwner(world, 'UPDATE sandbox_clock SET offset_ms = $1', [Date.parse('2026-12-28T09:00:00+08:00') - Date.now()]);
    const story = await inTraining();
    expect(await story.deadlines()).toEqual([{ key: 'payment:s1', status: 'running', lastDay: null, provisional: true }]);
    await world.goTo('2027-03-01');
    expect(await story.deadline('payment:s1')).toBe('running');

    const cite = { doc: '国务院办公厅关于2027年部分节假日安排的通知（示例）', clause: '一', basis: 'external' } as const;
    const year = { year: 2027, publishedOn: null, off: ['2027-01-01'], work: [], cite, reason: '公布2027年安排' };
    const request = (role: 'supervisor' | 'approver') => ({ actor: world.by(role), key: v7(), requestSha256: sha256Of(year) });
    const proposed = await proposeCalendarYear(world.house, request('supervisor'), year);
    if (!proposed.ok) throw new Error(proposed.detail.en);
    const { id, touched } = proposed.answer;
    expect(touched).toMatchObject({ newYear: true, count: 1, deadlines: [{ caseId: story.id, before: null, after: '2027-01-12' }] });
    expect(await approveCalendarYear(world.house, request('supervisor'), id, touched.sha256)).toMatchObject({ code: 'four-eyes-required' });
    expect(await recomputeDeadlines(world.house)).toBe(0);
    // another limit moves meanwhile: it is to be looked at again
    const other = await inTraining();
    expect(await approveCalendarYear(world.house, request('approver'), id, touched.sha256)).toMatchObject({ code: 'preview-required' });
    const { sha256, count, deadlines } = await world.database.transaction(systemActor('test'), (tx) => calendarChange(tx, year, 1));
    expect([count, deadlines.map(({ caseId }) => caseId).sort()]).toEqual([2, [story.id, other.id].sort()]);
    expect(await approveCalendarYear(world.house, request('approver'), id, sha256)).toMatchObject({ ok: true, answer: { touched: 2 } });
    expect(await recomputeDeadlines(world.house)).toBe(2);
    expect(await story.deadlines()).toEqual([{ key: 'payment:s1', status: 'running', lastDay: '2027-01-12', provisional: false }]);
    expect(await recomputeDeadlines(world.house)).toBe(0);
    await fireDueDeadlines(world.house);
    expect(await story.deadline('payment:s1')).toBe('suspected');
  });
});
