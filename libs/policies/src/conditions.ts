import type { ConditionRef, Due, Entitlement, Plan, Stamp } from './policy.js';

/** Conditions as a stamp or a case knows them; null = not known yet. */
export type Conditions = Stamp['conditions'];

/** Does a named condition hold (or with `!` not hold)? No name always holds; null = not known. */
export function holds(ref: ConditionRef | undefined, conditions: Conditions): boolean | null {
  if (ref === undefined) return true;
  const value = conditions[nameOf(ref)] ?? null;
  return value === null ? null : value !== ref.startsWith('!');
}

/** The condition that is meant. */
export const nameOf = (ref: ConditionRef): string => ref.replace(/^!/, '');

/** The limit that binds under these conditions; undefined = none, or not known yet. */
export function boundDue(due: Due | undefined, conditions: Conditions): Due | undefined {
  if (!due) return undefined;
  const bound = holds(due.when, conditions);
  if (bound === null) return undefined;
  return bound ? due : boundDue(due.otherwise, conditions);
}

/** The row of the entitlement that would decide under these conditions; the first while they are not known. */
export const entitlementRow = (plan: Plan, conditions: Conditions): Entitlement | undefined =>
  plan.entitlement.find(({ when }) => holds(when, conditions) === true) ?? plan.entitlement[0];

/** The public notice that payment waits for, if the plan has one. */
export const noticeBefore = ({ notice }: Plan): Extract<Plan['notice'], { when: 'beforeRemainder' }> | undefined =>
  notice?.when === 'beforeRemainder' ? notice : undefined;

/** The public notice after payment, if the plan has one. */
export const noticeAfter = ({ notice }: Plan): Extract<Plan['notice'], { when: 'afterPayment' }> | undefined =>
  notice?.when === 'afterPayment' ? notice : undefined;

/** The public notice whose place the jurisdiction chooses, if the plan leaves it to it. */
export const noticeChosen = ({ notice }: Plan): Extract<Plan['notice'], { when: 'chosen' }> | undefined =>
  notice?.when === 'chosen' ? notice : undefined;

/** Every condition that a plan's branches name, with its place. */
export function branchesOf(plan: Plan): { readonly path: string; readonly ref: ConditionRef }[] {
  const branch = (path: string, ref: ConditionRef | undefined) => (ref === undefined ? [] : [{ path, ref }]);
  return [
    ...plan.advances.flatMap(({ when }, at) => branch(`plan.advances.${at}.when`, when)),
    ...plan.entitlement.flatMap(({ when }, at) => branch(`plan.entitlement.${at}.when`, when)),
    ...(plan.claims ?? []).flatMap(({ when, extension }, at) => [
      ...branch(`plan.claims.${at}.when`, when),
      ...branch(`plan.claims.${at}.extension.when`, extension?.when),
    ]),
    ...branch('plan.expiry.when', plan.expiry?.when),
  ];
}
