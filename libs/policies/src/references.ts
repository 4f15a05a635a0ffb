import { beneficiaryProblems, bookedProblems } from './booked-references.js';
import { BUILT_IN, PERIOD_NAMES } from './cel.js';
import { FUNCTIONS } from './cel-syntax.js';
import { choiceProblems } from './choices.js';
import { claimProblems } from './claim-references.js';
import type { PolicyProblem } from './compile.js';
import { branchesOf, nameOf } from './conditions.js';
import { duesOf, markLabel, opensOn } from './marks.js';
import { noticeProblems } from './notice-choice.js';
import { COUNT_MOST } from './plan-schema.js';
import { OWN_AMOUNTS, type Parameter, type ParameterValue, type Policy } from './policy.js';
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
    ...fundProblems(policy),
    ...exclusionProblems(policy),
    ...claimProblems(policy),
    ...noticeProblems(policy),
    ...bookedProblems(policy),
    ...choiceProblems(policy),
    ...beneficiaryProblems(policy),
  ];
}

export const problem = (path: string, message: string): PolicyProblem => ({ path, message });

function nameProblems(policy: Policy): PolicyProblem[] {
  const names = [
    ...Object.keys(policy.facts),
    ...Object.keys(policy.amounts),
    ...Object.keys(policy.plan.conditions ?? {}),
    ...Object.keys(BUILT_IN),
    ...PERIOD_NAMES,
    ...FUNCTIONS,
    ...OWN_AMOUNTS,
  ];
  const { advances, remainder, claims = [], milestones } = policy.plan;
  const payments = [...advances.map(({ id }) => id), ...(remainder ? [remainder.id] : []), ...claims.map(({ id }) => id)];
  return [
    ...twice('names', names),
    ...twice(
      'rules',
      policy.rules.map(({ id }) => id),
    ),
    ...twice('plan.payments', payments),
    ...[...payments, ...milestones.flatMap(({ id, anytime }) => (anytime ? [id] : []))]
      .filter((id) => RESERVED.has(id))
      .map((id) => problem('plan', `'${id}' is a name of the house: choose another`)),
    ...twice(
      'plan.milestones',
      policy.plan.milestones.map(({ id }) => id),
    ),
    ...twice(
      'funds',
      policy.funds.map(({ code, when }) => (when ? `${code} ${when}` : code)),
    ),
    ...twice(
      'evidence',
      policy.evidence.map(({ id }) => id),
    ),
  ];
}

/** Regions every case may have beside its payments. */
const RESERVED: ReadonlySet<string> = new Set([
  'intake',
  'delivery',
  'continuity',
  'expiry',
  'entitlement',
  'publicity',
  'clearance',
  'recovery',
  'refund',
  'corrections',
  'standing',
]);

const twice = (path: string, names: readonly string[]): PolicyProblem[] =>
  names.filter((name, at) => names.indexOf(name) !== at).map((name) => problem(path, `'${name}' is used twice`));

function amountProblems({ amounts, plan }: Policy): PolicyProblem[] {
  const ofCase = [
    ...plan.advances.map(({ amount }, at) => [`plan.advances.${at}.amount`, amount] as const),
    ...plan.entitlement
      .map(({ amount }, at) => [`plan.entitlement.${at}.amount`, amount] as const)
      .filter(([, amount]) => !OWN_AMOUNTS.includes(amount as (typeof OWN_AMOUNTS)[number])),
    ...(plan.remainder?.projection ? [['plan.remainder.projection', plan.remainder.projection] as const] : []),
    ...(plan.acceptance?.onFailure ? [['plan.acceptance.onFailure', plan.acceptance.onFailure] as const] : []),
    ...(plan.ceiling ? [['plan.ceiling.amount', plan.ceiling.amount] as const] : []),
  ];
  const unknown = ofCase.filter(([, name]) => !Object.hasOwn(amounts, name));
  const perPeriod = ofCase.filter(([, name]) => Object.hasOwn(amounts, name) && amounts[name]?.per === 'period');
  return [
    ...unknown.map(([path, name]) => problem(path, `no amount is named '${name}'`)),
    ...perPeriod.map(([path, name]) => problem(path, `'${name}' is an amount of a period`)),
  ];
}

function markProblems(policy: Policy): PolicyProblem[] {
  const { plan } = policy;
  const opens = [
    ...plan.advances.flatMap((item, at) =>
      [...item.opens, ...(item.lapsesOn ? [item.lapsesOn] : [])].map((mark) => [`plan.advances.${at}`, mark] as const),
    ),
    ...plan.entitlement.flatMap((item, at) => item.opens.map((mark) => [`plan.entitlement.${at}.opens`, mark] as const)),
    ...(plan.claims ?? []).flatMap((item, at) => item.opens.map((mark) => [`plan.claims.${at}.opens`, mark] as const)),
    ...(plan.expiry ? [['plan.expiry.after', plan.expiry.after] as const] : []),
    ...plan.milestones.flatMap(({ id, anytime }) =>
      typeof anytime === 'object' ? [[`plan.milestones.${id}.anytime`, anytime.until.after] as const] : [],
    ),
  ];
  return [
    ...opens.filter(([, mark]) => !opensOn(plan, mark)).map(([path, mark]) => problem(path, `unknown mark '${mark}'`)),
    ...duesOf(policy)
      .filter(({ due }) => !markLabel(plan, due.from))
      .map(({ path, due }) => problem(`${path}.from`, `unknown mark '${due.from}'`)),
  ];
}

