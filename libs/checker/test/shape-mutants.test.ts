import { describe, expect, it } from '@jest/globals';
import { type CaseMachine, caseMachine, type Rules } from '@tranche/machines';
import type { Policy } from '@tranche/policies';
import { shapes } from '../../machines/test/shapes.js';
import { type Bounds, checkMachine, type RuleId, scopes, scopesOf } from '../src/index.js';
import { handled } from './handled.js';

const shape = (id: string): Policy => shapes.find((policy) => policy.id === `shape-${id}`)!;
const [relief, venue, screened, reward] = [shape('relief'), shape('venue'), shape('screened'), shape('reward')];
const [offset, monthlyOffset] = [shape('offset'), shape('monthly-offset')];
/** Debts kept back of payments, and payments kept back for debts: the scope of policies that permit it. */
const keptBack = (policy: Policy): Bounds => scopesOf(policy).find(({ id }) => id === 'kept-back')!;
const quick: Bounds = {
  ...scopes.money,
  finals: [0, 2, 4],
  receipts: ['all'],
  overdue: 0,
  bounces: false,
  returns: false,
  branches: true,
  periods: 2,
};
const bouncing: Bounds = { ...quick, bounces: true, periods: 1 };

const ruled = (policy: Policy, name: string, change: (rules: Rules) => Rules): CaseMachine => caseMachine(policy, { name, rules: change });
const guard = (policy: Policy, name: string, type: string, holds: boolean): CaseMachine =>
  ruled(policy, name, (rules) => ({ ...rules, guards: { ...rules.guards, [type]: { ...rules.guards[type]!, holds: () => holds } } }));
const silent = (policy: Policy, name: string, type: string): CaseMachine =>
  ruled(policy, name, (rules) => ({ ...rules, says: { ...rules.says, [type]: () => [] } }));
const lame = (policy: Policy, name: string, type: string): CaseMachine =>
  ruled(policy, name, (rules) => ({ ...rules, updates: { ...rules.updates, [type]: () => ({}) } }));
const without = (policy: Policy, key: 'ceiling' | 'expiry'): CaseMachine => {
  const { [key]: _, ...plan } = policy.plan;
  return caseMachine({ ...policy, plan });
};

