import type { correctingTypes, Decision } from '@tranche/machines';
import { type NoticeChoice, OWN_AMOUNTS, type Policy, type Stamp, type Text } from '@tranche/policies';

/**
 * How far an exploration looks. Amounts are counted in units: the last advance is 1, earlier ones 2, the estimate one more than all of
 * them together, so that a final amount can be nothing, below, equal to, between and above what was advanced.
 */
export type Bounds = {
  readonly id: string;
  readonly label: Text;
  /** final amounts tried, in units */
  readonly finals: readonly number[];
  /** amounts tried that may be kept after a failure, in units */
  readonly keeps: readonly number[];
  /** repayments tried: one unit, all that is open, more than that */
  readonly receipts: readonly ('part' | 'all' | 'beyond')[];
  /** objections open at once */
  readonly objections: number;
  /** clocks that may have run out, with the thing not done, at the same time */
  readonly overdue: number;
  /** payments may bounce, and come back after they arrived */
  readonly bounces: boolean;
  readonly returns: boolean;
  /** applications may be given back, rejected and withdrawn */
  readonly refusals: boolean;
  readonly interruptions: boolean;
  readonly holds: boolean;
  /** recoveries are demanded, repaid late and escalated */
  readonly demands: boolean;
  /** correcting events tried, and how many corrections one case may see */
  readonly corrections: readonly (typeof correctingTypes)[number][];
  readonly corrected: number;
  /** facts may be corrected to a lower estimate, too */
  readonly smaller: boolean;
  /** the conditions some milestones require hold; otherwise those milestones are left out */
  readonly conditions: boolean;
  /** inspections may fail and deliveries be aborted */
  readonly failures: boolean;
  /** payments may be kept back for debts of other cases, where the plan permits it */
  readonly setOffs: boolean;
  /** decisions that may be rescinded */
  readonly decisions: readonly Decision[];
  /** corrections proposed at once */
  readonly proposals: number;
  /** every branch of the plan is gone into; otherwise only all conditions true, and all false */
  readonly branches: boolean;
  /** periods claimed; the term allows two, and one more where it may be extended */
  readonly periods: number;
  /** of several claims only one is ever filed: what they do to one another is gone into elsewhere */
  readonly oneClaim: boolean;
  /** where the jurisdiction chooses its notice: what it chose; otherwise, and when absent, as the defaults have it */
  readonly notice?: NoticeChoice;
  /** exploration stops here and says so */
  readonly maxStates: number;
};

/** One unit of money, 75,000 yuan: stories then read like a class of 300,000. */
export const unitFen = 7_500_000n;
export const inUnits = (units: number): string => String(BigInt(units) * unitFen);

/** Amount names that only an acceptance (or without one, an approval) may fix, and those known from the approval on. */
export function amountNames({ plan, amounts }: Policy): {
  readonly finals: readonly string[];
  readonly keep: string | undefined;
  readonly early: readonly string[];
} {
  const keep = plan.acceptance?.onFailure;
  const own: readonly string[] = OWN_AMOUNTS;
  const finals = [...new Set(plan.entitlement.map((row) => row.amount))].filter((name) => name !== keep && !own.includes(name));
  const ofCase = Object.keys(amounts).filter((name) => amounts[name]?.per !== 'period');
  return { finals, keep, early: ofCase.filter((name) => !finals.includes(name) && name !== keep) };
}

/** Units of that many advances together: the last is 1, the others 2. */
export const advancedUnits = (advances: number): number => (advances === 0 ? 0 : 2 * advances - 1);

/** Units of an estimate and of each advance; `small` is a corrected, lower estimate. */
function unitsOf(policy: Policy, small: boolean): Readonly<Record<string, number>> {
  const advances = policy.plan.advances.map(({ amount }, at, all) => [amount, small || at === all.length - 1 ? 1 : 2] as const);
  const share = advances.reduce((sum, [, units]) => sum + units, 0);
  const rest = amountNames(policy).early.map((name) => [name, share + (small ? 0 : 1)] as const);
  return Object.fromEntries([...rest, ...advances]);
}

/** What the policy's rules would have stamped: everything known and favourable, final amounts as given. */
export function stampOf(policy: Policy, final: number | null, keep: number | null, small = false): Stamp {
  const { finals, keep: keepName } = amountNames(policy);
  const early = Object.entries(unitsOf(policy, small)).map(([name, units]) => [name, inUnits(units)]);
  const late = finals.map((name) => [name, final === null ? null : inUnits(final)]);
  return {
    amounts: Object.fromEntries([...early, ...late, ...(keepName ? [[keepName, keep === null ? null : inUnits(keep)]] : [])]),
    conditions: Object.fromEntries(Object.keys(policy.plan.conditions ?? {}).map((name) => [name, true])),
    eligible: true,
    inWindow: true,
    unmet: [],
    ...(policy.plan.claims ? { counts: termsOf(policy) } : {}),
  };
}

/** Two periods, and one more where the term may be extended: enough for one to wait for another. */
export const termPeriods = 2;
const termsOf = ({ plan }: Policy): Readonly<Record<string, number>> =>
  Object.fromEntries(
    (plan.claims ?? []).flatMap(({ id, term, extension }) => [
      ...(term ? [[`${id}.term`, termPeriods] as const] : []),
      ...(extension ? [[`${id}.extension`, 1] as const] : []),
    ]),
  );

/** What the rules would have stamped of a period: earned; two units in the first, one in the others. */
export function periodStampOf(policy: Policy, claim: string, period: string): Stamp {
  const ofPeriod = Object.keys(policy.amounts).filter((name) => policy.amounts[name]?.per === 'period');
  return {
    ...stampOf(policy, null, null),
    period: {
      id: period,
      claim,
      amounts: Object.fromEntries(ofPeriod.map((name) => [name, inUnits(period.endsWith('1') ? 2 : 1)])),
      eligible: true,
      inWindow: true,
      unmet: [],
      keys: [],
    },
  };
}
