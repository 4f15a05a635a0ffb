import { EvaluationError } from '@marcbachmann/cel-js';
import { decodeParameter, isList, type RecordClass, type Scalar } from './cel-types.js';
import type { CompiledPolicy, Expression, NamedExpression } from './compile.js';
import type { Facts, Problem, Terms, Text } from './policy.js';
import { StandardMissing } from './standards.js';

/** Amounts above this are an error of the input, not money: ten trillion yuan. */
const AMOUNT_MAX = 1_000_000_000_000_000n;

export type EvaluationInput = { readonly facts: Facts; readonly terms: Terms; readonly on: string };
export type Outcome = { readonly value: unknown; readonly problem?: Problem };
/** Value per amount, condition and rule; null = not known (an input is missing, or there is a problem). */
export type Evaluation = {
  readonly named: ReadonlyMap<string, Outcome>;
  readonly rules: ReadonlyMap<string, Outcome>;
};

/**
 * Evaluates everything a policy says about these facts, in dependency order, and never throws for bad input.
 * An expression that reaches an unknown input is unknown; one that does not need it is decided all the same
 * (`false && unknown` is false), as in CEL.
 */
export function evaluatePolicy(compiled: CompiledPolicy, input: EvaluationInput): Evaluation {
  const context = contextOf(compiled, input);
  const named = new Map<string, Outcome>();
  for (const item of compiled.named) {
    const outcome = item.kind === 'amount' ? amountOutcome(compiled, item, context) : outcomeOf(item, context);
    named.set(item.id, outcome);
    if (outcome.value !== null) context[item.id] = outcome.value;
  }
  return { named, rules: new Map(compiled.rules.map((rule) => [rule.id, outcomeOf(rule, context)])) };
}

function amountOutcome(compiled: CompiledPolicy, item: NamedExpression, context: Record<string, unknown>): Outcome {
  const outcome = outcomeOf(item, context);
  if (typeof outcome.value !== 'bigint') return outcome;
  if (outcome.value < 0n || outcome.value > AMOUNT_MAX) return failed(item.id, 'amount-invalid', OUT_OF_RANGE);
  if (!item.valid) return outcome;
  const guard = outcomeOf(item.valid, context);
  if (guard.value === true) return outcome;
  const reason = compiled.policy.amounts[item.id]?.valid?.reason;
  return guard.value === false && reason ? failed(item.id, 'amount-invalid', reason) : { ...guard, value: null };
}

const OUT_OF_RANGE: Text = {
  zh: '计算结果为负数或过大，请核对所报数据。',
  en: 'The result is negative or far too large; check the facts.',
};
const OVERFLOW: Text = { zh: '计算超出可精确表示的范围，请核对所报数据。', en: 'The calculation leaves the exact range; check the facts.' };

const failed = (id: string, code: Problem['code'], message: Text): Outcome => ({ value: null, problem: { id, code, message } });

function outcomeOf(expression: Expression, context: Readonly<Record<string, unknown>>): Outcome {
  try {
    return { value: expression.evaluate(context) };
  } catch (error) {
    return outcomeOfError(expression.id, error);
  }
}

/** Expected failures become values; anything else is a bug and is thrown on. */
function outcomeOfError(id: string, error: unknown): Outcome {
  const cause = error instanceof EvaluationError && error.cause ? error.cause : error;
  if (cause instanceof StandardMissing) return failed(id, 'standard-missing', standardMissing(cause));
  if (cause instanceof RangeError) return failed(id, 'number-overflow', OVERFLOW);
  if (cause instanceof EvaluationError && cause.code === 'numeric_overflow') return failed(id, 'number-overflow', OVERFLOW);
  if (cause instanceof EvaluationError && UNKNOWN.has(cause.code)) return { value: null };
  throw error;
}

const UNKNOWN: ReadonlySet<string> = new Set(['unknown_variable', 'no_such_key']);

const standardMissing = ({ occupation, level }: StandardMissing): Text => ({
  zh: `补贴标准表中没有职业（工种）“${occupation}”等级“${level}”，请改正或先设定标准。`,
  en: `The table of standards has no occupation "${occupation}" at level "${level}"; correct it, or set the standard first.`,
});

/** What expressions may read: known facts, parameters in force, the anchor date. Unknown things are absent. */
function contextOf(compiled: CompiledPolicy, { facts, terms, on }: EvaluationInput): Record<string, unknown> {
  const context: Record<string, unknown> = { receivedOn: on, p: parametersOf(compiled, terms) };
  for (const [name, fact] of Object.entries(compiled.policy.facts)) {
    const raw = Object.hasOwn(facts, name) ? facts[name] : undefined;
    if (raw === undefined || raw === null) continue;
    const row = compiled.vocabulary.rows.get(name);
    context[name] = isList(fact.type) && row ? decodeRows(row, fact.type.list, raw) : decodeScalar(fact.type as Scalar, raw);
  }
  return context;
}

function parametersOf(compiled: CompiledPolicy, terms: Terms): Record<string, unknown> {
  const parameters = new compiled.vocabulary.Parameters();
  for (const key of compiled.vocabulary.parameters.keys()) {
    const term = Object.hasOwn(terms, key) ? terms[key] : undefined;
    if (term) parameters[key] = decodeParameter(key, term.value);
  }
  return parameters;
}

const decodeScalar = (type: Scalar, raw: unknown): unknown => (type === 'int' ? BigInt(raw as string | number) : raw);

function decodeRows(Row: RecordClass, columns: Readonly<Record<string, Scalar>>, raw: unknown): Record<string, unknown>[] {
  return (raw as readonly Record<string, unknown>[]).map((source) => {
    const row = new Row();
    for (const [name, type] of Object.entries(columns)) row[name] = decodeScalar(type, source[name]);
    return row;
  });
}
