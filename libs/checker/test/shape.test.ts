import { describe, expect, it } from '@jest/globals';
import { type CaseMachine, caseMachine } from '@tranche/machines';
import { type Policy, policies } from '@tranche/policies';
import fc from 'fast-check';
import { shapes } from '../../machines/test/shapes.js';
import { type Bounds, byShape, checkMachine, scopes, shapeOf } from '../src/index.js';

import { handled } from './handled.js';

const quick: Bounds = {
  ...scopes.lateReturns,
  finals: [1],
  receipts: ['all'],
  returns: false,
  corrections: ['fact.corrected'],
  periods: 1,
  oneClaim: true,
};

/** All figures of an exploration: what is reached is told by place, not by name. */
function figures(machine: CaseMachine): unknown {
  const {
    scopes: done,
    found,
    unreached,
  } = checkMachine(machine, {
    handlers: handled,
    scopes: [quick],
    counts: (rule) => rule !== 'unreachable',
  });
  return [
    found?.rule,
    unreached.length,
    done.map(({ states, edges, closed, compared, refusals, reachedStates, reachedArrows }) => [
      [states, edges, closed, compared, refusals, reachedStates.size],
      [...reachedArrows].sort((a, b) => a - b),
    ]),
  ];
}

/** The same plan in other words: every name the policy chose, every label, clause, speaker and length of a limit is another. */
function inOtherWords(policy: Policy, names: ReadonlyMap<string, string>, words: string, count: number): Policy {
  const change = (value: unknown, key = ''): unknown => {
    if (['label', 'cite', 'onFailureCite'].includes(key)) return JSON.parse(JSON.stringify(value).replaceAll(/样例|sample/g, words));
    if (['count', 'months'].includes(key) && typeof value === 'number') return count;
    if (typeof value === 'string')
      return value.replace(/^(!?)(.*)$/, (whole, not, name) => (names.has(name) ? not + names.get(name) : whole));
    if (Array.isArray(value)) return value.map((each) => change(each));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([inner, each]) => [names.get(inner) ?? inner, change(each, inner)]));
  };
  const amounts = Object.fromEntries(Object.entries(policy.amounts).map(([name, amount]) => [names.get(name) ?? name, amount]));
  return {
    ...policy,
    id: `renamed-${policy.id}`,
    plan: change(policy.plan) as Policy['plan'],
    amounts,
    funds: change(policy.funds) as Policy['funds'],
  };
}

/** Names that the machine has a meaning for: a policy that chooses one of them shares its form only with others that do. */
const ofTheMachine = ['payment', 'refund'];

const chosen = ({ plan, amounts }: Policy): readonly string[] => [
  ...new Set([
    ...[...plan.milestones, ...plan.advances, ...(plan.remainder ? [plan.remainder] : []), ...(plan.claims ?? [])].map(({ id }) => id),
    ...Object.keys(plan.conditions ?? {}),
    ...Object.keys(amounts),
  ]),
];

describe('the form of a machine', () => {
  it.each(shapes.map((policy) => [policy.id, policy] as const))(
    '%s: other names and words have the same form, and are explored alike',
    (_, policy) => {
      const own = chosen(policy).filter((name) => !ofTheMachine.includes(name));
      const known = figures(caseMachine(policy));
      const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 8, maxLength: 12 });
      fc.assert(
        fc.property(
          fc.uniqueArray(word, { minLength: own.length, maxLength: own.length }),
          word,
          fc.integer({ min: 1, max: 90 }),
          (names, words, count) => {
            const other = caseMachine(inOtherWords(policy, new Map(own.map((name, at) => [name, names[at]!])), words, count));
            expect(shapeOf(other)).toBe(shapeOf(caseMachine(policy)));
            expect(figures(other)).toEqual(known);
          },
        ),
        { numRuns: 1, endOnFailure: true },
      );
    },
  );

  it('policies of the registry that share one are explored alike, each by itself', () => {
    for (const alike of byShape(policies().map((policy) => caseMachine(policy)))) {
      const [one, other] = [alike[0]!, alike.at(-1)!];
      if (other !== one) expect([other.policy.id, figures(other)]).toEqual([other.policy.id, figures(one)]);
    }
  });

  const [relief, venue] = ['shape-relief', 'shape-venue'].map((id) => shapes.find((policy) => policy.id === id)!) as [Policy, Policy];
  const planned = (policy: Policy, plan: object): Policy => ({ ...policy, plan: { ...policy.plan, ...plan } as Policy['plan'] });
  it.each<readonly [string, Policy, Policy]>([
    ['what happens when a time runs out', relief, planned(relief, { expiry: { ...relief.plan.expiry, outcome: 'void' } })],
    ['no such time', relief, planned(relief, { expiry: undefined })],
    [
      'a limit of the law or of the office',
      relief,
      planned(relief, { advances: relief.plan.advances.map((each) => ({ ...each, due: { ...each.due, kind: 'statutory' } })) }),
    ],
    [
      'when an advance opens',
      relief,
      planned(relief, { advances: relief.plan.advances.map((each) => ({ ...each, opens: ['approved', 'resumed'] })) }),
    ],
    ['the branch of an advance', relief, planned(relief, { advances: relief.plan.advances.map((each) => ({ ...each, when: '!relief' })) })],
    ['whether a milestone voids', relief, planned(relief, { milestones: relief.plan.milestones.map(({ voids: _, ...each }) => each) })],
    ['a ceiling', venue, planned(venue, { ceiling: undefined })],
    ['a term', venue, planned(venue, { claims: venue.plan.claims?.map(({ term: _, ...each }) => each) })],
    [
      'an extension',
      venue,
      planned(venue, { claims: venue.plan.claims?.map((each) => ({ ...each, extension: { periods: '1', times: 2, cite: each.cite } })) }),
    ],
  ])('is another where the plan says something else: %s', (_, one, other) => {
    expect(shapeOf(caseMachine(other))).not.toBe(shapeOf(caseMachine(one)));
  });

  it('nothing is shared by machines that are not of one form', () => {
    expect(() => checkMachine(caseMachine(relief), { handlers: handled, alike: [caseMachine(venue)] })).toThrow('form');
  });
});
