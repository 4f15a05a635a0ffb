import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { caseMachine, hasRoster } from '@tranche/machines';
import {
  type Facts,
  holds,
  type PayeeKind,
  type Policy,
  policies,
  roleOf,
  termsOf,
  type WorkedExample,
  workExample,
} from '@tranche/policies';
import { auditFindings } from '../support/books.js';
import { factsOnDay, type Stage } from '../support/http-life.js';
import { type ArrowName, arrowKey, arrowNames } from '../support/model/arrow-names.js';
import type { Cast } from '../support/model/moves.js';
import { type Tour, tour } from '../support/model/paths.js';
import { type Model, modelOf, Twin } from '../support/model/twin.js';
import { Walker } from '../support/model/walker.js';
import { whyNot } from '../support/model/why-not.js';
import { Payees } from '../support/payees.js';
import { RunningHouse } from '../support/processes.js';
import { Together } from '../support/together.js';
import { Treasury } from '../support/treasury.js';
import { factsFrom, paidExamples, paidLife, type WhichLife } from '../support/which-lives.js';

jest.setTimeout(240_000);

/** The day on which every path begins. */
const begins = '2020-12-01';

/** Shapes of plans, each by the first policy that has it; how many situations are looked at for its paths, and
 * how many of its arrows are walked at least. */
const shapes: readonly (readonly [name: string, has: (policy: Policy) => boolean, nodes: number, atLeast: number])[] = [
  ['in stages, accepted and noticed', ({ plan }) => plan.acceptance !== undefined, 4_000, 180],
  ['advanced, resumed or expired, voided', ({ plan }) => plan.expiry !== undefined, 1_000, 100],
  ['by month, extended once', ({ plan }) => plan.claims?.some(({ extension }) => extension) === true, 1_000, 80],
  ['once, public afterwards', ({ plan }) => plan.notice?.when === 'afterPayment' && plan.entry !== 'noApplication', 1_000, 88],
  ['advanced, by month and balanced', ({ plan }) => plan.claims !== undefined && plan.advances.length > 0, 1_000, 100],
  ['budget moved to a city', ({ means }) => means === 'allocation', 1_000, 70],
];

type Planned = {
  readonly name: string;
  readonly atLeast: number;
  readonly which: WhichLife;
  readonly cast: Cast;
  readonly model: Model;
  readonly tour: Tour;
  readonly arrows: readonly ArrowName[];
};

/** Arrows that some shape before has taken: the same in every machine that has them. */
const taken = new Set<string>();

function planned([name, has, nodes, atLeast]: (typeof shapes)[number]): Planned {
  const policy = policies().findLast((each) => has(each) && paidLife(each) !== null && each.window.until !== '2020-11-23')!;
  const example = paidExamples(policy).sort((a, b) => branches(policy, b) - branches(policy, a))[0]!;
  const payee = roleOf[(example.facts['payeeKind'] as PayeeKind | undefined) ?? policy.payee[0]!];
  const registered = hasRoster(policy) || payee === 'officer' ? {} : factsFrom(policy, example.facts, ['data', 'ledger']);
  const cast: Cast = { policy, example, payee, registered, classSize: 2, otherFacts: otherFacts(policy, example) };
  const model = modelOf(policy, caseMachine(policy), termsOf(policy, { ...example, on: begins }), begins);
  const arrows = arrowNames(model.machine);
  const elsewhere = new Set(arrows.flatMap((arrow, at) => (taken.has(arrowKey(arrow)) ? [at] : [])));
  const own = tour(start(model, cast), cast, { nodes, moves: 45 }, elsewhere);
  for (const path of own.paths) for (const { twin } of path) for (const at of twin.taken) taken.add(arrowKey(arrows[at] as ArrowName));
  return { name, atLeast, which: { policy, example, day: begins }, cast, model, tour: own, arrows };
}