/** Mistakes in what only some plans can say, and the rules that must notice them. */
const mutants: readonly (readonly [string, RuleId[], Policy, Bounds, CaseMachine])[] = [
  [
    'a ceiling that nobody looks at',
    ['over-commitment', 'settled-differs'],
    venue,
    { ...quick, corrections: ['fact.corrected'], corrected: 1, smaller: true, periods: 1 },
    without(venue, 'ceiling'),
  ],
  ['a period granted twice', ['unknown-news'], venue, quick, guard(venue, 'twice', 'periodNew', true)],
  [
    'periods after the term',
    ['unknown-news'],
    venue,
    { ...quick, periods: 3 },
    ruled(venue, 'endless', (rules) => {
      const { termUsed, termLeft } = rules.guards;
      const guards = { termUsed: { ...termUsed!, holds: () => false }, termLeft: { ...termLeft!, holds: () => true } };
      return { ...rules, guards: { ...rules.guards, ...guards } };
    }),
  ],
  [
    'a period paid although it is not due',
    ['paid-twice', 'over-commitment', 'guard-throws', 'negative-sum'],
    venue,
    quick,
    guard(venue, 'eager', 'periodDue', true),
  ],
  [
    'a period that bounced stays unpaid',
    ['dead-end', 'books-differ', 'settled-differs'],
    venue,
    bouncing,
    lame(venue, 'lost', 'bouncePeriod'),
  ],
  [
    'a period’s clock runs on after the payment',
    ['deadline-left', 'deadline-confused', 'deadline-unheard'],
    venue,
    quick,
    silent(venue, 'late', 'sayPeriodClockMet'),
  ],
  [
    'a broken contract is heard by nobody',
    ['recovery-differs', 'settled-differs', 'over-commitment', 'paid-after-loss', 'dead-end'],
    relief,
    quick,
    ruled(relief, 'deaf', (rules) => ({
      ...rules,
      updates: {
        ...rules.updates,
        reach: (context, event, params, policy) =>
          params['mark'] === 'broken' ? {} : rules.updates['reach']!(context, event, params, policy),
      },
    })),
  ],
  [
    'everything fixed at once, whatever the branch',
    ['over-commitment', 'settled-differs', 'recovery-differs'],
    relief,
    quick,
    caseMachine({ ...relief, plan: { ...relief.plan, entitlement: relief.plan.entitlement.map(({ when: _, ...row }) => row) } }),
  ],
  [
    'a time that never runs out',
    ['dead-end', 'deadline-unheard', 'unreachable'],
    relief,
    quick,
    guard(relief, 'patient', 'clockRuns', false),
  ],
  [
    'a period that is rescinded and stays granted',
    ['over-commitment', 'recovery-differs', 'settled-differs', 'unknown-news', 'dead-end'],
    venue,
    { ...quick, corrections: ['decision.rescinded'], decisions: ['period'], corrected: 1, periods: 1 },
    lame(venue, 'kept', 'revoke'),
  ],
  [
    'a stop that is rescinded and nobody can claim again',
    ['settled-differs', 'recovery-differs', 'over-commitment', 'dead-end'],
    venue,
    { ...quick, corrections: ['decision.rescinded'], decisions: ['stop'], corrected: 1, periods: 1 },
    lame(venue, 'stopped for good', 'reopenClaim'),
  ],
  [
    'what ended the case by mistake ends it all the same',
    ['recovery-differs', 'settled-differs', 'dead-end'],
    relief,
    { ...quick, corrections: ['decision.rescinded'], decisions: ['milestone'], corrected: 1 },
    lame(relief, 'void for good', 'unreach'),
  ],
  [
    'what was kept back of a period that failed is owed nowhere',
    ['debt-not-restored'],
    monthlyOffset,
    keptBack(monthlyOffset),
    silent(monthlyOffset, 'forgotten', 'restoreDebts'),
  ],
  [
    'kept back, and paid all the same',
    ['books-differ', 'settled-differs', 'over-commitment', 'guard-throws'],
    offset,
    keptBack(offset),
    ruled(offset, 'paid twice', (rules) => ({
      ...rules,
      updates: {
        ...rules.updates,
        keepBack: (context, event) => {
          const payment = String(event.data['payment']);
          const asked = { ...context.payments[payment]!, pendingFen: '0', claimFen: null };
          return { payments: { ...context.payments, [payment]: asked } };
        },
      },
    })),
  ],
  [
    'a debt that is restored and stays paid',
    ['books-differ', 'recovery-differs', 'settled-differs'],
    offset,
    keptBack(offset),
    lame(offset, 'stays paid', 'restoreDebt'),
  ],
  [
    'a refund asked for although its debt is owed again',
    ['over-commitment', 'settled-differs'],
    offset,
    keptBack(offset),
    guard(offset, 'never lessened', 'overdrawn', false),
  ],
  ['a notice that never ends', ['deadline-unheard', 'dead-end'], screened, quick, guard(screened, 'forever', 'noticeEnds', false)],
];

describe('every mistake in what only some plans can say is noticed', () => {
  it.each(mutants.map((mutant) => [mutant[0], mutant] as const))('%s', (_, [, rules, truth, scope, machine]) => {
    const { found } = checkMachine(machine, { handlers: handled, truth, scopes: [scope], counts: (rule) => rule !== 'unreachable' });
    expect(rules).toContain(found?.rule);
  });
  it.each([relief, venue, screened, reward, offset, monthlyOffset].map((policy) => [policy.id, policy] as const))(
    '%s as it is breaks none within the same bounds',
    (_, policy) => {
      for (const scope of [quick, bouncing, ...scopesOf(policy).filter(({ setOffs }) => setOffs)]) {
        const { found } = checkMachine(caseMachine(policy), {
          handlers: handled,
          scopes: [scope],
          counts: (rule) => rule !== 'unreachable',
        });
        expect(found?.rule).toBeUndefined();
      }
    },
  );
});
