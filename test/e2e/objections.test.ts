import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Policy, policies } from '@tranche/policies';
import { expectBooksToAgree } from '../support/books.js';
import { resultsFile } from '../support/class-files.js';
import { HttpCase } from '../support/http-case.js';
import { told } from '../support/http-client.js';
import { HttpLife } from '../support/http-life.js';
import { Payees } from '../support/payees.js';
import { RunningHouse } from '../support/processes.js';
import { Together } from '../support/together.js';
import { Treasury } from '../support/treasury.js';
import { paidLife } from '../support/which-lives.js';

jest.setTimeout(60_000);

let house: RunningHouse;
beforeAll(async () => {
  house = await RunningHouse.start();
});
afterEach(() => expectBooksToAgree(house));
afterAll(() => house?.close());

type Notice = { id: string; caseId: string; noticeNo: number; publicNo: string; postedOn: string; endsOn: string; state: string };

/** What anybody can read, without signing in. */
async function noticesOf(story: HttpCase): Promise<Notice[]> {
  const { body } = await house.client.ask<{ items: Notice[] }>('GET', 'public/notices');
  return body.items.filter(({ caseId }) => caseId === story.id);
}

async function objectTo(notice: Notice | undefined, ground: string): Promise<string> {
  const { status, body } = await house.client.ask<{ id: string; receiptNo: string }>('POST', `public/notices/${notice?.id}/objections`, {
    body: { ground },
  });
  expect([status, body.receiptNo]).toEqual([201, expect.any(String)]);
  return body.id;
}

/** Both advances paid, accepted, and its notice posted today. */
async function published(): Promise<{ story: HttpCase; notice: Notice }> {
  const story = await (await (await HttpCase.open(house)).advanced()).accepted();
  await story.hear('officer', 'notice.posted');
  const [notice] = await noticesOf(story);
  if (notice === undefined) throw new Error('the notice is not public');
  return { story, notice };
}

const dayAfter = async (day: string): Promise<void> =>
  house.moveTo(new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000).toISOString());

describe('an objection from the public, without signing in', () => {
  it('blocks the remainder after the notice; not upheld later, the legal clock runs from the day of the decision', async () => {
    const { story, notice } = await published();
    const objection = await objectTo(notice, '名单中有人未到课');
    // nobody of the office is put down as having said it
    expect((await story.history()).find(({ type }) => type === 'objection.raised')).toMatchObject({ role: 'public' });
    await dayAfter(notice.endsOn);
    expect(await story.view()).toMatchObject({ state: 'objected' });
    expect(await story.tranche('s3')).toMatchObject({ state: 'locked' });
    expect((await story.disbursements()).map(({ payment }) => payment).sort()).toEqual(['s1', 's2']);
    const late = await house.client.ask('POST', `public/notices/${notice.id}/objections`, { body: { ground: '过期' } });
    expect(told(late)).toEqual([409, 'notice-closed']);

    await house.goTo(await house.workingDay(notice.endsOn, 2));
    const decidedOn = await house.today();
    await story.hear('reviewer', 'objection.rejected', { objection, decision: '经核查考勤属实' });
    expect(await story.deadline('payment:s3')).toMatchObject({
      from: decidedOn,
      lastDay: await house.workingDay(decidedOn, 5),
      status: 'running',
    });
    expect(await story.pay('s3')).toMatchObject({ amountFen: '7500000', paidOn: decidedOn });
    expect(await story.view()).toMatchObject({ standing: 'closed' });
  });

  it('upheld for a new assessment: the notice is gone, another is posted, and what it says is paid', async () => {
    const { story, notice } = await published();
    const objection = await objectTo(notice, '五人未合格');
    await story.hear('reviewer', 'objection.upheld', { objection, decision: '五人成绩无效', consequence: 'recompute' });
    expect(await noticesOf(story)).toEqual([]);
    await story.upload('inspector', 'results', resultsFile(story.people, 95));
    await story.hear('officer', 'notice.posted');
    const [second] = await noticesOf(story);
    expect(second).toMatchObject({ noticeNo: 2, state: 'posted', postedOn: await house.today() });
    expect(second?.publicNo).not.toBe(notice.publicNo);
    await dayAfter(second?.endsOn ?? '');
    expect(await story.pay('s3')).toMatchObject({ amountFen: '6000000' });
    expect(await story.view()).toMatchObject({ standing: 'closed', entitledFen: '28500000', paidFen: '28500000' });
  });

  it('upheld as a failure: nothing more is paid and everything paid is demanded back', async () => {
    const { story, notice } = await published();
    const objection = await objectTo(notice, '冒名顶替');
    await story.hear('reviewer', 'objection.upheld', { objection, decision: '验收结果不实', consequence: 'failed' });
    expect(await story.recoveries()).toMatchObject([{ demandedFen: '22500000', state: 'due' }]);
    expect(await story.tranche('s3')).toMatchObject({ state: 'cancelled' });
    expect(await noticesOf(story)).toEqual([]);
  });
});

