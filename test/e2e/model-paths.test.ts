import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { auditFindings } from '../support/books.js';
import type { Stage } from '../support/http-life.js';
import { begins, missed, type Planned, planned, report, shapes, toldInVain } from '../support/model/plans.js';
import { questions, Walker } from '../support/model/walker.js';
import { Payees } from '../support/payees.js';
import { RunningHouse } from '../support/processes.js';
import { Together } from '../support/together.js';
import { Treasury } from '../support/treasury.js';

jest.setTimeout(240_000);

const plans = shapes.map(planned);
const ends = new Map<Planned, readonly string[]>();
let house: RunningHouse;

beforeAll(async () => {
  house = await RunningHouse.start({ begins, everywhere: true });
  const stage: Stage = { house, together: new Together(house), payees: new Payees(house, 'ready'), treasury: new Treasury(house) };
  const lives = plans.flatMap((plan) => {
    const asked = questions(plan.tour.paths, plan.cast);
    return plan.tour.paths.map((path, at) => ({
      plan,
      walk: () => Walker.walk(stage, plan.which, plan.cast, path, `${plan.name} ${at}`, asked[at]!),
    }));
  });
  const results = await stage.together.all(lives.map(({ walk }) => walk));
  for (const plan of plans) {
    const own = results.filter((_, at) => lives[at]?.plan === plan);
    ends.set(
      plan,
      own.flatMap((end) => (end.status === 'rejected' ? [(end.reason as Error).message] : [])),
    );
  }
});
afterAll(async () => {
  await house?.close();
  process.stdout.write(`\n${plans.map(report).join('\n')}\n`);
});

describe.each(plans.map((plan) => [plan.name, plan] as const))('a plan paid %s', (_, plan) => {
  it('is lived by the house as the machine lives it, along every path', () => {
    expect(ends.get(plan)).toEqual([]);
  });

  it('has its arrows taken, but for those that are told why', () => {
    const left = missed(plan);
    expect(left.flatMap(({ why, name }) => (why === null ? [name] : []))).toEqual([]);
    expect(toldInVain(plan)).toEqual([]);
    expect(plan.arrows.length - left.length).toBeGreaterThanOrEqual(plan.atLeast);
  });
});

it('leaves every case provable', async () => {
  expect(await auditFindings(house)).toEqual([]);
});
