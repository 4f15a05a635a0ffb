import { PERIOD_NAMES } from './cel.js';
import { type CompiledPolicy, type Expression, namesOf, parametersOf } from './compile.js';
import type { Evaluation, Outcome, PeriodInput } from './evaluate.js';
import { duesOf } from './marks.js';
import { periodOf } from './periods.js';
import type { Cite, Facts, ParameterValue, Policy, Problem, Terms, Text } from './policy.js';

/** What one expression saw and said. `missing` names the inputs that are not known. */
type Seen = {
  readonly expression: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly parameters: readonly string[];
  readonly missing: readonly string[];
  readonly problem?: Problem;
};
/** `per`: asked of a period only, of `claim` alone where it is named. */
export type RuleTrace = Seen & {
  readonly id: string;
  readonly result: boolean | null;
  readonly reason: Text;
  readonly cite: Cite;
  readonly per?: 'period';
  readonly claim?: string;
};
export type AmountTrace = Seen & { readonly fen: string | null; readonly label: Text; readonly cite: Cite; readonly per?: 'period' };
export type ConditionTrace = Seen & { readonly result: boolean | null; readonly label: Text };
/** A parameter value that was used, since when it holds and on what ground. */
export type ParameterTrace = {
  readonly key: string;
  readonly label: Text;
  readonly value: ParameterValue;
  readonly from: string | null;
  readonly scope: string;
  readonly sample: boolean;
  readonly cite: Cite;
};

export type TraceInput = {
  readonly compiled: CompiledPolicy;
  readonly facts: Facts;
  readonly on: string;
  readonly evaluation: Evaluation;
  readonly period?: PeriodInput;
};

/** Every rule with its inputs, result, reason and clause, in the policy's order. */
export const ruleTraces = (input: TraceInput): RuleTrace[] =>
  input.compiled.rules.map((expression, at) => {
    const { id, reason, cite, per, claim } = input.compiled.policy.rules[at]!;
    const outcome = input.evaluation.rules.get(id);
    const result = (outcome?.value ?? null) as boolean | null;
    const when = { ...(per ? { per } : {}), ...(claim === undefined ? {} : { claim }) };
    return { id, result, reason, cite, ...when, ...seen(input, expression, outcome) };
  });

/** Every amount, in the policy's order. */
export const amountTraces = (input: TraceInput): Record<string, AmountTrace> =>
  Object.fromEntries(
    Object.entries(input.compiled.policy.amounts).map(([id, { label, cite, per }]) => {
      const outcome = input.evaluation.named.get(id);
      return [id, { fen: textOf(outcome), label, cite, ...(per ? { per } : {}), ...seen(input, namedOf(input, id), outcome) }];
    }),
  );

/** Every named condition of the plan. */
export const conditionTraces = (input: TraceInput): Record<string, ConditionTrace> =>
  Object.fromEntries(
    Object.keys(input.compiled.policy.plan.conditions ?? {}).map((id) => {
      const outcome = input.evaluation.named.get(id);
      const label = input.compiled.policy.plan.conditionLabels?.[id] ?? { zh: id, en: id };
      return [id, { result: (outcome?.value ?? null) as boolean | null, label, ...seen(input, namedOf(input, id), outcome) }];
    }),
  );

const namedOf = ({ compiled }: TraceInput, id: string): Expression => compiled.named.find((item) => item.id === id)!;

const textOf = (outcome: Outcome | undefined): string | null => (typeof outcome?.value === 'bigint' ? outcome.value.toString() : null);

function seen(input: TraceInput, expression: Expression, outcome: Outcome | undefined): Seen {
  const values = [...namesOf(expression)].map((name) => [name, inputValue(input, name)] as const);
  return {
    expression: expression.source,
    inputs: Object.fromEntries(values.filter(([, value]) => value !== null)),
    parameters: [...parametersOf(expression)],
    missing: values.filter(([, value]) => value === null).map(([name]) => name),
    ...(outcome?.problem ? { problem: outcome.problem } : {}),
  };
}

/** A fact as stored, an amount as fen text, a condition, or the anchor date; null = not known. */
function inputValue({ compiled, facts, on, evaluation, period }: TraceInput, name: string): unknown {
  if (name === 'receivedOn') return on;
  if (period && PERIOD_NAMES.includes(name as (typeof PERIOD_NAMES)[number])) return periodPart(period.id, name);
  const named = evaluation.named.get(name);
  if (named) return typeof named.value === 'bigint' ? named.value.toString() : named.value;
  if (period && Object.hasOwn(period.facts, name)) return period.facts[name];
  return Object.hasOwn(facts, name) ? facts[name] : (compiled.policy.facts[name]?.otherwise ?? null);
}

function periodPart(id: string, name: string): string | null {
  const found = periodOf(id);
  return (found && { period: found.id, periodFrom: found.from, periodTo: found.to }[name]) || null;
}

/** Keys of the parameters that rules, amounts, time limits, inspections and funds use, in the policy's order. */
export function usedParameters({ policy, named, rules, counts, keys }: CompiledPolicy): string[] {
  const { acceptance, expiry, milestones } = policy.plan;
  const asked = [...named, ...rules, ...counts, ...keys.flatMap((item) => [item.keys, ...(item.weighs ? [item.weighs] : [])])];
  const counted = [
    ...duesOf(policy).map(({ due }) => due.count),
    acceptance?.attempts,
    expiry?.months,
    ...milestones.map(({ anytime }) => (typeof anytime === 'object' ? anytime.until.months : undefined)),
  ];
  const used = new Set([
    ...asked.flatMap((item) => [...parametersOf(item)]),
    ...counted.flatMap((count) => (typeof count === 'object' ? [count.parameter] : [])),
    ...policy.funds.flatMap(({ share }) => share ?? []),
    ...policy.exclusions.flatMap((item) => ('limit' in item && typeof item.limit === 'object' ? [item.limit.capFen] : [])),
    ...policy.exclusions.flatMap((item) => item.switch ?? []),
  ]);
  return keysOf(policy).filter((key) => used.has(key));
}

const keysOf = (policy: Policy): string[] => [...new Set(policy.parameters.map(({ key }) => key))];

/** The values in force of the parameters used. Those without a value are left out; the caller refuses before. */
export const parameterTraces = (policy: Policy, terms: Terms, keys: readonly string[]): ParameterTrace[] =>
  keys.flatMap((key): ParameterTrace[] => {
    const term = Object.hasOwn(terms, key) ? terms[key] : undefined;
    const declared = policy.parameters.find((item) => item.key === key);
    if (!term || !declared) return [];
    return [
      {
        key,
        label: declared.label,
        value: term.value,
        from: term.from,
        scope: term.scope,
        sample: isSample(declared, term.value),
        cite: term.cite,
      },
    ];
  });

const isSample = ({ sample, value }: Policy['parameters'][number], inForce: ParameterValue): boolean =>
  sample === true && value === inForce;
