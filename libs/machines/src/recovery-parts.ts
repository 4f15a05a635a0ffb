import { type Part, splitRecovery } from '@tranche/ledger';
import type { CaseSnapshot } from './advance.js';
import type { CaseMachine } from './case-machine.js';
import { dueNames } from './limits.js';
import { standingOf } from './money-standing.js';
import { contextOf } from './snapshot.js';
import { excessFen } from './sums.js';

/** What a demand must say: how much is owed, to which funds, and how long the payee has (from the day of the demand). */
export type DemandTerms = {
  readonly amountFen: bigint;
  readonly parts: readonly Part[];
  readonly count: number;
  readonly unit: 'workingDays' | 'calendarDays' | 'months';
};

/** Null while nothing is owed, or the plan recovers nothing. */
export function demandTerms(machine: CaseMachine, snapshot: CaseSnapshot): DemandTerms | null {
  const context = contextOf(snapshot);
  const due = dueNames(machine.policy)['repay'];
  const count = context.limits.counts['repay'];
  const amountFen = excessFen(context);
  if (!context.recovery.open || !due || count === undefined || amountFen <= 0n) return null;
  return { amountFen, parts: splitRecovery(standingOf(machine.policy, context), amountFen), count, unit: due.unit };
}
