import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectBooksToAgree, trialBalance } from '../support/books.js';
import { resultsFile, rosterFile } from '../support/class-files.js';
import { HttpCase } from '../support/http-case.js';
import { told } from '../support/http-client.js';
import { RunningHouse } from '../support/processes.js';

jest.setTimeout(60_000);

let house: RunningHouse;
beforeAll(async () => {
  house = await RunningHouse.start();
});
afterEach(async () => {
  await expectBooksToAgree(house);
  // every story is told to its end: nothing advanced, owed, reserved or in transit is left
  expect(await trialBalance(house)).toMatchObject({ '1002': 0n, '1201': 0n, '1202': 0n, '2104': 0n, B3: 0n, B4: 0n });
});
afterAll(() => house?.close());

const receive = (recovery: string, amountFen: string, reference: string) =>
  house.client.ask('POST', `recoveries/${recovery}/receipts`, { as: 'cashier', body: { amountFen, reference } });

/** What one case cost in the end: the expense of all funds, and the budget spent. */
const spent = async () => {
  const { '5001': expense = 0n, B5: budget = 0n } = await trialBalance(house);
  return { expense, budget };
};

/** The notice of an accepted class runs out without objection. */
async function noticed(story: HttpCase): Promise<void> {
  await story.hear('officer', 'notice.posted');
  const { dueAt } = await story.deadline('notice:1');
  await house.moveTo(dueAt ?? '');
}

/** By letter, for exactly what is owed; the letter is kept with the case, under the hash that its event names. */
async function demanded(story: HttpCase, recovery: string): Promise<void> {
  const demand = (as: string, amountFen: string) => house.client.ask('POST', `recoveries/${recovery}/demand`, { as, body: { amountFen } });
  expect(told(await demand('maker', '22500001'))).toEqual([409, 'event-not-allowed']);
  expect((await demand('cashier', '22500000')).status).toBe(403);
  expect((await demand('maker', '22500000')).status).toBe(200);
  const { body: history } = await house.client.ask<{ items: { type: string; data: { letterSha256?: string } }[] }>(
    'GET',
    `cases/${story.id}/history`,
    { as: 'auditor' },
  );
  const said = history.items.find(({ type }) => type === 'recovery.demanded');
  const { body: files } = await house.client.ask<{ items: { kind: string; mediaType: string; sha256: string }[] }>(
    'GET',
    `cases/${story.id}/evidence`,
    { as: 'institution' },
  );
  expect(files.items.filter(({ kind }) => kind === 'letter')).toMatchObject([
    { mediaType: 'application/pdf', sha256: said?.data.letterSha256 },
  ]);
  expect(await story.recoveries()).toMatchObject([{ state: 'demanded', demandedOn: expect.any(String) }]);
  expect(await story.deadline('recovery:demand:1')).toMatchObject({ status: 'met' });
}

/** Over two days that one person proposes and another confirms. */
async function spread(story: HttpCase, recovery: string): Promise<void> {
  const say = (as: string, what: string, body: object) =>
    house.client.ask<{ seq: number }>('POST', `recoveries/${recovery}/${what}`, { as, body });
  const instalments = [
    { dueOn: '2021-12-31', amountFen: '1350000' },
    { dueOn: '2022-01-31', amountFen: '1350000' },
  ];
  const proposal = { instalments, reason: '经营困难', cite: '分期退还申请' };
  expect(told(await say('officer', 'instalments', proposal))).toEqual([409, 'event-not-allowed']);
  expect((await say('maker', 'demand', { amountFen: '2700000' })).status).toBe(200);
  const { status, body } = await say('officer', 'instalments', proposal);
  expect(status).toBe(200);
  expect(told(await say('supervisor', 'write-off', { proposal: body.seq }))).toEqual([404, 'not-found']);
  expect((await say('officer', 'instalments', { proposal: body.seq })).status).toBe(403);
  expect((await say('supervisor', 'instalments', { proposal: body.seq })).status).toBe(200);
  expect(await story.recoveries()).toMatchObject([{ state: 'instalments', instalments }]);
}

