import { boundDue, entitlementRow, holds, noticeChosen } from './conditions.js';
import { markLabel } from './marks.js';
import type { Cite, Due, Mark, Plan, Policy, RemainderPayment, Stamp, Terms, Text } from './policy.js';

/** A time limit with its count resolved and in words. */
export type Deadline = {
  readonly text: Text;
  readonly count: number;
  readonly unit: Due['unit'];
  readonly from: Mark;
  readonly kind: Due['kind'];
  readonly cite: Cite;
};
/** One payment of the plan. `projected`: the amount assumes that the estimate is earned in full. */
export type PlanRow = {
  readonly payment: string;
  readonly label: Text;
  readonly amountFen: string | null;
  readonly projected: boolean;
  readonly when: Text;
  readonly deadline: Deadline | null;
  readonly cite: Cite;
  /** paid once in each of these */
  readonly every?: 'month' | 'quarter';
};
/** What the final amount means against the advances: either a remainder is paid or an excess is recovered. */
export type Settlement = {
  readonly entitledFen: string;
  readonly advancesFen: string;
  readonly remainderFen: string;
  readonly recoverFen: string;
};

/** The payments of a plan, in order, with amounts as far as the stamp knows them; branches that do not apply are left out. */
export function planRows(policy: Policy, terms: Terms, stamp: Stamp): PlanRow[] {
  const { plan } = policy;
  const advances = plan.advances
    .filter(({ when }) => holds(when, stamp.conditions) !== false)
    .map(({ id, label, amount, opens, due, cite }): PlanRow => {
      const deadline = boundDeadline(plan, terms, due, stamp);
      return {
        payment: id,
        label,
        amountFen: stamp.amounts[amount] ?? null,
        projected: false,
        when: whenText(plan, opens, terms),
        deadline,
        cite,
      };
    });
  const claims = (plan.claims ?? [])
    .filter(({ when }) => holds(when, stamp.conditions) !== false)
    .map(({ id, label, amount, opens, due, every, cite }): PlanRow => {
      const amountFen = stamp.period?.amounts[amount] ?? null;
      return {
        payment: id,
        label,
        amountFen,
        projected: false,
        when: whenText(plan, opens, terms),
        deadline: boundDeadline(plan, terms, due, stamp),
        cite,
        every,
      };
    });
  return [...advances, ...claims, ...(plan.remainder ? [remainderRow(policy, plan.remainder, terms, stamp)] : [])];
}

const boundDeadline = (plan: Plan, terms: Terms, due: Due | undefined, { conditions }: Stamp): Deadline | null => {
  const bound = boundDue(due, conditions);
  return bound ? deadlineOf(plan, terms, bound) : null;
};

function remainderRow(policy: Policy, { id, label, projection, cite }: RemainderPayment, terms: Terms, stamp: Stamp): PlanRow {
  const { plan } = policy;
  const row = entitlementRow(plan, stamp.conditions);
  const settled = settlementOf(policy, stamp);
  const projected = settled === null && projection !== undefined ? settle(policy, stamp, projection) : null;
  return {
    payment: id,
    label,
    amountFen: (settled ?? projected)?.remainderFen ?? null,
    projected: projected !== null,
    when: whenText(plan, row?.opens ?? ['claimsEnded'], terms),
    deadline: boundDeadline(plan, terms, row?.due, stamp),
    cite,
  };
}

/** The final account once the entitlement is known and every advance was paid; null before. */
export const settlementOf = (policy: Policy, stamp: Stamp): Settlement | null =>
  settle(policy, stamp, entitlementRow(policy.plan, stamp.conditions)?.amount ?? '');

function settle({ plan }: Policy, { amounts, conditions }: Stamp, entitlement: string): Settlement | null {
  const entitled = amounts[entitlement] ?? null;
  const advances = plan.advances.filter(({ when }) => holds(when, conditions) !== false).map(({ amount }) => amounts[amount] ?? null);
  if (entitled === null || advances.includes(null)) return null;
  const paid = advances.reduce((total, fen) => total + BigInt(fen ?? 0), 0n);
  const rest = BigInt(entitled) - paid;
  return {
    entitledFen: entitled,
    advancesFen: paid.toString(),
    remainderFen: (rest > 0n ? rest : 0n).toString(),
    recoverFen: (rest < 0n ? -rest : 0n).toString(),
  };
}

function whenText(plan: Plan, opens: readonly Mark[], terms: Terms): Text {
  const before = terms[noticeChosen(plan)?.mode ?? '']?.value === 'before';
  const labels = [...opens.map((mark) => labelOf(plan, mark)), ...(before ? [ANNOUNCED] : [])];
  return { zh: `${labels.map(({ zh }) => zh).join('，且')}`, en: labels.map(({ en }) => en).join(', and ') };
}

const ANNOUNCED: Text = { zh: '拨付前公示期满无异议', en: 'notice before payment over without open objection' };
const labelOf = (plan: Plan, mark: Mark): Text => markLabel(plan, mark) ?? { zh: mark, en: mark };

const UNITS: Readonly<Record<Due['unit'], Text>> = {
  workingDays: { zh: '个工作日', en: 'working days' },
  calendarDays: { zh: '日', en: 'calendar days' },
  months: { zh: '个月', en: 'months' },
};
const KINDS: Readonly<Record<Due['kind'], Text>> = {
  statutory: { zh: '法定', en: 'statutory' },
  service: { zh: '内部', en: 'internal' },
};

/** The count of a time limit under these terms; null where its parameter has no value in them. */
export function countOf({ count }: Due, terms: Terms): number | null {
  const days = typeof count === 'number' ? count : terms[count.parameter]?.value;
  return typeof days === 'number' ? days : null;
}

/** A time limit in words; null where its parameter has no value in these terms. */
export function deadlineOf(plan: Plan, terms: Terms, due: Due): Deadline | null {
  const { unit, from, kind, cite } = due;
  const count = countOf(due, terms);
  if (count === null) return null;
  const mark = labelOf(plan, from);
  const text = {
    zh: `${mark.zh}后${count}${UNITS[unit].zh}内（${KINDS[kind].zh}）`,
    en: `within ${count} ${UNITS[unit].en} after: ${mark.en} (${KINDS[kind].en})`,
  };
  return { text, count, unit, from, kind, cite };
}
