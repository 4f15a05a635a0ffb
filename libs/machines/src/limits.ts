import { type Due, holds, MET_BY, noticeChoice, type Policy, type Terms } from '@tranche/policies';
import type { CaseContext, Limits } from './context.js';

/**
 * Every time limit of a plan under a stable name: `payment:<id>`, `entitlement:<row>`, `claim:<id>`, `notice`, `objection`, `demand`, `repay`;
 * what binds otherwise under the same name and `/otherwise`.
 */
export function dueNames(policy: Policy): Readonly<Record<string, Due>> {
  const known = named.get(policy);
  if (known) return known;
  const { advances, entitlement, notice, recovery, claims = [], expiry } = policy.plan;
  const names = {
    ...Object.fromEntries(advances.map((advance) => [`payment:${advance.id}`, advance.due])),
    ...Object.fromEntries(entitlement.flatMap((row, index) => (row.due ? [[`entitlement:${index}`, row.due]] : []))),
    ...(notice ? { notice: notice.days } : {}),
    ...(notice && 'objectionDecision' in notice ? { objection: notice.objectionDecision } : {}),
    ...(recovery ? { demand: recovery.demand, repay: recovery.repay } : {}),
    ...Object.fromEntries(claims.map((claim) => [`claim:${claim.id}`, claim.due])),
    ...(expiry
      ? { expiry: { count: expiry.months, unit: 'months', from: expiry.after, kind: 'service', cite: expiry.cite } as const }
      : {}),
  };
  const all = Object.fromEntries(Object.entries(names).flatMap(withOtherwise));
  named.set(policy, all);
  return all;
}
function withOtherwise([name, due]: [string, Due]): [string, Due][] {
  return [[name, due], ...(due.otherwise ? withOtherwise([`${name}/otherwise`, due.otherwise]) : [])];
}

/** The name of the limit that binds under these conditions; null while that is not decided, or where none does. */
export function boundName(policy: Policy, name: string, conditions: CaseContext['conditions'] = {}): string | null {
  const due = dueNames(policy)[name];
  if (!due) return null;
  const bound = holds(due.when, conditions);
  if (bound === null) return null;
  return bound ? name : boundName(policy, `${name}/otherwise`, conditions);
}

/** Asked by every clock after every event; a policy never changes. */
const named = new WeakMap<Policy, Readonly<Record<string, Due>>>();

/** Resolves counts that are parameters. Throws when the terms lack one or it is not a whole number ≥ 0: a case must not be opened then. */
export function resolveLimits(policy: Policy, terms: Terms): Limits {
  const attempts = policy.plan.acceptance?.attempts ?? 1;
  const counts = [...Object.entries(dueNames(policy)).map(([name, due]) => [name, whole(due.count, terms)]), ...windowsOf(policy, terms)];
  const notice = noticeChoice(policy, terms);
  return {
    attempts: typeof attempts === 'number' ? attempts : whole({ parameter: attempts.parameter }, terms) + attempts.plus,
    counts: Object.fromEntries(counts),
    ...(notice ? { notice } : {}),
    ...(terms[MET_BY]?.value === 'sent' ? { metBy: 'sent' } : {}),
  };
}

/** Months for which an event that may come at any time is heard: `until:<milestone>`. */
const windowsOf = ({ plan }: Policy, terms: Terms): [string, number][] =>
  plan.milestones.flatMap(({ id, anytime }): [string, number][] =>
    typeof anytime === 'object' ? [[`until:${id}`, whole(anytime.until.months, terms)]] : [],
  );

function whole(count: Due['count'], terms: Terms): number {
  if (typeof count === 'number') return count;
  const value = Number(terms[count.parameter]?.value);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`term ${count.parameter} is not a whole number`);
  return value;
}
