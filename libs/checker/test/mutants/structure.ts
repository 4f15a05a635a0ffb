import type { CaseContext, Effect } from '@tranche/machines';
import { contested, drifted, edited, keeping, type Mutant, pausing, planned, quick, returning, ruled, truth } from './mutant.js';
import { fen, one, why } from './reading.js';
import { arrows, guarded, guards, inRegion, oneMore, says, unguarded, updates, without } from './variations.js';

const [start, ...laterMilestones] = truth.plan.milestones;
if (!start) throw new Error('the plan has milestones');

export const declared: readonly Mutant[] = [
  planned('a milestone nobody may assert', 'role-missing', quick, { milestones: [{ ...start, by: [] }, ...laterMilestones] }, true),
  edited(
    'an arrow without a reason',
    'description-missing',
    quick,
    arrows('standing', 'active', 'case.held', (arrow) => ({ ...arrow, why: { zh: '', en: '' } })),
    true,
  ),
  ruled(
    'an effect nobody carries out',
    'effect-without-handler',
    quick,
    says(({ closeCase }) => ({ closeCase: (...of) => [...closeCase!(...of), { kind: 'sendTelegram' } as unknown as Effect] })),
    true,
  ),
  edited(
    'a state nothing leads to',
    'unreachable',
    quick,
    inRegion('standing', (region) => ({ ...region, states: { ...region.states, shelved: { label: why } } })),
    true,
  ),
];

export const endings: readonly Mutant[] = [
  edited(
    'an objection after the end of the notice has no exit',
    'dead-end',
    contested,
    (regions) =>
      ['objection.rejected', 'objection.upheld'].reduce(
        (changed, event) =>
          arrows('delivery', 'objected', event, (arrow) =>
            arrow.when?.some(({ type, not }) => type === 'noticeEnded' && !not) ? null : guarded({ type: 'noticeEnded', not: true })(arrow),
          )(changed),
        regions,
      ),
    true,
  ),
  edited(
    'a remainder that never opens',
    'dead-end',
    quick,
    arrows(
      's3',
      'locked',
      'always',
      without(({ to }) => to === 'due'),
    ),
  ),
  edited(
    'what was recovered twice is never given back',
    'dead-end',
    returning,
    arrows(
      'refund',
      'locked',
      'always',
      without(({ to }) => to === 'due'),
    ),
  ),
  ruled('the cap on what is kept after a failure is lost', 'over-commitment', keeping, (rules) => ({
    ...rules,
    guards: { ...rules.guards, keepsLess: { ...one(rules.guards, 'keepsLess'), holds: () => false } },
    updates: { ...rules.updates, loseEntitlement: (context) => ({ entitledBy: -1, entitledFen: context.amounts['onFailure'] ?? '0' }) },
  })),
  ruled(
    'a guard that throws on a repayment that is too much',
    'guard-throws',
    quick,
    guards(({ repaysPart }) => ({
      repaysPart: {
        ...repaysPart!,
        holds: (context, event, ...more) => {
          if (fen(String(event.data['amountFen'])) > fen(context.recovery.demandedFen)) throw new RangeError('more than was demanded');
          return repaysPart!.holds(context, event, ...more);
        },
      },
    })),
    true,
  ),
  edited('a case that holds and releases itself for ever', 'guard-throws', quick, (regions) =>
    oneMore('standing', 'held', 'always', { to: 'active', why })(
      oneMore('standing', 'active', 'always', { to: 'held', when: [{ type: 'approved' }], why })(regions),
    ),
  ),
  ruled(
    'a memory that JSON forgets',
    'replay-differs',
    pausing,
    updates(({ interrupt }) => ({ interrupt: (...of) => ({ ...interrupt!(...of), pausedAt: undefined }) as Partial<CaseContext> })),
    true,
  ),
  drifted('a condition that XState does not know', quick, arrows('recovery', 'due', 'recovery.received', unguarded('repaysPart'))),
  drifted('a state in which only XState listens', quick, oneMore('standing', 'active', 'recovery.received', { to: 'active', why })),
];
