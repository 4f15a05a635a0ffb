import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { advanceRuns, approveList, beginRun, casePolicies, confirmList, type House, type PageSizes, verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { policies } from '@tranche/policies';
import { sealing } from '../../../../test/support/any-case.js';
import { openWorld, type World } from '../../../../test/support/world.js';
import { answerOf, asked, csv, direct, extractOf, lineOf, peopleHeader, personLine, Story } from './run-world.js';

jest.setTimeout(180_000);

/** Few lines, many pages: every transaction of a large run stands for one here. */
const pages: PageSizes = { store: 3, screen: 3, open: 2 };
const LINES = 8;
/** Lines of which no case comes: against a rule, a second time, without account. */
const [UNFIT, AGAIN, UNPAYABLE] = [2, 4, 6] as const;
const SOUND = LINES - 3;

let world: World;
beforeAll(async () => {
  const opened = await openWorld();
  world = { ...opened, house: { ...opened.house, policies: casePolicies(policies()) } };
});
afterAll(() => world.close());

class Killed extends Error {}

/**
 * The same house, whose process dies at its n-th transaction: before it writes, or right after it committed. Whatever it would have done
 * next is not done; what was under way is rolled back, as the server does with a connection that is gone.
 */
function mortal(house: House, life: { left: number; readonly dies: 'before' | 'after' }): House {
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    if (life.left <= 0) throw new Killed();
    life.left -= 1;
    if (life.left === 0 && life.dies === 'before') throw new Killed();
    const result = await work();
    if (life.left === 0) throw new Killed();
    return result;
  };
  const database: House['database'] = {
    ...house.database,
    transaction: (actor, work, options) => step(() => house.database.transaction(actor, work, options)),
  };
  const hot = new Proxy(house.hot, {
    get: (pool, name) =>
      name === 'connect' ? () => (life.left <= 0 ? Promise.reject(new Killed()) : pool.connect()) : Reflect.get(pool, name),
  });
  return { ...house, database, hot, outboxLeaseMs: -1 };
}

let codes = 50_000;
/** Firms of their own: all sound but one of eleven people, one twice, one without account. */
function extract(): string {
  codes += LINES;
  const lines = Array.from({ length: LINES }, (_, index) => lineOf(codes + index));
  lines[UNFIT] = lineOf(codes + UNFIT, { insuredHeadcount: '11' });
  lines[AGAIN] = lineOf(codes + AGAIN - 1);
  lines[UNPAYABLE] = lineOf(codes + UNPAYABLE, { accountNo: '' });
  return csv(lines);
}

/** The same of people: one draws nothing, one stands there twice, one has no account. */
function people(): string {
  codes += LINES;
  const lines = Array.from({ length: LINES }, (_, index) => personLine(codes + index));
  lines[UNFIT] = personLine(codes + UNFIT, { draws: '否' });
  lines[AGAIN] = personLine(codes + AGAIN - 1);
  lines[UNPAYABLE] = personLine(codes + UNPAYABLE, { account: '' });
  return csv(lines, peopleHeader);
}
const month = { declaredOn: '2020-11-20', monthFrom: '2020-11-01', monthTo: '2020-11-30', cpiRise: 35, foodRise: 0 };

/** All steps of a run, each only if it is still to be done: what a person and a worker would try again after a restart. */
async function goOn(house: House, text: string): Promise<string> {
  const about = text.startsWith(peopleHeader) ? { policyId: 'temporary-price-subsidy', facts: month } : { policyId: direct };
  const { id: runId } = answerOf(
    await beginRun(house, asked(world.by('officer')), { ...about, jurisdiction: 'CN-2102', extract: extractOf(text) }, sealing, pages),
  );
  await advanceRuns(house, 'worker', pages);
  const story = new Story(world, house);
  const lists = await world.rows<{ state: string; hash: string }>(
    `SELECT state, encode(content_hash, 'hex') AS hash FROM no_application_lists WHERE run_id = $1`,
    [runId],
  );
  const contentHash = lists[0]?.hash ?? (await story.list(runId)).contentHash;
  if (lists.length === 0) answerOf(await confirmList(house, asked(world.by('reviewer')), { runId, contentHash }));
  if ((lists[0]?.state ?? 'confirmed') === 'confirmed')
    answerOf(await approveList(house, asked(world.by('approver')), { runId, contentHash }));
  await advanceRuns(house, 'worker', pages);
  return runId;
}