describe('a city that publishes before it pays', () => {
  const policy = policies().find(({ id }) => id === 'sme-class-hour-training-subsidy') as Policy;
  const asked = (key: string, value: unknown) => ({
    policyId: policy.id,
    key,
    value,
    scope: 'CN-2102',
    effectiveFrom: '2020-11-24',
    cite: { doc: '示例公告', clause: '第一条', basis: 'external' },
    reason: '拨付前公示',
  });
  const propose = (key: string, value: unknown) =>
    house.client.ask<{ id: string; errors: object[] }>('POST', 'parameters', { as: 'supervisor', body: asked(key, value) });
  const set = async (key: string, value: unknown): Promise<void> => {
    const { id } = await house.client.post<{ id: string }>('supervisor', 'parameters', asked(key, value));
    await house.client.post('approver', `parameters/${id}/approve`);
  };

  it('says first that the five-day clock stands still; the case then waits for the notice, and is paid in the days that are left', async () => {
    const refused = await propose('noticeMode', 'before');
    expect([...told(refused), refused.body.detail]).toEqual([422, 'data-invalid', expect.stringContaining('clockPausesDuringNotice')]);
    await set('clockPausesDuringNotice', true);
    await set('noticeMode', 'before');
    const unset = await propose('clockPausesDuringNotice', false);
    expect(told(unset)).toEqual([422, 'data-invalid']);

    const together = new Together(house);
    const stage = { house, together, payees: new Payees(house), treasury: new Treasury(house) };
    const [life] = await together.all([
      async () => {
        const received = await house.today();
        const story = await HttpLife.open(stage, { ...paidLife(policy)!, day: received }, '先公示企业');
        await story.intake();
        const key = 'payment:subsidy';
        const clock = async () => (await story.view()).deadlines.filter((each) => each.key === key).at(-1);
        expect(await clock()).toMatchObject({ status: 'running', from: received, lastDay: await house.workingDay(received, 5) });

        const postedOn = await house.workingDay(received, 2);
        await together.until(postedOn);
        await story.say('notice.posted');
        expect(await clock()).toMatchObject({ status: 'cancelled', endedOn: postedOn });
        const why = () => house.client.get<{ notice: object }>('auditor', `cases/${story.id}/explanation`);
        expect((await why()).notice).toMatchObject({ mode: 'before', clockPausesDuringNotice: true, stillSince: postedOn });
        const early = await house.client.get<{ items: object[] }>('maker', `disbursements?caseId=${story.id}`);
        expect(early.items).toEqual([]);

        const over = await house.workingDay(postedOn, 5);
        await together.until(await house.workingDay(over, 1));
        expect(await clock()).toMatchObject({
          status: 'running',
          from: received,
          lastDay: await house.workingDay(over, 4),
          paused: [{ from: postedOn, until: over }],
        });
        expect((await why()).notice).toMatchObject({ stillSince: null, paused: [{ from: postedOn, until: over }] });
        const closed = await story.finish();
        expect((await clock())?.status).toBe('met');
        return closed;
      },
    ]);
    if (life?.status !== 'fulfilled') throw life?.reason;
    expect(life.value).toMatchObject({ standing: 'closed' });
  });
});
