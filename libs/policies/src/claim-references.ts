import type { PolicyProblem } from './compile.js';
import type { Policy } from './policy.js';

export const problem = (path: string, message: string): PolicyProblem => ({ path, message });

/** What is paid by period must be computed by period, and something must be payable at all. */
export function claimProblems(policy: Policy): PolicyProblem[] {
  const { plan, amounts, rules, facts } = policy;
  const claims = plan.claims ?? [];
  const ids = claims.map(({ id }) => id);
  const named = [
    ...rules.map(({ id, claim }) => [`rules.${id}.claim`, claim] as const),
    ...policy.exclusions.map((item, at) => [`exclusions.${at}.claim`, 'claim' in item ? item.claim : undefined] as const),
  ];
  const periodic = [
    ...Object.entries(facts).flatMap(([name, { per }]) => (per ? [`facts.${name}`] : [])),
    ...Object.entries(amounts).flatMap(([name, { per }]) => (per ? [`amounts.${name}`] : [])),
    ...rules.flatMap(({ id, per }) => (per ? [`rules.${id}`] : [])),
  ];
  return [
    ...claims.flatMap(({ id, amount }) =>
      amounts[amount]?.per === 'period' ? [] : [problem(`plan.claims.${id}.amount`, `no amount of a period is named '${amount}'`)],
    ),
    ...named.flatMap(([path, id]) => (id !== undefined && !ids.includes(id) ? [problem(path, `no claim is named '${id}'`)] : [])),
    ...(claims.length > 0 ? [] : periodic.map((path) => problem(path, 'the plan pays nothing by period'))),
    ...paymentProblems(policy),
  ];
}

function paymentProblems({ plan }: Policy): PolicyProblem[] {
  const nothing = plan.advances.length === 0 && !plan.remainder && !plan.claims;
  const uncertain = plan.entitlement.length === 0 && !plan.claims;
  return [
    ...(nothing ? [problem('plan', 'pays nothing: it needs an advance, a remainder or a claim')] : []),
    ...(uncertain ? [problem('plan.entitlement', 'nothing fixes the final amount')] : []),
    ...(plan.recovery
      ? []
      : [problem('plan.recovery', 'an approval may be rescinded once money is out: the plan must say how it comes back')]),
  ];
}