async function expectWhole(runId: string): Promise<void> {
  const lines = await new Story(world).lines(runId);
  expect(lines.map(({ row }) => row)).toEqual(Array.from({ length: LINES }, (_, index) => index + 2));
  const outcomes = lines.map(({ outcome, reason }) => reason?.code ?? outcome);
  const expected = Array.from({ length: LINES }, () => 'included');
  expect(outcomes).toEqual(Object.assign(expected, { [UNFIT]: 'rule', [AGAIN]: 'duplicate-line', [UNPAYABLE]: 'account-missing' }));
  const cases = lines.flatMap(({ caseId }) => caseId ?? []);
  expect(new Set(cases).size).toBe(SOUND);
  const [counted] = await world.rows(
    `SELECT count(DISTINCT c.organisation_id)::int AS firms, count(*)::int AS cases, (SELECT count(*)::int FROM exclusion_claims WHERE case_id = ANY($1)) AS claims,
       (SELECT count(*)::int FROM outbox WHERE case_id = ANY($1)) AS payments, (SELECT count(*)::int FROM payee_accounts a WHERE a.state = 'approved' AND
         a.organisation_id IN (SELECT organisation_id FROM cases WHERE id = ANY($1))) AS accounts
     FROM cases c WHERE c.organisation_id IN (SELECT organisation_id FROM cases WHERE id = ANY($1))`,
    [cases],
  );
  expect(counted).toEqual({ firms: SOUND, cases: SOUND, claims: SOUND, payments: SOUND, accounts: SOUND });
}

describe.each([
  ['before', 'firms', extract],
  ['after', 'firms', extract],
  ['after', 'people', people],
] as const)('a process that dies %s a transaction of a run over %s', (dies, _, extractOfThese) => {
  it('leaves a run that goes on where its rows say, whichever transaction it was: nobody twice, none lost', async () => {
    for (let turn = 1; ; turn += 1) {
      const text = extractOfThese();
      const life = { left: turn, dies };
      const died = await goOn(mortal(world.house, life), text).then(
        () => false,
        (error: unknown) => {
          if (error instanceof Killed) return true;
          throw error;
        },
      );
      // the lease of the dead worker has run out
      const runId = await goOn({ ...world.house, outboxLeaseMs: -1 }, text);
      await expectWhole(runId);
      if (died) continue;
      expect(turn).toBeGreaterThan(20);
      const [line] = await new Story(world).lines(runId);
      expect(await verifyCase(world.house, systemActor('test'), line?.caseId ?? '')).toMatchObject({ ok: true });
      return;
    }
  });
});

describe('an opening that is cut off inside a page', () => {
  it('leaves nothing of that page, and is finished by the next worker', async () => {
    for (let statements = 1; statements <= 6; statements += 1) {
      const text = extract();
      const story = new Story(world);
      const runId = await story.screened(text);
      await story.approved(runId);
      const cut = cutAfter(world.house, statements);
      await expect(advanceRuns(cut, 'dying', pages)).rejects.toThrow('the connection is gone');
      expect((await story.lines(runId)).some(({ outcome, caseId }) => outcome === 'included' && caseId === null)).toBe(true);
      await advanceRuns({ ...world.house, outboxLeaseMs: -1 }, 'next', pages);
      await expectWhole(runId);
    }
  });
});

/** The connections of the one door are torn after so many messages. */
function cutAfter(house: House, statements: number): House {
  let left = statements;
  const hot = new Proxy(house.hot, {
    get: (pool, name) => {
      if (name !== 'connect') return Reflect.get(pool, name);
      return async () => {
        const client = await pool.connect();
        return new Proxy(client, {
          get: (target, key) => {
            if (key === 'release') return (broken?: boolean) => target.release(broken ?? false);
            const value = Reflect.get(target, key);
            if (key !== 'query') return typeof value === 'function' ? value.bind(target) : value;
            return (...parts: unknown[]) => {
              left -= 1;
              if (left < 0) throw Object.assign(new Error('the connection is gone'), { code: undefined });
              return value.apply(target, parts);
            };
          },
        });
      };
    },
  });
  return { ...house, hot, outboxLeaseMs: -1 };
}

describe('a stopped run', () => {
  it('decides and opens nothing until it is resumed', async () => {
    const { stopRun } = await import('@tranche/casework');
    const story = new Story(world);
    const { id: runId } = answerOf(await story.begin(extract()));
    answerOf(await stopRun(world.house, asked(world.by('officer')), { runId, stopped: true }));
    expect(await advanceRuns(world.house, 'test')).toBe(0);
    expect((await story.lines(runId)).every(({ outcome }) => outcome === 'new')).toBe(true);
    answerOf(await stopRun(world.house, asked(world.by('officer')), { runId, stopped: false }));
    await advanceRuns(world.house, 'test');
    await story.approved(runId);
    await advanceRuns(world.house, 'test');
    await expectWhole(runId);
  });

  it('is left behind the page in hand', async () => {
    const story = new Story(world);
    const { id: runId } = answerOf(await story.begin(extract()));
    let asks = 0;
    const stopping = () => {
      asks += 1;
      return asks > 3;
    };
    const house: House = { ...world.house, stopping };
    await advanceRuns(house, 'test', pages);
    const outcomes = (await story.lines(runId)).map(({ outcome }) => outcome);
    expect(outcomes).toContain('new');
    expect(outcomes).toContain('included');
  });
});

describe('two workers', () => {
  it('never have the same run in hand, and open each case once', async () => {
    const story = new Story(world);
    const runId = await story.screened(extract());
    await story.approved(runId);
    const worked = await Promise.all(['one', 'two', 'three'].map((name) => advanceRuns(world.house, name, pages)));
    expect(worked.filter((count) => count > 0)).toEqual([1]);
    await expectWhole(runId);
  });
});
