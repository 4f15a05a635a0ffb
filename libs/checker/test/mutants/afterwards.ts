import type { CaseContext } from '@tranche/machines';
import {
  announcing,
  byParts,
  choosing,
  edited,
  keptBack,
  type Mutant,
  offset,
  published,
  quick,
  returning,
  ruled,
  truth,
} from './mutant.js';
import { fen, isVoid, one, paid, recovered, why } from './reading.js';
import { arrows, gone, guards, says, undone, updates, without } from './variations.js';

const [first, second] = truth.plan.advances;
if (!first || !second) throw new Error('the plan has two advances');

export const recoveries: readonly Mutant[] = [
  edited(
    'a recovery that is never opened',
    'recovery-differs',
    quick,
    arrows(
      'recovery',
      'none',
      'always',
      without(({ to }) => to === 'due'),
    ),
  ),
  ruled(
    'a demand for one fen too much',
    'recovery-differs',
    byParts,
    says(({ sayRecoveryOpened }) => ({
      sayRecoveryOpened: (...of) =>
        sayRecoveryOpened!(...of).map((effect) =>
          effect.kind === 'openRecovery' ? { ...effect, amountFen: String(BigInt(effect.amountFen) + 1n) } : effect,
        ),
    })),
    true,
  ),
  ruled(
    'what was kept back of a payment that failed is owed nowhere',
    'debt-not-restored',
    keptBack,
    says(() => ({ restoreDebts: () => [] })),
    true,
    offset,
  ),
  edited('a recovery that outlives the excess', 'recovery-differs', returning, arrows('recovery', 'due', 'always', gone)),
  ruled(
    'a recovery while money is still on its way',
    'recovery-differs',
    quick,
    guards(({ overpaid }) => ({
      overpaid: {
        ...overpaid!,
        holds: (context) => context.entitledFen !== null && paid(context) - recovered(context) > fen(context.entitledFen),
      },
    })),
  ),
  ruled(
    'closed while a refund is owed',
    'settled-differs',
    returning,
    guards(({ finished }) => ({
      finished: {
        ...finished!,
        holds: (context, ...more) =>
          finished!.holds(context, ...more) ||
          (isVoid(context) &&
            recovered(context) > paid(context) &&
            context.payments['refund']?.pendingFen === '0' &&
            context.payments['refund']?.sentFen === '0'),
      },
    })),
    true,
  ),
  ruled(
    'closed before its list is published',
    'closed-unpublished',
    quick,
    guards(({ finished }) => ({
      finished: {
        ...finished!,
        holds: (context, ...more) => finished!.holds({ ...context, reached: { ...context.reached, published: '2020-11-25' } }, ...more),
      },
    })),
    true,
    published,
  ),
  ruled(
    'a sum below zero',
    'negative-sum',
    quick,
    updates(({ closeRecovery }) => ({
      closeRecovery: (...of) => ({ ...closeRecovery!(...of), recovery: { no: 0, open: false, demandedFen: '-1' } }),
    })),
    true,
  ),
];

export const deadlines: readonly Mutant[] = [
  edited('a deadline nobody hears', 'deadline-unheard', quick, arrows('s1', '*', 'deadline.passed', gone), true),
  edited(
    'a deadline that a payment does not end',
    'deadline-left',
    quick,
    arrows('s1', 'sent', 'disbursement.settled', undone('sayClockMet', 'stopClock')),
    true,
  ),
  edited(
    'a deadline ended for the world only',
    'deadline-confused',
    returning,
    arrows('s1', 'sent', 'disbursement.settled', undone('stopClock')),
    true,
  ),
  edited('a deadline set again with every event', 'deadline-confused', quick, arrows('s1', 'due', 'always', undone('startClock'))),
  ruled(
    'a legal clock before the application is received',
    'deadline-too-early',
    quick,
    (rules) => {
      const [due, moot, started] = [one(rules.guards, 'clockDue'), one(rules.guards, 'clockMoot'), one(rules.says, 'sayClockStarted')];
      const early = (context: CaseContext, id: string | undefined): boolean =>
        id === 's1' && context.reached['received'] === undefined && context.reached['started'] !== undefined && !isVoid(context);
      return {
        ...rules,
        guards: {
          ...rules.guards,
          clockDue: {
            ...due,
            holds: (context, event, params, policy) =>
              (early(context, params['payment']) && context.clocks['payment:s1'] === undefined) ||
              due.holds(context, event, params, policy),
          },
          clockMoot: {
            ...moot,
            holds: (context, event, params, policy) => !early(context, params['payment']) && moot.holds(context, event, params, policy),
          },
        },
        updates: {
          ...rules.updates,
          startClock: (context, _, params) => ({ clocks: { ...context.clocks, [`payment:${params['payment']}`]: 'running' } }),
        },
        says: {
          ...rules.says,
          sayClockStarted: (context, event, params, policy) =>
            early(context, params['payment'])
              ? [
                  {
                    kind: 'setDeadline',
                    key: 'payment:s1',
                    label: why,
                    from: event.on,
                    count: 10,
                    unit: 'workingDays',
                    deadline: 'statutory',
                    cite: first.cite,
                  },
                ]
              : started(context, event, params, policy),
        },
      };
    },
    true,
  ),
  ruled(
    'a clock that runs on through the notice before payment',
    'clock-through-notice',
    announcing,
    guards(({ clockMoot }) => ({
      clockMoot: { ...clockMoot!, holds: (context, ...more) => clockMoot!.holds(unposted(context), ...more) },
    })),
    true,
    choosing,
  ),
  ruled(
    'paid before the notice that payment waits for is over',
    'paid-unannounced',
    announcing,
    guards(({ opens }) => ({
      opens: { ...opens!, holds: (context, ...more) => opens!.holds(cleared(context), ...more) },
    })),
    true,
    choosing,
  ),
];

const unposted = (context: CaseContext): CaseContext => ({ ...context, notice: { ...context.notice, postedOn: null } });
/** As if the notice were over as soon as it is posted. */
const cleared = (context: CaseContext): CaseContext =>
  context.notice.postedOn === null ? context : { ...context, reached: { ...context.reached, cleared: '2020-11-25' } };
