import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 } from 'uuid';
import { bankBook, expectBooksToAgree, trialBalance } from '../support/books.js';
import { attendanceFile, rosterFile } from '../support/class-files.js';
import { HttpCase, signed } from '../support/http-case.js';
import { type Reply, waitFor } from '../support/http-client.js';
import { RunningHouse } from '../support/processes.js';

jest.setTimeout(90_000);

let house: RunningHouse;
beforeAll(async () => {
  house = await RunningHouse.start({ apis: 2, workers: 2 });
});
afterEach(async () => {
  await expectBooksToAgree(house);
  await expectNobodyWaits();
});
afterAll(() => house?.close());

/** No session is stuck in a lock or an open transaction, and Postgres never had to break a deadlock. */
async function expectNobodyWaits(): Promise<void> {
  const stuck = () =>
    house.rows(
      `SELECT pid, wait_event, left(query, 80) AS query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND (wait_event_type = 'Lock' OR state LIKE 'idle in transaction%')`,
    );
  await waitFor('nobody waits for a lock', async () => (await stuck()).length === 0);
  expect(await house.rows('SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()')).toEqual([{ deadlocks: 0 }]);
}

type Said = { readonly as: string; readonly type: string; readonly data?: Record<string, unknown>; readonly key?: string };

/** Everybody speaks at once, in turn to the one and the other api process. */
const allAtOnce = (story: HttpCase, crowd: readonly Said[]): Promise<Reply[]> =>
  Promise.all(crowd.map(({ as, type, data = {}, key = v7() }, index) => story.tell(as, type, data, { key, api: index % 2 })));

const times = <T>(count: number, of: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => of(index));
/** The same command twice, under one key; one copy goes to each process. */
const twice = (said: Said): Said[] => {
  const key = v7();
  return [
    { ...said, key },
    { ...said, key },
  ];
};

const accepted = (answers: readonly Reply[]): Reply[] => answers.filter(({ status }) => status === 200);
const fresh = (answers: readonly Reply[]): Reply[] => accepted(answers).filter(({ body }) => body['replayed'] === false);

/** Every answer is a yes, or a no for the one reason that the step is taken. */
function expectOrderly(answers: readonly Reply[]): void {
  const strange = answers.filter(({ status, body }) => status !== 200 && !(status === 409 && body['code'] === 'event-not-allowed'));
  expect(strange.map(({ status, body }) => [status, body])).toEqual([]);
}

/** The same command twice is one effect and one answer: a yes is a yes for both copies, with the same place in the history. */
function expectOneAnswerPerKey(crowd: readonly Said[], answers: readonly Reply[]): void {
  const byKey = new Map<string, Reply[]>();
  for (const [index, answer] of answers.entries()) {
    const key = crowd[index]?.key ?? v7();
    byKey.set(key, [...(byKey.get(key) ?? []), answer]);
  }
  for (const same of byKey.values()) expect(new Set(same.map(({ status, body }) => `${status} ${body['seq']}`)).size).toBe(1);
}

const count = async (story: HttpCase, table: string, condition = 'true'): Promise<number> =>
  (await house.rows<{ count: number }>(`SELECT count(*)::int AS count FROM ${table} WHERE case_id = $1 AND ${condition}`, [story.id]))[0]
    ?.count ?? -1;

/** What was posted for a case, by book and reason. */
const postings = async (story: HttpCase): Promise<string[]> =>
  (
    await house.rows<{ what: string }>("SELECT book || ' ' || event_type AS what FROM postings WHERE case_id = $1 ORDER BY 1", [story.id])
  ).map(({ what }) => what);

async function seen(story: HttpCase, ...types: string[]): Promise<string[]> {
  return (await story.history()).map(({ type }) => type).filter((type) => types.includes(type));
}

const approve: Said = { as: 'approver', type: 'application.approved' };
const reject: Said = { as: 'approver', type: 'application.rejected', data: { reason: '不符合条件' } };

