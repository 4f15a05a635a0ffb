import type { Due, Policy, Terms } from '@tranche/policies';
import type { Limits } from './context.js';

/** Every time limit of a plan under a stable name: `payment:<id>`, `entitlement:<row>`, `notice`, `objection`, `demand`, `repay`. */
export function dueNames(policy: Policy): Readonly<Record<string, Due>> {
  const known = named.get(policy);
  if (known) return known;
  const { advances, entitlement, notice, recovery } = policy.plan;
  const names = {
    ...Object.fromEntries(advances.map((advance) => [`payment:${advance.id}`, advance.due])),
    ...Object.fromEntries(entitlement.flatMap((row, index) => (row.due ? [[`entitlement:${index}`, row.due]] : []))),
    ...(notice ? { notice: notice.days } : {}),
    ...(notice?.when === 'beforeRemainder' ? { objection: notice.objectionDecision } : {}),
    ...(recovery ? { demand: recovery.demand, repay: recovery.repay } : {}),
  };
  named.set(policy, names);
  return names;
}
/** Asked by every clock after every event; a policy never changes. */
const named = new WeakMap<Policy, Readonly<Record<string, Due>>>();

/** Resolves counts that are parameters. Throws when the terms lack one or it is not a whole number ≥ 0: a case must not be opened then. */
export function resolveLimits(policy: Policy, terms: Terms): Limits {
  const attempts = policy.plan.acceptance?.attempts ?? 1;
  const counts = Object.entries(dueNames(policy)).map(([name, due]) => [name, whole(due.count, terms)]);
  return {
    attempts: typeof attempts === 'number' ? attempts : whole({ parameter: attempts.parameter }, terms) + attempts.plus,
    counts: Object.fromEntries(counts),
  };
}

function whole(count: Due['count'], terms: Terms): number {
  if (typeof count === 'number') return count;
  const value = Number(terms[count.parameter]?.value);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`term ${count.parameter} is not a whole number`);
  return value;
}
