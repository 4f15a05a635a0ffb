import type { ParseResult } from '@marcbachmann/cel-js';
import { parseFraction } from '@tranche/money';
import { PERIOD_NAMES, type Vocabulary, vocabularyOf } from './cel.js';
import { type Reading, readSyntax } from './cel-syntax.js';
import { comparedProblems } from './choices.js';
import type { Cel, KeyExclusion, Policy } from './policy.js';

/** One expression, parsed and type-checked once. */
export type Expression = {
  readonly id: string;
  readonly source: Cel;
  readonly reading: Reading;
  /** asked with every claim of a period, not of the case */
  readonly perPeriod: boolean;
  readonly evaluate: (context: Readonly<Record<string, unknown>>) => unknown;
};

/** An amount or condition; `valid` guards an amount. */
export type NamedExpression = Expression & { readonly kind: 'amount' | 'condition'; readonly valid?: Expression };

/** The keys an exclusion takes, and the fen of each where it has a cap. */
export type KeyExpression = { readonly exclusion: KeyExclusion; readonly keys: Expression; readonly weighs?: Expression };

/** A policy ready to be evaluated: built once per policy version and kept as long as the policy is. */
export type CompiledPolicy = {
  readonly policy: Policy;
  readonly vocabulary: Vocabulary;
  /** amounts and conditions, each after everything it names */
  readonly named: readonly NamedExpression[];
  readonly rules: readonly Expression[];
  /** whole numbers of the plan: `<claim>.term`, `<claim>.extension` */
  readonly counts: readonly Expression[];
  readonly keys: readonly KeyExpression[];
  /** parameters that are used as a share or rate */
  readonly fractionParameters: ReadonlySet<string>;
};

/** What is wrong with a policy, and where. */
export type PolicyProblem = { readonly path: string; readonly message: string };

/** A policy that must not be loaded: a bug in the data, with every problem found. */
export class PolicyError extends Error {
  constructor(
    readonly policy: string,
    readonly problems: readonly PolicyProblem[],
  ) {
    super(`policy ${policy} cannot be loaded:\n${problems.map(({ path, message }) => `  ${path}: ${message}`).join('\n')}`);
  }
}

const compiled = new WeakMap<Policy, CompiledPolicy>();

/** Parses and checks every expression of a policy, once per policy value. Throws PolicyError with all problems. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const known = compiled.get(policy);
  if (known) return known;
  const built = build(policy);
  compiled.set(policy, built);
  return built;
}

function build(policy: Policy): CompiledPolicy {
  const problems: PolicyProblem[] = [];
  const vocabulary = vocabularyOf(policy);
  const periodic = new Set(periodNames(policy));
  const compile: Compile = (path, id, source, type, perPeriod = false) =>
    expression(vocabulary, problems, { path, id, source, type, perPeriod, periodic });
  const named = namedExpressions(policy, compile);
  const rules = policy.rules.flatMap((rule) => compile(`rules.${rule.id}.when`, rule.id, rule.when, 'bool', rule.per === 'period') ?? []);
  const counts = countExpressions(policy, compile);
  const keys = keyExpressions(policy, compile);
  const all = [
    ...named.flatMap((item) => [item, ...(item.valid ? [item.valid] : [])]),
    ...rules,
    ...counts,
    ...keys.flatMap((item) => [item.keys, ...(item.weighs ? [item.weighs] : [])]),
  ];
  const fractionParameters = new Set(
    all.flatMap(({ reading }) => reading.fractions.flatMap((use) => ('parameter' in use ? use.parameter : []))),
  );
  for (const { share } of policy.funds) if (share !== undefined) fractionParameters.add(share);
  problems.push(...fractionProblems(policy, fractionParameters), ...comparedProblems(policy, all));
  const ordered = inOrder(named, problems);
  if (problems.length > 0) throw new PolicyError(`${policy.id} ${policy.jurisdiction} ${policy.version}`, problems);
  return { policy, vocabulary, named: ordered, rules, counts, keys, fractionParameters };
}

/** Names that have a value only while a period is claimed. */
export const periodNames = ({ facts, amounts }: Policy): string[] => [
  ...PERIOD_NAMES,
  ...[...Object.entries(facts), ...Object.entries(amounts)].flatMap(([name, { per }]) => (per === 'period' ? [name] : [])),
];

type ResultType = 'int' | 'bool' | 'keys' | 'list<int>';
type Compile = (path: string, id: string, source: Cel, type: ResultType, perPeriod?: boolean) => Expression | null;

function namedExpressions(policy: Policy, compile: Compile): NamedExpression[] {
  const amounts = Object.entries(policy.amounts).flatMap(([id, amount]): NamedExpression[] => {
    const perPeriod = amount.per === 'period';
    const main = compile(`amounts.${id}.fen`, id, amount.fen, 'int', perPeriod);
    const valid = amount.valid ? compile(`amounts.${id}.valid`, id, amount.valid.when, 'bool', perPeriod) : null;
    return main ? [{ ...main, kind: 'amount', ...(valid ? { valid } : {}) }] : [];
  });
  const conditions = Object.entries(policy.plan.conditions ?? {}).flatMap(([id, source]): NamedExpression[] => {
    const main = compile(`plan.conditions.${id}`, id, source, 'bool');
    return main ? [{ ...main, kind: 'condition' }] : [];
  });
  return [...amounts, ...conditions];
}

