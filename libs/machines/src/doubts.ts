import type { AdvancePayment, Cite, Mark, Milestone, Policy, Text } from '@tranche/policies';
import type { CaseContext } from './context.js';
import { inOrder } from './marks.js';
import { arrivedFen, fen } from './sums.js';

/** A milestone that was verified and opened an advance, and that what is told since no longer proves. */
export type Doubt = {
  readonly milestone: string;
  readonly label: Text;
  /** what would have to hold, in words */
  readonly condition: Text;
  /** what was paid on it and has not come back, decimal fen */
  readonly paidFen: string;
  /** what was requested or sent on it, decimal fen */
  readonly inFlightFen: string;
  /** under which it may have to come back */
  readonly cite: Cite;
};

/** Under which clause an advance comes back; null where nothing of this plan does. */
export const returnCite = ({ plan }: Policy): Cite | null => plan.acceptance?.onFailureCite ?? plan.recovery?.cite ?? null;

/** Milestones whose condition is told anew with every list, in the order in which they follow one another. */
export const provenMilestones = (policy: Policy): readonly Milestone[] => inOrder(policy).filter(({ requires }) => requires !== undefined);

/** The advances that a milestone opens. */
export const advancesOn = ({ plan }: Policy, mark: Mark): readonly AdvancePayment[] =>
  plan.advances.filter(({ opens }) => opens.includes(mark));

/**
 * The milestones in doubt: reached, and their condition is false by now. What is out on them stays out until the assessment fixes what is
 * earned: nothing comes back before that, and nothing is in doubt after it. While nothing is out, the milestone has to be verified again.
 */
export function doubtsOf(policy: Policy, context: CaseContext, conditions: Readonly<Record<string, boolean | null>>): readonly Doubt[] {
  const cite = returnCite(policy);
  if (cite === null || context.entitledFen !== null) return [];
  return provenMilestones(policy).flatMap(({ id, label, requires = '' }) => {
    if (context.reached[id] === undefined || conditions[requires] !== false) return [];
    const opened = advancesOn(policy, id).flatMap((advance) => context.payments[advance.id] ?? []);
    const sum = (of: (payment: (typeof opened)[number]) => bigint): string => opened.reduce((all, each) => all + of(each), 0n).toString();
    return {
      milestone: id,
      label,
      condition: policy.plan.conditionLabels?.[requires] ?? { zh: requires, en: requires },
      paidFen: sum(arrivedFen),
      inFlightFen: sum(({ pendingFen, sentFen }) => fen(pendingFen) + fen(sentFen)),
      cite,
    };
  });
}