describe('a class whose acceptance falls short', () => {
  it('fails twice after two tranches: exactly what was paid comes back in two receipts, and the case closes at zero', async () => {
    const before = await spent();
    const story = await (await HttpCase.open(house)).advanced();
    for (const reason of ['首次验收无人合格', '复验仍无人合格']) {
      expect(await story.recoveries()).toEqual([]);
      await story.upload('inspector', 'results', resultsFile(story.people, 0));
      await story.hear('inspector', 'acceptance.failed', { reason });
    }
    const [recovery] = await story.recoveries();
    expect(recovery).toMatchObject({ demandedFen: '22500000', receivedFen: '0', state: 'due' });
    const id = recovery?.id ?? '';
    expect(told(await receive(id, '22500001', '多退'))).toEqual([409, 'event-not-allowed']);
    await demanded(story, id);
    expect((await receive(id, '10000000', '退款一')).status).toBe(200);
    expect((await story.view()).recovery).toMatchObject({ outstandingFen: '12500000' });
    expect((await receive(id, '12500000', '退款二')).status).toBe(200);
    expect(await story.view()).toMatchObject({ standing: 'closed', paidFen: '22500000', recoveredFen: '22500000', entitledFen: '0' });
    expect(await story.recoveries()).toMatchObject([{ receivedFen: '22500000', state: 'closed' }]);
    expect((await story.view()).tranches.find(({ id: payment }) => payment === 's3')).toMatchObject({ state: 'cancelled', paidFen: '0' });
    expect(await spent()).toEqual(before);
  });

  it('has 66 of 100 qualified: no remainder is paid, and 27,000 yuan come back', async () => {
    const before = await spent();
    const story = await (await (await HttpCase.open(house)).advanced()).accepted(66);
    await noticed(story);
    const [recovery] = await story.recoveries();
    expect(recovery).toMatchObject({ demandedFen: '2700000' });
    expect(await story.tranche('s3')).toMatchObject({ paidFen: '0', state: 'cancelled' });
    await spread(story, recovery?.id ?? '');
    expect((await receive(recovery?.id ?? '', '2700000', '退回差额')).status).toBe(200);
    expect(await story.view()).toMatchObject({ standing: 'closed', entitledFen: '19800000', paidFen: '22500000', recoveredFen: '2700000' });
    expect((await spent()).expense - before.expense).toBe(19_800_000n);
  });

  it('has 90 of 100 qualified: the remainder is 45,000 yuan', async () => {
    const story = await (await (await HttpCase.open(house)).advanced()).accepted(90);
    await noticed(story);
    expect(await story.pay('s3')).toMatchObject({ amountFen: '4500000' });
    expect(await story.view()).toMatchObject({ standing: 'closed', entitledFen: '27000000', paidFen: '27000000' });
  });
});

describe('a training that does not run as filed', () => {
  it('is interrupted: no milestone counts until it goes on', async () => {
    const story = await (await HttpCase.open(house)).started();
    await story.pay('s1');
    await story.hear('officer', 'delivery.interrupted', { reason: '疫情停课' });
    expect(told(await story.tell('inspector', 'milestone.halfway'))).toEqual([409, 'event-not-allowed']);
    await story.hear('officer', 'delivery.resumed');
    await story.halfway();
    expect(await story.pay('s2')).toMatchObject({ amountFen: '7500000' });
    await story.hear('inspector', 'delivery.aborted', { reason: '学员流失' });
    const [recovery] = await story.recoveries();
    expect(recovery).toMatchObject({ demandedFen: '22500000' });
    await receive(recovery?.id ?? '', '22500000', '退回');
    expect(await story.view()).toMatchObject({ standing: 'closed' });
  });

  it('is aborted before anything was sent: the request is called back and nothing is owed', async () => {
    const story = await (await HttpCase.open(house)).started();
    await story.waiting('s1');
    await story.hear('officer', 'delivery.aborted', { reason: '机构停办' });
    expect(await story.view()).toMatchObject({ standing: 'closed', paidFen: '0', recovery: null });
    expect((await story.disbursements()).map(({ state }) => state)).toEqual(['cancelled']);
  });
});

describe('an application that ends before its approval', () => {
  const teachAgain = async (story: HttpCase) => {
    const other = await HttpCase.open(house);
    return house.client.upload('institution', `cases/${other.id}/imports/roster`, 'roster.csv', rosterFile(story.people));
  };

  it.each([
    ['rejected', 'reviewer', 'application.rejected'],
    ['withdrawn', 'institution', 'application.withdrawn'],
  ])('%s by the %s: its people, taken until then, may be taught in another class', async (_, as, type) => {
    const story = await HttpCase.open(house, { size: 4 });
    await story.upload('institution', 'roster', rosterFile(story.people));
    await story.hear('institution', 'application.submitted');
    await story.hear('officer', 'application.accepted');
    const taken = await teachAgain(story);
    expect([
      told(taken),
      (taken.body['report'] as { problems: { row: number; code: string }[] }).problems.map(({ row, code }) => [row, code]),
    ]).toEqual([[422, 'import-refused'], [2, 3, 4, 5].map((row) => [row, 'exclusion-overlap'])]);
    await story.hear(as, type, { reason: '不符合条件' });
    expect(await story.view()).toMatchObject({ standing: 'closed' });
    expect(told(await teachAgain(story))).toEqual([200, undefined]);
  });
});
