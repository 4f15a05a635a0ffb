import { BUILT_IN } from './cel.js';
import { FUNCTIONS } from './cel-syntax.js';
import type { PolicyProblem } from './compile.js';
import { duesOf, markLabel, opensOn } from './marks.js';
import type { Policy } from './policy.js';
import { sameShape } from './terms.js';

/** Everything a policy names must exist, and no two things may share a name. */
export function referenceProblems(policy: Policy): PolicyProblem[] {
  return [
    ...nameProblems(policy),
    ...amountProblems(policy),
    ...markProblems(policy),
    ...conditionProblems(policy),
    ...parameterProblems(policy),
    ...windowProblems(policy),
  ];
}

const problem = (path: string, message: string): PolicyProblem => ({ path, message });

function nameProblems(policy: Policy): PolicyProblem[] {
  const names = [
    ...Object.keys(policy.facts),
    ...Object.keys(policy.amounts),
    ...Object.keys(policy.plan.conditions ?? {}),
    ...Object.keys(BUILT_IN),
    ...FUNCTIONS,
  ];
  const payments = [...policy.plan.advances.map(({ id }) => id), ...(policy.plan.remainder ? [policy.plan.remainder.id] : [])];
  return [
    ...twice('names', names),
    ...twice(
      'rules',
      policy.rules.map(({ id }) => id),
    ),
    ...twice('plan.payments', payments),
    ...twice(
      'plan.milestones',
      policy.plan.milestones.map(({ id }) => id),
    ),
    ...twice(
      'funds',
      policy.funds.map(({ code }) => code),
    ),
    ...twice(
      'evidence',
      policy.evidence.map(({ id }) => id),
    ),
  ];
}

const twice = (path: string, names: readonly string[]): PolicyProblem[] =>
  names.filter((name, at) => names.indexOf(name) !== at).map((name) => problem(path, `'${name}' is used twice`));

function amountProblems({ amounts, plan }: Policy): PolicyProblem[] {
  const uses = [
    ...plan.advances.map(({ amount }, at) => [`plan.advances.${at}.amount`, amount] as const),
    ...plan.entitlement.map(({ amount }, at) => [`plan.entitlement.${at}.amount`, amount] as const),
    ...(plan.acceptance?.onFailure ? [['plan.acceptance.onFailure', plan.acceptance.onFailure] as const] : []),
  ];
  return uses.filter(([, name]) => !Object.hasOwn(amounts, name)).map(([path, name]) => problem(path, `no amount is named '${name}'`));
}

function markProblems(policy: Policy): PolicyProblem[] {
  const { plan } = policy;
  const opens = [
    ...plan.advances.flatMap((item, at) =>
      [...item.opens, ...(item.lapsesOn ? [item.lapsesOn] : [])].map((mark) => [`plan.advances.${at}`, mark] as const),
    ),
    ...plan.entitlement.flatMap((item, at) => item.opens.map((mark) => [`plan.entitlement.${at}.opens`, mark] as const)),
  ];
  return [
    ...opens.filter(([, mark]) => !opensOn(plan, mark)).map(([path, mark]) => problem(path, `unknown mark '${mark}'`)),
    ...duesOf(policy)
      .filter(({ due }) => !markLabel(plan, due.from))
      .map(({ path, due }) => problem(`${path}.from`, `unknown mark '${due.from}'`)),
  ];
}

function conditionProblems({ plan }: Policy): PolicyProblem[] {
  const conditions = plan.conditions ?? {};
  const unknown = plan.milestones.flatMap(({ id, requires }) =>
    requires !== undefined && !Object.hasOwn(conditions, requires)
      ? [problem(`plan.milestones.${id}.requires`, `no condition is named '${requires}'`)]
      : [],
  );
  const unlabelled = Object.keys(conditions).filter((name) => !Object.hasOwn(plan.conditionLabels ?? {}, name));
  return [...unknown, ...unlabelled.map((name) => problem(`plan.conditionLabels.${name}`, 'every condition needs a label'))];
}

function parameterProblems(policy: Policy): PolicyProblem[] {
  const counts = duesOf(policy).flatMap(({ path, due }) =>
    typeof due.count === 'object' ? [[`${path}.count`, due.count.parameter] as const] : [],
  );
  const attempts = policy.plan.acceptance?.attempts;
  const uses = typeof attempts === 'object' ? [...counts, ['plan.acceptance.attempts', attempts.parameter] as const] : counts;
  return [
    ...uses.flatMap(([path, key]) => countProblem(policy, path, key)),
    ...policy.parameters
      .filter((item) => !sameShape(item, item.value, false))
      .map(({ key }) => problem(`parameters.${key}`, 'the value cannot be read')),
    ...policy.parameters
      .filter(({ oneOf, value }) => oneOf && !oneOf.some((item) => item.value === value && !item.unsupported))
      .map(({ key }) => problem(`parameters.${key}`, 'the default is not among the values offered')),
    ...twice(
      'parameters',
      policy.parameters.map(({ key, scope, from }) => [key, scope ?? '', from ?? ''].join(' ').trim()),
    ),
  ];
}

function countProblem(policy: Policy, path: string, key: string): PolicyProblem[] {
  const declared = policy.parameters.filter((item) => item.key === key);
  if (declared.length === 0) return [problem(path, `no parameter is named '${key}'`)];
  return declared.every(({ value }) => typeof value === 'number') ? [] : [problem(path, `parameter '${key}' must be a whole number`)];
}

function windowProblems({ window, parameters }: Policy): PolicyProblem[] {
  const spans = [['window', window] as const, ...parameters.map((item) => [`parameters.${item.key}`, item] as const)];
  return spans.flatMap(([path, { from, until }]) => (from && until && until < from ? [problem(path, 'ends before it begins')] : []));
}
