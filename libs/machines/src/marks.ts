import type { Mark, Milestone, Policy, Stamp } from '@tranche/policies';
import type { CaseContext, Heard } from './context.js';

/** True when every mark has its date. */
export const allReached = (context: CaseContext, marks: readonly Mark[]): boolean =>
  marks.every((mark) => context.reached[mark] !== undefined);

/** The day of the event becomes the mark's date. */
export const reach = (context: CaseContext, event: Heard, mark: Mark): Pick<CaseContext, 'reached'> => ({
  reached: { ...context.reached, [mark]: event.on },
});

/** The application still stands: neither rejected nor withdrawn. */
export const stands = (context: CaseContext): boolean =>
  context.reached['rejected'] === undefined && context.reached['withdrawn'] === undefined;

/** Marks of what is carried out, in their order, up to the assessment. */
export const deliveryMarks = (policy: Policy): readonly Mark[] => [...inOrder(policy).map((milestone) => milestone.id), 'accepted'];

/** Milestones that come one after the other. */
export const inOrder = ({ plan }: Policy): readonly Milestone[] => plan.milestones.filter(({ anytime }) => !anytime);

const takenBack: readonly Mark[] = ['approved', 'settled', 'claimsEnded'];
/** Is the entitlement, once fixed, never open again? None of its marks can be taken back. */
export const staysFixed = ({ plan }: Policy): boolean =>
  plan.entitlement.length > 0 && plan.entitlement.every(({ opens }) => !opens.some((mark) => takenBack.includes(mark)));

/** The day of the latest delivery mark reached before `mark` (the latest of all without one), if any. */
export function lastDeliveryDay(context: CaseContext, policy: Policy, before?: Mark): string | null {
  const marks = deliveryMarks(policy);
  const end = before === undefined ? marks.length : marks.indexOf(before);
  return marks.slice(0, end).reduce<string | null>((day, mark) => context.reached[mark] ?? day, null);
}

/** Names of the amounts that advances stand for, and that entitlement rows fix. */
export const advanceAmounts = (policy: Policy): readonly string[] => policy.plan.advances.map((advance) => advance.amount);
export const finalAmounts = (policy: Policy): readonly string[] => [
  ...policy.plan.entitlement.map((row) => row.amount).filter((name) => Object.hasOwn(policy.amounts, name)),
  ...(policy.plan.acceptance?.onFailure ? [policy.plan.acceptance.onFailure] : []),
];

/** Amounts that only an acceptance may fix; without an acceptance in the plan, approval and milestones fix everything. */
export const amountsOfAcceptance = (policy: Policy): readonly string[] => (policy.plan.acceptance ? finalAmounts(policy) : []);

/** Those of these amounts that the stamp does not know. */
export const unknownAmounts = ({ amounts }: Stamp, names: readonly string[]): readonly string[] =>
  names.filter((name) => (amounts[name] ?? null) === null);

/** The stamped amounts that are known, for these names (all names without a list). */
export function knownAmounts(event: Heard, names?: readonly string[]): Readonly<Record<string, string>> {
  const known = Object.entries(event.stamp.amounts).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(names ? known.filter(([name]) => names.includes(name)) : known);
}
