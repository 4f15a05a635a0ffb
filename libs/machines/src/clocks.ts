import { holds, type Policy, type Text } from '@tranche/policies';
import type { CaseContext, ClockPause, Heard } from './context.js';
import type { Effect } from './effects.js';
import { boundName, dueNames } from './limits.js';
import { isVoid, lost } from './sums.js';

/** A clock of the plan set on a day: the effect that starts it. `name` is one of `dueNames`. Throws on an unknown name. */
export function startOf(context: CaseContext, policy: Policy, name: string, key: string, from: string, label: Text): Effect {
  const due = dueNames(policy)[name];
  const count = context.limits.counts[name];
  if (!due || count === undefined) throw new Error(`no time limit ${name} in this plan`);
  const paused = ofPayment.test(name) ? pausesAfter(context, from) : [];
  const start = { kind: 'setDeadline', key, label, from, count, unit: due.unit, deadline: due.kind, cite: due.cite } as const;
  return paused.length > 0 ? { ...start, paused } : start;
}

/** Limits of payments; those of notices, objections and recoveries never stand still. */
const ofPayment = /^(payment|entitlement|claim):/;
const pausesAfter = ({ pauses = [] }: CaseContext, from: string): readonly ClockPause[] => pauses.filter(({ until }) => until > from);

/** Does a notice before payment run during which the clocks of payments stand still? */
export const standsStill = ({ limits, notice }: CaseContext): boolean =>
  limits.notice?.mode === 'before' && limits.notice.pauses && notice.postedOn !== null;

/** This clock stands still now. One whose last day has passed does not: what is late stays late. */
export const isStill = (context: CaseContext, key: string): boolean => standsStill(context) && context.clocks[key] !== 'passed';

/** The notice is over or withdrawn on this day: from the next day on the clocks count again. */
export function countedAgain(context: CaseContext, on: string): Pick<CaseContext, 'pauses'> | Record<string, never> {
  const { postedOn } = context.notice;
  if (!standsStill(context) || postedOn === null || on < postedOn) return {};
  return { pauses: [...(context.pauses ?? []), { from: postedOn, until: on }] };
}

export const withClock = (context: CaseContext, key: string, state: 'running' | 'passed'): Pick<CaseContext, 'clocks'> => ({
  clocks: { ...context.clocks, [key]: state },
});
export const withoutClocks = (context: CaseContext, ...keys: readonly string[]): Pick<CaseContext, 'clocks'> => ({
  clocks: Object.fromEntries(Object.entries(context.clocks).filter(([key]) => !keys.includes(key))),
});

/**
 * The end of each of these clocks that is set, because the thing is no longer wanted: `cancelDeadline` while it runs.
 * A clock whose last day has passed is not forgotten: it ends on this day, too late.
 */
export const cancelled = (context: CaseContext, on: string, ...keys: readonly string[]): readonly Effect[] =>
  keys.flatMap((key): readonly Effect[] => {
    if (context.clocks[key] === undefined) return [];
    return [context.clocks[key] === 'running' ? { kind: 'cancelDeadline', key } : { kind: 'meetDeadline', key, on }];
  });
/** `meetDeadline` for each of these clocks that is set. */
export const met = (context: CaseContext, on: string, ...keys: readonly string[]): readonly Effect[] =>
  keys.filter((key) => context.clocks[key]).map((key) => ({ kind: 'meetDeadline', key, on }));

/** The day a payment's limit is held against: that of its arrival, or where the terms say so that on which the bank was given it. */
export const paidDay = ({ limits }: CaseContext, { data }: Heard): string =>
  String((limits.metBy === 'sent' ? data['sentOn'] : undefined) ?? data['paidOn']);

/** Deadline key of a payment. */
export const paymentKey = (id: string): string => `payment:${id}`;

/**
 * Where a payment's clock comes from and the day it counts from; `null` while there is nothing to count:
 * the mark is not reached, the application is not (or no longer) in the office's hands, or a notice runs for which it stands still.
 */
export function paymentClock(context: CaseContext, id: string, policy: Policy): { readonly name: string; readonly from: string } | null {
  if (context.reached['received'] === undefined || isVoid(context) || lost(context, policy)) return null;
  if (isStill(context, paymentKey(id))) return null;
  const first = id === policy.plan.remainder?.id ? remainderLimit(context, policy) : paymentKey(id);
  const name = boundName(policy, first, context.conditions);
  const from = name === null ? undefined : context.reached[dueNames(policy)[name]?.from ?? ''];
  return name !== null && from !== undefined ? { name, from } : null;
}

/** The limit of the row that decided; before that, of the row that would, where it counts from the application itself. */
function remainderLimit(context: CaseContext, policy: Policy): string {
  if (context.entitledFen !== null) return `entitlement:${context.entitledBy ?? -1}`;
  const row = policy.plan.entitlement.findIndex(({ when }) => holds(when, context.conditions ?? {}) === true);
  return policy.plan.entitlement[row]?.due?.from === 'received' ? `entitlement:${row}` : 'none';
}
