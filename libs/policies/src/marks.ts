import type { Due, Mark, Plan, Policy, Text } from './policy.js';

/** Marks every case has, besides the milestones of its plan. */
const OWN_MARKS: Readonly<Record<string, Text>> = {
  received: { zh: '收到申请', en: 'application received' },
  approved: { zh: '审批通过', en: 'application approved' },
  settled: { zh: '公示期满无异议', en: 'public notice over without open objection' },
  failed: { zh: '未通过验收', en: 'acceptance failed' },
  claimsEnded: { zh: '享受期满或停止', en: 'the term is used up, or the claims were stopped' },
};
/** Marks that deadlines of the case itself count from. */
const CLOCK_MARKS: Readonly<Record<string, Text>> = {
  posted: { zh: '公示发布', en: 'notice posted' },
  raised: { zh: '提出异议', en: 'objection raised' },
  overpaid: { zh: '确定应收回', en: 'recovery established' },
  demanded: { zh: '发出收回通知', en: 'repayment demanded' },
  filed: { zh: '收到本期申领', en: 'claim of the period received' },
};

/** What a mark is called, or undefined where the plan does not know it. */
export function markLabel(plan: Plan, mark: Mark): Text | undefined {
  if (Object.hasOwn(OWN_MARKS, mark)) return OWN_MARKS[mark];
  if (Object.hasOwn(CLOCK_MARKS, mark)) return CLOCK_MARKS[mark];
  return plan.milestones.find(({ id }) => id === mark)?.label;
}

/** Marks that may open a payment or fix an entitlement. */
export const opensOn = (plan: Plan, mark: Mark): boolean => Object.hasOwn(OWN_MARKS, mark) || plan.milestones.some(({ id }) => id === mark);

/** Every time limit of a plan, with its place; what binds otherwise comes after what binds under a condition. */
export function duesOf({ plan }: Policy): { readonly path: string; readonly due: Due }[] {
  const { notice, recovery } = plan;
  return [
    ...plan.advances.map(({ due }, at) => ({ path: `plan.advances.${at}.due`, due })),
    ...plan.entitlement.flatMap(({ due }, at) => (due ? [{ path: `plan.entitlement.${at}.due`, due }] : [])),
    ...(plan.claims ?? []).map(({ due }, at) => ({ path: `plan.claims.${at}.due`, due })),
    ...(notice ? [{ path: 'plan.notice.days', due: notice.days }] : []),
    ...(notice && 'objectionDecision' in notice ? [{ path: 'plan.notice.objectionDecision', due: notice.objectionDecision }] : []),
    ...(recovery
      ? [
          { path: 'plan.recovery.demand', due: recovery.demand },
          { path: 'plan.recovery.repay', due: recovery.repay },
        ]
      : []),
  ].flatMap(withOtherwise);
}

function withOtherwise(item: { readonly path: string; readonly due: Due }): { readonly path: string; readonly due: Due }[] {
  const { otherwise } = item.due;
  return [item, ...(otherwise ? withOtherwise({ path: `${item.path}.otherwise`, due: otherwise }) : [])];
}
