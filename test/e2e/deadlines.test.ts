import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { HttpCase, signed } from '../support/http-case.js';
import { told, waitFor } from '../support/http-client.js';
import { RunningHouse } from '../support/processes.js';
import { forkWorker } from '../support/worker.js';

jest.setTimeout(60_000);

let house: RunningHouse;
beforeAll(async () => {
  house = await RunningHouse.start();
});
afterAll(() => house?.close());

const statuses = ({ trace }: { trace: Record<string, unknown>[] }) => trace.map(({ status }) => status);
const instant = (ms: number): string => new Date(ms).toISOString();

describe('the legal limit of a payment', () => {
  it('is announced two working days before, suspected as broken at midnight, and never stops the payment, whose late date confirms it', async () => {
    const story = await (await HttpCase.open(house)).started();
    const { dueAt, lastDay, from } = await story.deadline('payment:s1');
    expect([from, lastDay, dueAt]).toEqual(['2020-11-25', '2020-12-09', '2020-12-10T00:00:00+08:00']);
    const warnings = () =>
      house.rows("SELECT text->>'key' AS key FROM notifications WHERE case_id = $1 AND kind = 'deadline.near'", [story.id]);
    await house.moveTo('2020-12-06T23:59:00+08:00');
    expect(await warnings()).toEqual([]);
    await house.goTo('2020-12-07');
    expect(await waitFor('the warning', async () => ((await warnings()).length > 0 ? warnings() : null))).toEqual([{ key: 'payment:s1' }]);
    expect((await story.deadline('payment:s1')).status).toBe('running');
    await house.moveTo(dueAt ?? '');
    expect((await story.deadline('payment:s1')).status).toBe('suspected');
    expect(await story.pay('s1')).toMatchObject({ paidOn: '2020-12-10' });
    const late = await story.deadline('payment:s1');
    expect(late.status).toBe('confirmed');
    expect(statuses(late)).toEqual(['suspected', 'confirmed']);
  });

  it('suspected as broken is cleared by the bank’s own date, when the worker that sent the payment died and its answer is found after midnight', async () => {
    const story = await (await HttpCase.open(house)).started();
    const { lastDay } = await story.deadline('payment:s1');
    const line = await story.waiting('s1');
    // the bank pays on the last day; nobody of ours hears of it before the next
    await house.moveTo(`${lastDay}T22:00:00+08:00`);
    await house.stopWorkers();
    await signed(house, [line]);
    const doomed = await forkWorker(house, { bankUrl: house.bank.address, env: { TRANCHE_CHECKPOINT: 'after-send-before-record' } });
    expect(await doomed.gone).toEqual({ code: null, signal: 'SIGKILL' });
    await house.moveTo(instant(Date.parse(`${lastDay}T00:00:00+08:00`) + 30 * 3_600_000));
    expect((await story.deadline('payment:s1')).status).toBe('suspected');
    await house.startWorkers();
    expect(await story.paid('s1')).toMatchObject({ paidOn: lastDay });
    const cleared = await story.deadline('payment:s1');
    expect(cleared.status).toBe('cleared');
    expect(statuses(cleared)).toEqual(['suspected', 'cleared']);
  });
});

describe('a limit that ends in a year whose calendar is not published', () => {
  it('is provisional and never broken; a year proposed by one and approved by another gives it its day', async () => {
    await house.goTo('2026-12-28');
    const story = await (await HttpCase.open(house)).started();
    expect(await story.deadline('payment:s1')).toMatchObject({ provisional: true, lastDay: null, dueAt: null, status: 'running' });
    await house.goTo('2027-03-01');
    expect((await story.deadline('payment:s1')).status).toBe('running');
    const cite = { doc: '国务院办公厅关于2027年部分节假日安排的通知（示例）', clause: '一', basis: 'external' };
    const year = { year: 2027, publishedOn: null, off: ['2027-01-01'], work: [], cite, reason: '公布2027年安排' };
    const refused = await house.client.ask('POST', 'calendar/proposals', { as: 'officer', body: year });
    expect(told(refused)).toEqual([403, 'role-not-allowed']);
    const { id, touched } = await house.client.post('supervisor', 'calendar/proposals', year);
    expect(touched).toMatchObject({ count: 1, deadlines: [{ before: null, after: '2027-01-12' }] });
    const { sha256: touchedSha256 } = touched as { sha256: string };
    await house.client.post('approver', `calendar/proposals/${id}/approve`, { touchedSha256 });
    const final = await waitFor('the limit has its day', async () => {
      const deadline = await story.deadline('payment:s1');
      return !deadline.provisional && deadline.status === 'suspected' && deadline;
    });
    expect(final).toMatchObject({ lastDay: '2027-01-12', dueAt: '2027-01-13T00:00:00+08:00' });
  });
});