function countExpressions({ plan }: Policy, compile: Compile): Expression[] {
  return (plan.claims ?? []).flatMap(({ id, term, extension }) =>
    [
      (term && compile(`plan.claims.${id}.term`, `${id}.term`, term.periods, 'int')) ?? [],
      (extension && compile(`plan.claims.${id}.extension`, `${id}.extension`, extension.periods, 'int')) ?? [],
    ].flat(),
  );
}

function keyExpressions(policy: Policy, compile: Compile): KeyExpression[] {
  return policy.exclusions.flatMap((exclusion, at): KeyExpression[] => {
    if ('subject' in exclusion) return [];
    const path = `exclusions.${at}`;
    const perPeriod = exclusion.per === 'period';
    const keys = compile(`${path}.key`, exclusion.group, exclusion.key, 'keys', perPeriod);
    const { limit } = exclusion;
    const weighs =
      typeof limit !== 'object' ? null : compile(`${path}.limit.weighs`, exclusion.group, limit.weighs, 'list<int>', perPeriod);
    return keys ? [{ exclusion, keys, ...(weighs ? { weighs } : {}) }] : [];
  });
}

type Task = {
  readonly path: string;
  readonly id: string;
  readonly source: Cel;
  readonly type: ResultType;
  readonly perPeriod: boolean;
  /** names that belong to a period */
  readonly periodic: ReadonlySet<string>;
};

function expression(vocabulary: Vocabulary, problems: PolicyProblem[], task: Task): Expression | null {
  const parsed = parse(vocabulary, task.source);
  if (typeof parsed === 'string') return report(problems, task.path, [parsed]);
  const reading = readSyntax(parsed.ast);
  if (reading.refused.length > 0) return report(problems, task.path, reading.refused);
  const checked = parsed.check();
  if (!checked.valid) return report(problems, task.path, [firstLine(checked.error)]);
  if (!isOfType(task.type, checked.type)) return report(problems, task.path, [`must be of type ${task.type}, is ${checked.type}`]);
  const malformed = reading.fractions.filter((use) => 'literal' in use && !parseFraction(use.literal).ok);
  if (malformed.length > 0) return report(problems, task.path, [`not a share: ${JSON.stringify(malformed[0])}`]);
  const foreign = task.perPeriod ? undefined : [...reading.names].find((name) => task.periodic.has(name));
  if (foreign !== undefined) return report(problems, task.path, [`'${foreign}' belongs to a period: say per: 'period' here too`]);
  return { id: task.id, source: task.source, reading, perPeriod: task.perPeriod, evaluate: (context) => parsed(context) };
}

const isOfType = (wanted: ResultType, type: string | undefined): boolean =>
  wanted === 'keys' ? type === 'string' || type === 'list<string>' : type === wanted;

function report(problems: PolicyProblem[], path: string, messages: readonly string[]): null {
  problems.push(...messages.map((message) => ({ path, message })));
  return null;
}

/** The parsed expression, or why it is none. */
function parse(vocabulary: Vocabulary, source: Cel): ParseResult | string {
  try {
    return vocabulary.environment.parse(source);
  } catch (error) {
    if (error instanceof Error) return firstLine(error);
    throw error;
  }
}

const firstLine = (error: Error | undefined): string => (error?.message ?? 'not a valid expression').split('\n')[0] ?? '';

function fractionProblems(policy: Policy, keys: ReadonlySet<string>): PolicyProblem[] {
  return policy.parameters.flatMap(({ key, value }, at) =>
    keys.has(key) && !(typeof value === 'string' && parseFraction(value).ok)
      ? [{ path: `parameters.${at}.value`, message: `${key} is used as a share and must be written like '50%' or '2/3'` }]
      : [],
  );
}

/** Sorts so that each expression comes after those it names; a circle is a problem. */
function inOrder(named: readonly NamedExpression[], problems: PolicyProblem[]): NamedExpression[] {
  const byId = new Map(named.map((item) => [item.id, item]));
  const ordered = new Set<NamedExpression>();
  const visit = (item: NamedExpression, above: readonly string[]): void => {
    if (ordered.has(item)) return;
    if (above.includes(item.id)) {
      problems.push({ path: item.id, message: `names itself: ${[...above, item.id].join(' → ')}` });
      return;
    }
    for (const name of namesOf(item)) {
      const inner = byId.get(name);
      if (inner) visit(inner, [...above, item.id]);
    }
    ordered.add(item);
  };
  for (const item of named) visit(item, []);
  return [...ordered];
}

/** Everything an expression and its guard name. */
export const namesOf = (item: Expression & { readonly valid?: Expression }): Set<string> =>
  new Set([...item.reading.names, ...(item.valid?.reading.names ?? [])]);

/** Every parameter an expression and its guard read. */
export const parametersOf = (item: Expression & { readonly valid?: Expression }): Set<string> =>
  new Set([...item.reading.parameters, ...(item.valid?.reading.parameters ?? [])]);