function conditionProblems({ plan, funds, exclusions, ...policy }: Policy): PolicyProblem[] {
  const conditions = plan.conditions ?? {};
  const named = [
    ...plan.milestones.map(({ id, requires }) => ({ path: `plan.milestones.${id}.requires`, ref: requires })),
    ...branchesOf(plan),
    ...duesOf({ plan, funds, exclusions, ...policy }).map(({ path, due }) => ({ path: `${path}.when`, ref: due.when })),
    ...funds.map(({ code, when }) => ({ path: `funds.${code}.when`, ref: when })),
    ...exclusions.map((item, at) => ({ path: `exclusions.${at}.when`, ref: 'when' in item ? item.when : undefined })),
  ];
  const unknown = named.flatMap(({ path, ref }) =>
    ref !== undefined && !Object.hasOwn(conditions, nameOf(ref)) ? [problem(path, `no condition is named '${nameOf(ref)}'`)] : [],
  );
  const unlabelled = Object.keys(conditions).filter((name) => !Object.hasOwn(plan.conditionLabels ?? {}, name));
  return [...unknown, ...unlabelled.map((name) => problem(`plan.conditionLabels.${name}`, 'every condition needs a label'))];
}

function parameterProblems(policy: Policy): PolicyProblem[] {
  const attempts = policy.plan.acceptance?.attempts;
  const { parameters } = policy;
  const months = policy.plan.expiry?.months;
  return [
    ...duesOf(policy).flatMap(({ path, due }) =>
      typeof due.count === 'object' ? countProblem(policy, `${path}.count`, due.count.parameter, 1) : [],
    ),
    ...(typeof attempts === 'object' ? countProblem(policy, 'plan.acceptance.attempts', attempts.parameter, 0) : []),
    ...(typeof months === 'object' ? countProblem(policy, 'plan.expiry.months', months.parameter, 1) : []),
    ...policy.plan.milestones.flatMap(({ id, anytime }) =>
      typeof anytime === 'object' && typeof anytime.until.months === 'object'
        ? countProblem(policy, `plan.milestones.${id}.anytime`, anytime.until.months.parameter, 1)
        : [],
    ),
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

function windowProblems({ window, parameters, facts }: Policy): PolicyProblem[] {
  const spans = [['window', window] as const, ...parameters.map((item) => [`parameters.${item.key}`, item] as const)];
  const isLandmark = (key: string): boolean => parameters.some((item) => item.key === key && item.landmark);
  const anchor = typeof window.anchor === 'object' ? window.anchor.fact : null;
  return [
    ...spans.flatMap(([path, { from, until }]) => {
      if (typeof until === 'object') return isLandmark(until.landmark) ? [] : [problem(path, `no landmark is named '${until.landmark}'`)];
      return from && until && until < from ? [problem(path, 'ends before it begins')] : [];
    }),
    ...(anchor !== null && facts[anchor]?.type !== 'date'
      ? [problem('window.anchor', `no date among the facts is named '${anchor}'`)]
      : []),
  ];
}

/** Shares are parameters, and either every fund of a branch has one or none has. */
function fundProblems({ funds, parameters }: Policy): PolicyProblem[] {
  const unknown = funds.filter(({ share }) => share !== undefined && !parameters.some(({ key }) => key === share));
  const branches = [...new Set(funds.map(({ when }) => when))];
  const mixed = branches.filter(
    (branch) => new Set(funds.filter(({ when }) => when === branch).map(({ share }) => share === undefined)).size > 1,
  );
  return [
    ...unknown.map(({ code, share }) => problem(`funds.${code}.share`, `no parameter is named '${share}'`)),
    ...mixed.map((branch) => problem('funds', `${branch ?? 'without condition'}: some funds have a share and some have none`)),
  ];
}

function exclusionProblems({ exclusions, facts, parameters, plan }: Policy): PolicyProblem[] {
  return exclusions.flatMap((item, at) => {
    const path = `exclusions.${at}`;
    const unknown = item.switch !== undefined && !parameters.some(({ key, value }) => key === item.switch && typeof value === 'boolean');
    const switches = unknown ? [problem(`${path}.switch`, `no parameter that says yes or no is named '${item.switch}'`)] : [];
    if ('subject' in item) return switches;
    const capped = item.limit !== 1 && (item.excludes !== undefined || item.switch !== undefined);
    const days = typeof item.per === 'object' ? [item.per.from, item.per.until] : [];
    const cap = typeof item.limit === 'object' ? [item.limit.capFen] : [];
    return [
      ...switches,
      ...(capped
        ? [problem(`${path}.limit`, 'under a cap, or counted, cases share as it is; nothing is excluded that could be permitted')]
        : []),
      ...days
        .filter((name) => facts[name]?.type !== 'date')
        .map((name) => problem(`${path}.per`, `no date among the facts is named '${name}'`)),
      ...cap
        .filter((key) => !key.endsWith('Fen') || !parameters.some((parameter) => parameter.key === key))
        .map((key) => problem(`${path}.limit`, `no parameter in fen is named '${key}'`)),
      ...(item.per === 'period' && !plan.claims ? [problem(`${path}.per`, 'the plan pays nothing by period')] : []),
    ];
  });
}
