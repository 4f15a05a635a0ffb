import { BUILT_IN } from './cel.js';
import { FUNCTIONS } from './cel-syntax.js';
import type { PolicyProblem } from './compile.js';
import { duesOf, markLabel, opensOn } from './marks.js';
import type { Parameter, ParameterValue, Policy } from './policy.js';
import { COUNT_MOST } from './schema.js';
import { checkChoice, sameShape } from './terms.js';

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
    ...(plan.remainder?.projection ? [['plan.remainder.projection', plan.remainder.projection] as const] : []),
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
  const attempts = policy.plan.acceptance?.attempts;
  const { parameters } = policy;
  return [
    ...duesOf(policy).flatMap(({ path, due }) =>
      typeof due.count === 'object' ? countProblem(policy, `${path}.count`, due.count.parameter, 1) : [],
    ),
    ...(typeof attempts === 'object' ? countProblem(policy, 'plan.acceptance.attempts', attempts.parameter, 0) : []),
    ...parameters
      .filter((item) => !isReadable(item, item.value))
      .map(({ key }) => problem(`parameters.${key}`, 'the default cannot be read or is not among the values allowed')),
    ...twice(
      'parameters',
      parameters.map(({ key, scope, from }) => [key, scope ?? '', from ?? ''].join(' ').trim()),
    ),
  ];
}

const isReadable = (item: Parameter, value: ParameterValue): boolean => sameShape(item, value, false) && checkChoice(item, value) === null;

/** A parameter that counts days or inspections must be a whole number with a range the calendar can count. */
function countProblem({ parameters }: Policy, path: string, key: string, least: number): PolicyProblem[] {
  const declared = parameters.filter((item) => item.key === key);
  if (declared.length === 0) return [problem(path, `no parameter is named '${key}'`)];
  const sound = declared.every(
    ({ value, range }) => typeof value === 'number' && range && range.least >= least && range.most <= COUNT_MOST,
  );
  return sound ? [] : [problem(path, `parameter '${key}' must be a whole number with a range of ${least} to ${COUNT_MOST} at most`)];
}

function windowProblems({ window, parameters }: Policy): PolicyProblem[] {
  const spans = [['window', window] as const, ...parameters.map((item) => [`parameters.${item.key}`, item] as const)];
  return spans.flatMap(([path, { from, until }]) => (from && until && until < from ? [problem(path, 'ends before it begins')] : []));
}