describe('two hundred commands on one case at once, against two api processes', () => {
  it('approve and reject it: one of them wins once, everybody else is told no, and its money moves at most once', async () => {
    const story = await HttpCase.open(house);
    await story.upload('institution', 'roster', rosterFile(story.people));
    await story.applied();
    await story.hear('institution', 'milestone.started');
    const { version } = await story.view();
    const crowd = [...times(20, () => [...twice(approve), ...twice(reject)]).flat(), ...times(60, () => [reject, approve]).flat()];
    const answers = await allAtOnce(story, crowd);
    expectOneAnswerPerKey(crowd, answers);
    expect(answers).toHaveLength(200);
    expectOrderly(answers);
    expect(fresh(answers)).toHaveLength(1);
    expect(accepted(answers).length).toBeLessThanOrEqual(2);
    expect(new Set(accepted(answers).map(({ body }) => body['seq']))).toEqual(new Set([version + 1]));
    const won = await seen(story, 'application.approved', 'application.rejected');
    expect(won).toHaveLength(1);
    if (won[0] === 'application.approved') await story.pay('s1');
    expect(await count(story, 'disbursements')).toBe(won[0] === 'application.approved' ? 1 : 0);
    expect(await count(story, 'exclusion_claims', 'live')).toBe(won[0] === 'application.approved' ? 100 : 0);
  });

  it('report half of the progress: the tranche opens once, is reserved once, and the bank pays it once', async () => {
    const story = await (await HttpCase.open(house)).started();
    await story.pay('s1');
    await story.upload('institution', 'attendance', attendanceFile(await house.today(), 1, 100));
    const before = await trialBalance(house);
    const crowd: Said[] = [
      ...times(50, () => twice({ as: 'inspector', type: 'milestone.halfway' })).flat(),
      ...times(50, () => ({ as: 'inspector', type: 'milestone.halfway' })),
      ...times(25, () => twice({ as: 'supervisor', type: 'case.held', data: { reason: '核查' } })).flat(),
    ];
    const answers = await allAtOnce(story, crowd);
    expectOneAnswerPerKey(crowd, answers);
    expect(answers).toHaveLength(200);
    expectOrderly(answers);
    const [halves, holds] = [answers.slice(0, 150), answers.slice(150)];
    expect(fresh(halves)).toHaveLength(1);
    expect(fresh(holds)).toHaveLength(1);
    expect(await seen(story, 'milestone.halfway', 'case.held')).toHaveLength(2);
    await story.hear('supervisor', 'case.released', { reason: '查无问题' });

    expect(await story.pay('s2')).toMatchObject({ amountFen: '7500000' });
    expect(await count(story, 'disbursements', `payment = 's2' AND state <> 'cancelled'`)).toBe(1);
    const after = await trialBalance(house);
    expect((after['B5'] ?? 0n) - (before['B5'] ?? 0n)).toBe(7_500_000n);
    expect((after['1201'] ?? 0n) - (before['1201'] ?? 0n)).toBe(7_500_000n);
    expect((await bankBook(house)).filter(({ amountFen }) => amountFen === '7500000')).toHaveLength(1);
    const [{ versions = 0, events = 0 } = {}] = await house.rows<{ versions: number; events: number }>(
      'SELECT version AS versions, (SELECT count(*)::int FROM case_events WHERE case_id = cases.id) AS events FROM cases WHERE id = $1',
      [story.id],
    );
    expect(events).toBe(versions);
  });
});

describe('two workers on one outbox', () => {
  it('request, send and settle every payment of a batch once', async () => {
    const before = (await bankBook(house)).length;
    await house.stopWorkers();
    const stories: HttpCase[] = [];
    for (let made = 0; made < 8; made += 1) stories.push(await (await HttpCase.open(house, { size: 2 })).started());
    await house.startWorkers(2);
    const lines = await Promise.all(stories.map((story) => story.waiting('s1')));
    await signed(house, lines);
    await Promise.all(stories.map((story) => story.paid('s1')));
    const bookings = (await bankBook(house)).slice(before);
    expect(bookings).toHaveLength(8);
    expect(new Set(bookings.map(({ endToEndId }) => endToEndId)).size).toBe(8);
    for (const story of stories) {
      expect(await seen(story, 'payment.requested', 'disbursement.submitted', 'disbursement.settled')).toHaveLength(3);
      expect(await postings(story)).toEqual([
        'budget disbursement.settled',
        'budget payment.requested',
        'cash disbursement.settled',
        'cash disbursement.submitted',
        'cash payment.requested',
      ]);
    }
    await waitFor('the outbox is done', async () => (await house.rows(`SELECT kind FROM outbox WHERE state <> 'done'`)).length === 0);
    expect(await house.rows('SELECT transfer_id FROM attempts GROUP BY transfer_id HAVING count(*) > 1')).toEqual([]);
  });
});
