import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import { addAccount } from '../support/accounts.js';
import { bankBook, expectBooksToAgree, trialBalance } from '../support/books.js';
import { HttpCase } from '../support/http-case.js';
import { RunningHouse } from '../support/processes.js';

jest.setTimeout(60_000);

const example = (name: string): Buffer => readFileSync(join(__dirname, '../../examples', name));
const school = { name: '大连第二职业培训学校', uscc: '52210200MJ00000025', kind: 'institution', district: '210200' };
const account = { holderName: school.name, accountNo: '6222020000000000025', bankNo: '102100099996', bankName: '示例银行大连分行' };
const theClass = { plannedHours: 80, classFiled: true, traineesEligible: true, startsOn: '2020-11-30', endsOn: '2020-12-31' };

/** Registered, admitted, given an account of its own and a person who may sign in: each step by its own role, each proposal by two. */
async function secondInstitution({ client }: RunningHouse) {
  const { id: organisationId } = await client.post<{ id: string }>('officer', 'organisations', school);
  await client.post('approver', `organisations/${organisationId}/approve`);
  await addAccount(client, { username: 'second-school', displayName: '第二学校经办', role: 'institution', organisationId });
  const { id: payeeAccountId } = await client.post<{ id: string }>('second-school', `organisations/${organisationId}/accounts`, account);
  const itself = await client.ask('POST', `organisations/${organisationId}/accounts/${payeeAccountId}/approve`, { as: 'second-school' });
  expect([itself.status, itself.body['code']]).toEqual([403, 'role-not-allowed']);
  await client.post('reviewer', `organisations/${organisationId}/accounts/${payeeAccountId}/approve`);
  return { as: 'second-school', organisationId, payeeAccountId };
}

/** The whole life of a class with the files of examples/, on their own dates. */
async function paidInFull(house: RunningHouse): Promise<HttpCase> {
  const by = await secondInstitution(house);
  const story = await HttpCase.open(house, { by, facts: theClass });
  await story.upload('second-school', 'roster', example('roster-good.xlsx'), 'roster-good.xlsx');
  await story.applied();
  await story.hear('approver', 'application.approved');
  await house.goTo('2020-11-30');
  await story.hear('second-school', 'milestone.started');
  expect(await story.pay('s1')).toMatchObject({ amountFen: '15000000', paidOn: '2020-11-30' });

  await house.goTo('2020-12-04');
  await story.upload('second-school', 'attendance', example('attendance-half.csv'));
  await story.hear('inspector', 'milestone.halfway');
  expect(await story.pay('s2')).toMatchObject({ amountFen: '7500000', paidOn: '2020-12-04' });

  await house.goTo('2020-12-11');
  await story.upload('second-school', 'attendance', example('attendance-full.csv'));
  await story.hear('second-school', 'milestone.ended');
  await story.upload('inspector', 'results', example('results-all-pass.csv'));
  await story.hear('inspector', 'acceptance.passed');
  await story.hear('officer', 'notice.posted');
  expect(await story.deadline('notice:1')).toMatchObject({ lastDay: '2020-12-18', status: 'running' });
  await house.goTo('2020-12-19');
  expect(await story.pay('s3')).toMatchObject({ amountFen: '7500000', paidOn: '2020-12-19' });
  return story;
}

async function expectPaidOnce(house: RunningHouse, story: HttpCase): Promise<void> {
  expect(await story.view()).toMatchObject({
    standing: 'closed',
    state: 'closed',
    estimateFen: '30000000',
    entitledFen: '30000000',
    paidFen: '30000000',
  });
  expect((await story.view()).deadlines.map(({ key, status }) => [key, status])).toEqual([
    ['payment:s1', 'met'],
    ['payment:s2', 'met'],
    ['notice:1', 'met'],
    ['payment:s3', 'met'],
  ]);
  const bookings = await bankBook(house);
  expect(bookings.map(({ amountFen }) => amountFen)).toEqual(['15000000', '7500000', '7500000']);
  for (const { creditor, status } of bookings)
    expect([creditor.name, creditor.accountNo, status]).toEqual([account.holderName, account.accountNo, 'settled']);
  await expectBooksToAgree(house);
  expect(await trialBalance(house)).toMatchObject({ '5001': 30_000_000n, '1201': 0n, '1002': 0n, B3: 0n, B4: 0n, B5: 30_000_000n });
}

describe('a second institution, made through the API', () => {
  let house: RunningHouse;
  beforeAll(async () => {
    house = await RunningHouse.start();
  });
  afterAll(() => house?.close());

  it('is paid 50, 25 and 25 % with real files; the bank’s book agrees, the books sum to zero, the case closes', async () => {
    await expectPaidOnce(house, await paidInFull(house));
  });
});

describe('the same with the queue on Redis', () => {
  const redisUrl = process.env['TEST_REDIS_URL'];
  if (redisUrl === undefined) {
    it.skip('skipped, because TEST_REDIS_URL is not set: neither redis-server is on PATH nor REDIS_URL is given', () => undefined);
    return;
  }
  // a database of its own on that server, so that no other test's worker takes these jobs
  const queueUrl = Object.assign(new URL(redisUrl), { pathname: '/11' }).href;
  let house: RunningHouse;
  beforeAll(async () => {
    // a sweep only every minute: what happens at once happens because the queue said so
    house = await RunningHouse.start({ queueUrl, workerEnv: { SWEEP_MS: '60000' } });
  });
  afterAll(() => house?.close());

  it('is paid the same way, driven by the queue alone', async () => {
    await expectPaidOnce(house, await paidInFull(house));
    const redis = new Redis(queueUrl);
    const keys = await redis.keys('{tranche}:*');
    await redis.quit();
    expect(keys).toEqual(expect.arrayContaining(['{tranche}:effects:meta']));
  });
});
