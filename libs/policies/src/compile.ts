import type { ParseResult } from '@marcbachmann/cel-js';
import { parseFraction } from '@tranche/money';
import { type Vocabulary, vocabularyOf } from './cel.js';
import { type Reading, readSyntax } from './cel-syntax.js';
import type { Cel, Policy } from './policy.js';

/** One expression, parsed and type-checked once. */
export type Expression = {
  readonly id: string;
  readonly source: Cel;
  readonly reading: Reading;
  readonly evaluate: (context: Readonly<Record<string, unknown>>) => unknown;
};

/** An amount or condition; `valid` guards an amount. */
export type NamedExpression = Expression & { readonly kind: 'amount' | 'condition'; readonly valid?: Expression };

/** A policy ready to be evaluated: built once per policy version and kept as long as the policy is. */
export type CompiledPolicy = {
  readonly policy: Policy;
  readonly vocabulary: Vocabulary;
  /** amounts and conditions, each after everything it names */
  readonly named: readonly NamedExpression[];
  readonly rules: readonly Expression[];
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
  const compile = (path: string, id: string, source: Cel, type: 'int' | 'bool'): Expression | null =>
    expression(vocabulary, problems, { path, id, source, type });
  const named = namedExpressions(policy, compile);
  const rules = policy.rules.flatMap((rule) => compile(`rules.${rule.id}.when`, rule.id, rule.when, 'bool') ?? []);
  const all = [...named.flatMap((item) => [item, ...(item.valid ? [item.valid] : [])]), ...rules];
  const fractionParameters = new Set(
    all.flatMap(({ reading }) => reading.fractions.flatMap((use) => ('parameter' in use ? use.parameter : []))),
  );
  problems.push(...fractionProblems(policy, fractionParameters));
  const ordered = inOrder(named, problems);
  if (problems.length > 0) throw new PolicyError(`${policy.id} ${policy.jurisdiction} ${policy.version}`, problems);
  return { policy, vocabulary, named: ordered, rules, fractionParameters };
}

type Compile = (path: string, id: string, source: Cel, type: 'int' | 'bool') => Expression | null;

function namedExpressions(policy: Policy, compile: Compile): NamedExpression[] {
  const amounts = Object.entries(policy.amounts).flatMap(([id, amount]): NamedExpression[] => {
    const main = compile(`amounts.${id}.fen`, id, amount.fen, 'int');
    const valid = amount.valid ? compile(`amounts.${id}.valid`, id, amount.valid.when, 'bool') : null;
    return main ? [{ ...main, kind: 'amount', ...(valid ? { valid } : {}) }] : [];
  });
  const conditions = Object.entries(policy.plan.conditions ?? {}).flatMap(([id, source]): NamedExpression[] => {
    const main = compile(`plan.conditions.${id}`, id, source, 'bool');
    return main ? [{ ...main, kind: 'condition' }] : [];
  });
  return [...amounts, ...conditions];
}

type Task = { readonly path: string; readonly id: string; readonly source: Cel; readonly type: 'int' | 'bool' };

function expression(vocabulary: Vocabulary, problems: PolicyProblem[], task: Task): Expression | null {
  const parsed = parse(vocabulary, task.source);
  if (typeof parsed === 'string') return report(problems, task.path, [parsed]);
  const reading = readSyntax(parsed.ast);
  if (reading.refused.length > 0) return report(problems, task.path, reading.refused);
  const checked = parsed.check();
  if (!checked.valid) return report(problems, task.path, [firstLine(checked.error)]);
  if (checked.type !== task.type) return report(problems, task.path, [`must be of type ${task.type}, is ${checked.type}`]);
  const malformed = reading.fractions.filter((use) => 'literal' in use && !parseFraction(use.literal).ok);
  if (malformed.length > 0) return report(problems, task.path, [`not a share: ${JSON.stringify(malformed[0])}`]);
  return { id: task.id, source: task.source, reading, evaluate: (context) => parsed(context) };
}

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