/** How many advances the example opens and branches of the plan it takes: the more, the more of the machine can be walked. */
function branches(policy: Policy, example: WorkedExample): number {
  const { conditions } = workExample(policy, example);
  const advances = policy.plan.advances.filter(({ when }) => holds(when, conditions) === true).length;
  return 100 * advances + Object.values(conditions).filter((value) => value === true).length;
}

/** Facts that make the amount another one: what another example of the policy says instead. */
function otherFacts(policy: Policy, example: WorkedExample): Facts {
  // of a class another inspection says so
  if (hasRoster(policy)) return {};
  const amounts = (each: WorkedExample) => JSON.stringify(workExample(policy, each).amounts);
  const differing = paidExamples(policy).flatMap((other) => {
    const names = Object.keys(other.facts).filter((name) => other.facts[name] !== example.facts[name]);
    const plain = names.every((name) => typeof policy.facts[name]!.type === 'string' && policy.facts[name]!.from !== 'case');
    const told = Object.fromEntries(names.map((name) => [name, other.facts[name]]));
    return plain &&
      !other.set &&
      other.place === example.place &&
      amounts({ ...example, facts: { ...example.facts, ...told } }) !== amounts(example)
      ? [told]
      : [];
  });
  return differing[0] ?? {};
}

/** The draft as the applicant hands it in: its lists are there. */
function start(model: Model, { policy, example, payee }: Cast): Twin {
  const told = payee === 'officer' ? example.facts : factsFrom(policy, example.facts, ['form', 'upload', 'case']);
  const facts = hasRoster(policy)
    ? { ...factsOnDay(policy, example.facts, begins), enrolled: [{ occupation: '电工', level: '中级', count: 2 }] }
    : told;
  const brought = hasRoster(policy)
    ? ['roster.imported']
    : Object.keys(policy.facts)
        .filter(
          (name) =>
            typeof policy.facts[name]!.type === 'object' && policy.facts[name]!.from === 'upload' && example.facts[name] !== undefined,
        )
        .map(() => 'facts.recorded');
  const twin = Twin.open(model, facts, begins, payee);
  return brought.length === 0 ? twin : twin.hear(...brought.map((type) => ({ type, data: {}, by: payee })))!;
}

const plans = shapes.map(planned);
const ends = new Map<Planned, readonly string[]>();
let house: RunningHouse;

beforeAll(async () => {
  house = await RunningHouse.start({ begins, everywhere: true });
  const stage: Stage = { house, together: new Together(house), payees: new Payees(house, 'ready'), treasury: new Treasury(house) };
  const lives = plans.flatMap((plan) => {
    const known = { compared: new Set<Twin>(), refused: new Set<string>() };
    return plan.tour.paths.map((path, at) => ({
      plan,
      walk: () => Walker.walk(stage, plan.which, plan.cast, path, `${plan.name} ${at}`, known),
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
    expect(plan.arrows.length - left.length).toBeGreaterThanOrEqual(plan.atLeast);
  });
});

type Missed = { readonly name: string; readonly why: string | null };

/** Arrows of a plan that no path takes, here or in another shape that has them. */
const missed = ({ arrows, cast }: Planned): readonly Missed[] =>
  arrows
    .filter((arrow) => !taken.has(arrowKey(arrow)))
    .map((arrow) => ({
      name: `${arrow.region}: ${arrow.from} --${arrow.event}--> ${arrow.to} (${arrow.arrow.why.en})`,
      why: whyNot(arrow, { bankless: cast.policy.means === 'allocation' }),
    }));

/** How much of a plan was walked, and what was not. */
function report(plan: Planned): string {
  const { name, tour: own, arrows } = plan;
  const left = missed(plan);
  const moves = own.paths.reduce((sum, path) => sum + path.length, 0);
  const lines = left.map((each) => `    ${each.name}\n      ${each.why ?? 'UNEXPLAINED'}`);
  return [
    `${name}: ${arrows.length - left.length} of ${arrows.length} arrows, ${own.paths.length} paths, ${moves} moves; not walked:`,
    ...lines,
  ].join('\n');
}

it('leaves every case provable', async () => {
  expect(await auditFindings(house)).toEqual([]);
});
