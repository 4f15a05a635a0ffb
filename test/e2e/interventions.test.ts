import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { bankBook, expectBooksToAgree, trialBalance } from '../support/books.js';
import { type BatchView, HttpCase, signed } from '../support/http-case.js';
import { told, waitFor } from '../support/http-client.js';
import { RunningHouse } from '../support/processes.js';

jest.setTimeout(60_000);

let house: RunningHouse;
beforeAll(async () => {
  house = await RunningHouse.start();
});
afterEach(() => expectBooksToAgree(house));
afterAll(() => house?.close());

const batchOf = (id: string): Promise<BatchView> => house.client.get<BatchView>('auditor', `batches/${id}`);

describe('a case held between the signature and the sending', () => {
  it('drops out of the batch, which shows it; the other line is paid, and release pays it later', async () => {
    const held = await (await HttpCase.open(house)).started();
    const other = await (await HttpCase.open(house)).started();
    const lines = [await held.waiting('s1'), await other.waiting('s1')];
    await house.stopWorkers();
    const { batchId, totalFen } = await signed(house, lines);
    expect(totalFen).toBe('30000000');
    await held.hear('supervisor', 'case.held', { reason: '举报核查' });
    await house.startWorkers();

    await other.paid('s1');
    await waitFor('the batch is done', async () => (await batchOf(batchId)).state === 'done');
    const { caseNo } = await held.view();
    const dropped = (await batchOf(batchId)).lines.find((line) => line.caseNo === caseNo);
    expect(dropped).toMatchObject({ state: 'cancelled', amountFen: '15000000' });
    expect((await bankBook(house)).filter(({ endToEndId }) => endToEndId === dropped?.endToEndId)).toEqual([]);
    expect(await held.view()).toMatchObject({ standing: 'held', paidFen: '0' });
    expect(await trialBalance(house)).toMatchObject({ B3: 15_000_000n, B4: 0n });

    await held.hear('supervisor', 'case.released', { reason: '查无问题' });
    expect(await held.pay('s1')).toMatchObject({ amountFen: '15000000' });
    expect(await trialBalance(house)).toMatchObject({ B3: 0n, B4: 0n });
  });
});

describe('a decision that was wrong', () => {
  it('is rescinded by a second person only; rejected then, what was paid is demanded back', async () => {
    const story = await (await HttpCase.open(house)).started();
    await story.pay('s1');
    const correction = { type: 'decision.rescinded', data: { decision: 'approval' } };
    await story.hear('approver', 'correction.proposed', { correction, reason: '申报材料不实', cite: '行政许可法第六十九条' });
    const proposal = (await story.view()).proposals[0]?.proposal ?? 0;
    const carryOut = (as: string) => story.tell(as, 'decision.rescinded', { proposal, decision: 'approval' });
    expect(told(await carryOut('approver'))).toEqual([409, 'event-not-allowed']);
    expect((await story.view()).state).toBe('started');
    expect((await carryOut('supervisor')).status).toBe(200);
    expect(await story.view()).toMatchObject({ state: 'reviewed', proposals: [], recovery: null });
    await story.hear('approver', 'application.rejected', { reason: '材料不实，不予补贴' });
    expect(await story.recoveries()).toMatchObject([{ demandedFen: '15000000', state: 'due' }]);
    const [recovery] = await story.recoveries();
    await house.client.post('cashier', `recoveries/${recovery?.id}/receipts`, { amountFen: '15000000', reference: '全额退回' });
    expect(await story.view()).toMatchObject({ standing: 'closed', recoveredFen: '15000000' });
  });

  it('of the acceptance reopens a case that was paid in full: assessed lower, only the difference comes back', async () => {
    const story = await (await (await HttpCase.open(house)).advanced()).accepted();
    await story.hear('officer', 'notice.posted');
    await house.moveTo((await story.deadline('notice:1')).dueAt ?? '');
    await story.pay('s3');
    expect((await story.view()).standing).toBe('closed');
    const correction = { type: 'decision.rescinded', data: { decision: 'acceptance' } };
    await story.hear('supervisor', 'correction.proposed', { correction, reason: '验收弄虚作假', cite: '辽宁省职业培训补贴办法' });
    const proposal = (await story.view()).proposals[0]?.proposal ?? 0;
    await story.hear('approver', 'decision.rescinded', { proposal, decision: 'acceptance' });
    expect(await story.view()).toMatchObject({ standing: 'active', entitledFen: null });
    await story.accepted(80);
    await story.hear('officer', 'notice.posted');
    await house.moveTo((await story.deadline('notice:2')).dueAt ?? '');
    expect(await story.recoveries()).toMatchObject([{ demandedFen: '6000000' }]);
  });
});

describe('a suspended case', () => {
  it('is not asked for payment; the legal clock runs on, and released it is paid', async () => {
    const story = await (await HttpCase.open(house)).approved();
    await story.hear('approver', 'case.held', { reason: '信访核查' });
    await story.hear('institution', 'milestone.started');
    expect(await story.tranche('s1')).toMatchObject({ state: 'due' });
    expect((await story.deadline('payment:s1')).status).toBe('running');
    expect(await story.disbursements()).toEqual([]);
    await story.hear('approver', 'case.released', { reason: '核查完毕' });
    expect(await story.pay('s1')).toMatchObject({ amountFen: '15000000' });
  });

  it('is closed to everybody who may not hold it', async () => {
    const story = await (await HttpCase.open(house, { size: 3 })).approved();
    expect(told(await story.tell('officer', 'case.held', { reason: 'x' }))).toEqual([403, 'role-not-allowed']);
  });
});
