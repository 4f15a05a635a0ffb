import { caseMachine, hasRoster } from '@tranche/machines';
import {
  type Facts,
  holds,
  type PayeeKind,
  type Policy,
  policies,
  roleOf,
  speaksOf,
  termsOf,
  type WorkedExample,
  workExample,
  workedExamples,
} from '@tranche/policies';
import { factsOnDay } from '../http-life.js';
import { factsFrom, paidExamples, paidLife, type WhichLife } from '../which-lives.js';
import { type ArrowName, arrowKey, arrowNames } from './arrow-names.js';
import type { Cast } from './moves.js';
import { type Tour, tour } from './paths.js';
import { type Model, modelOf, Twin } from './twin.js';
import { notWalked, placeOf, whyNot } from './why-not.js';

/** The day on which every path begins. */
export const begins = '2020-12-01';

/** Shapes of plans, each by the first policy that has it; how many situations are looked at for its paths, and
 * how many of its arrows are walked at least. Those with short lives come first: what they walk the others need not. */
export const shapes: readonly (readonly [name: string, has: (policy: Policy) => boolean, nodes: number, atLeast: number])[] = [
  ['advanced, resumed or expired, voided', ({ plan }) => plan.expiry !== undefined, 1_200, 113],
  ['by month, extended once', ({ plan }) => plan.claims?.some(({ extension }) => extension) === true, 1_000, 98],
  ['once, public afterwards', ({ plan }) => plan.notice?.when === 'afterPayment' && plan.entry !== 'noApplication', 1_000, 101],
  ['advanced, by month and balanced', ({ plan }) => plan.claims !== undefined && plan.advances.length > 0, 2_000, 138],
  ['budget moved to a city', ({ means }) => means === 'allocation', 1_000, 83],
  ['in stages, accepted and noticed', ({ plan }) => plan.acceptance !== undefined, 4_000, 186],
];

/** A shape with the paths drawn for it. */
export type Planned = {
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

export function planned([name, has, nodes, atLeast]: (typeof shapes)[number]): Planned {
  const policy = policies().findLast((each) => has(each) && paidLife(each) !== null && each.window.until !== '2020-11-23')!;
  const example = [...paidExamples(policy), ...advancedExamples(policy)].sort((a, b) => branches(policy, b) - branches(policy, a))[0]!;
  const payee = roleOf[(example.facts['payeeKind'] as PayeeKind | undefined) ?? policy.payee[0]!];
  const registered = hasRoster(policy) || payee === 'officer' ? {} : factsFrom(policy, example.facts, ['data', 'ledger']);
  const period = example.period ?? paidExamples(policy).find((each) => each.period)?.period;
  const cast: Cast = { policy, example, period, payee, registered, classSize: 2, otherFacts: otherFacts(policy, example) };
  const model = modelOf(policy, caseMachine(policy), termsOf(policy, { ...example, on: begins }), begins);
  const arrows = arrowNames(model.machine);
  const elsewhere = new Set(arrows.flatMap((arrow, at) => (taken.has(arrowKey(arrow)) ? [at] : [])));
  const own = tour(start(model, cast), cast, { nodes, moves: 45 }, elsewhere);
  for (const path of own.paths) for (const { twin } of path) for (const at of twin.taken) taken.add(arrowKey(arrows[at] as ArrowName));
  return { name, atLeast, which: { policy, example, day: begins }, cast, model, tour: own, arrows };
}

/** Examples whose advance opens, though the example says nothing of what remains. */
const advancedExamples = (policy: Policy): WorkedExample[] =>
  workedExamples(policy.id).filter((example) => {
    const { eligible, inWindow, conditions } = workExample(policy, example);
    const opens = policy.plan.claims && policy.plan.advances.some(({ when }) => holds(when, conditions) === true);
    return eligible === true && inWindow && !example.set && speaksOf(policy, example) && opens;
  });

/** How many advances the example opens and branches of the plan it takes: the more, the more of the machine can be walked. */
function branches(policy: Policy, example: WorkedExample): number {
  const { conditions } = workExample(policy, example);
  const advances = policy.plan.advances.filter(({ when }) => holds(when, conditions) === true).length;
  return 100 * advances + Object.values(conditions).filter((value) => value === true).length;
}

/** Facts that make the amount another one: what other examples of the policy say instead, all of it or one thing, or a number less by one. */
function otherFacts(policy: Policy, example: WorkedExample): Facts {
  // of a class another inspection says so
  if (hasRoster(policy)) return {};
  const own = Object.entries(example.facts).filter(([name]) => isTold(policy, name));
  const others = workedExamples(policy.id).map(({ facts }) =>
    Object.fromEntries(own.flatMap(([name, value]) => (facts[name] !== undefined && facts[name] !== value ? [[name, facts[name]]] : []))),
  );
  const singles = others.flatMap((each) => Object.entries(each).map(([name, value]) => ({ [name]: value })));
  const lowered = own.flatMap(([name, value]) =>
    policy.facts[name]?.type === 'int' && BigInt(value as string) > 1n ? [{ [name]: String(BigInt(value as string) - 1n) }] : [],
  );
  const worked = workExample(policy, example);
  const differs = (told: Facts): boolean => {
    const { eligible, amounts } = workExample(policy, { ...example, facts: { ...example.facts, ...told } });
    return eligible === true && JSON.stringify(amounts) !== JSON.stringify(worked.amounts);
  };
  return [...others, ...singles, ...lowered].find(differs) ?? {};
}

/** May a correction say it in one word, for the whole case? */
function isTold({ facts }: Policy, name: string): boolean {
  const fact = facts[name];
  return fact !== undefined && typeof fact.type === 'string' && fact.from !== 'case' && !fact.per;
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

type Missed = { readonly name: string; readonly place: string; readonly why: string | null };

/** Arrows of a plan that no path takes, here or in another shape that has them. */
export const missed = ({ arrows, cast }: Planned): readonly Missed[] =>
  arrows
    .filter((arrow) => !taken.has(arrowKey(arrow)))
    .map((arrow) => ({
      name: `${arrow.region}: ${arrow.from} --${arrow.event}--> ${arrow.to} (${arrow.arrow.why.en})`,
      place: placeOf(arrow),
      why: whyNot(arrow, cast),
    }));

/** How much of a plan was walked, and what was not. */
export function report(plan: Planned): string {
  const { name, tour: own, arrows } = plan;
  const left = missed(plan);
  const moves = own.paths.reduce((sum, path) => sum + path.length, 0);
  const lines = left.map((each) => `    ${each.name}\n      ${each.why ?? 'UNEXPLAINED'}`);
  return [
    `${name}: ${arrows.length - left.length} of ${arrows.length} arrows, ${own.paths.length} paths, ${moves} moves; not walked:`,
    ...lines,
  ].join('\n');
}

/** Arrows that are told as not walked and are. */
export function toldInVain({ arrows, cast }: Planned): readonly string[] {
  const left = new Set(arrows.filter((arrow) => !taken.has(arrowKey(arrow))).map(placeOf));
  return Object.keys(notWalked[cast.policy.id] ?? {}).filter((place) => !left.has(place));
}
