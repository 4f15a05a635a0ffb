import { EvaluationError } from '@marcbachmann/cel-js';
import { decodeParameter, isList, type RecordClass, type Scalar } from './cel-types.js';
import type { CompiledPolicy, Expression, NamedExpression } from './compile.js';
import { periodOf } from './periods.js';
import type { Facts, Problem, Terms, Text } from './policy.js';
import { StandardMissing } from './standards.js';
import { valueOn } from './until.js';

/** Amounts above this are an error of the input, not money: ten trillion yuan. */
const AMOUNT_MAX = 1_000_000_000_000_000n;

/** A period that is claimed, of which claim, and what was told of it. */
export type PeriodInput = { readonly id: string; readonly claim?: string; readonly facts: Facts };
/** `facts` and `terms` of the case as stored, `on` the day the application was received; `period` only where one is claimed. */
export type EvaluationInput = { readonly facts: Facts; readonly terms: Terms; readonly on: string; readonly period?: PeriodInput };
export type Outcome = { readonly value: unknown; readonly problem?: Problem };
/** Value per amount, condition, rule, count and exclusion; null = not known (an input is missing, or there is a problem). */
export type Evaluation = {
  readonly named: ReadonlyMap<string, Outcome>;
  readonly rules: ReadonlyMap<string, Outcome>;
  readonly counts: ReadonlyMap<string, Outcome>;
  /** in the order of the compiled keys */
  readonly keys: readonly { readonly keys: Outcome; readonly weighs: Outcome | null }[];
};

/**
 * Evaluates everything a policy says about these facts, in dependency order, and never throws for bad input.
 * An expression that reaches an unknown input is unknown; one that does not need it is decided all the same
 * (`false && unknown` is false), as in CEL. What belongs to a period is asked only where one is claimed.
 */
export function evaluatePolicy(compiled: CompiledPolicy, input: EvaluationInput): Evaluation {
  return withoutStacks(() => evaluated(compiled, input));
}

/** What is not known yet comes as an error of the evaluator, many times in an evaluation; collecting their stacks took most of the time. */
function withoutStacks<T>(work: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function evaluated(compiled: CompiledPolicy, input: EvaluationInput): Evaluation {
  const ofCase = contextOf(compiled, input);
  const named = new Map<string, Outcome>();
  name(compiled, false, ofCase, named);
  const ofPeriod = input.period ? periodContext(compiled, input, input.period, ofCase) : null;
  if (ofPeriod) name(compiled, true, ofPeriod, named);
  const ask = (expression: Expression): Outcome => {
    const context = expression.perPeriod ? ofPeriod : ofCase;
    return context ? outcomeOf(expression, context) : NOT_ASKED;
  };
  return {
    named,
    rules: new Map(compiled.rules.map((rule) => [rule.id, ask(rule)])),
    counts: new Map(compiled.counts.map((count) => [count.id, ask(count)])),
    keys: compiled.keys.map(({ keys, weighs }) => ({ keys: ask(keys), weighs: weighs ? ask(weighs) : null })),
  };
}

const NOT_ASKED: Outcome = Object.freeze({ value: null });

/** Works out the amounts and conditions of the case or of the period; each is then known to those after it. */
function name(compiled: CompiledPolicy, perPeriod: boolean, context: Record<string, unknown>, named: Map<string, Outcome>): void {
  for (const item of compiled.named) {
    if (item.perPeriod !== perPeriod) continue;
    const outcome = item.kind === 'amount' ? amountOutcome(compiled, item, context) : outcomeOf(item, context);
    named.set(item.id, outcome);
    if (outcome.value !== null) context[item.id] = outcome.value;
  }
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
  const { first } = expression.reading;
  // the same answer as asking, without an error for each thing that is not known yet
  if (first !== undefined && !Object.hasOwn(context, first)) return NOT_ASKED;
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
  return { receivedOn: on, p: parametersOf(compiled, terms, null), ...decodedFacts(compiled, facts, false) };
}

/** The same for a period: also its own facts and days, and the parameters that follow the table as of its first day. */
function periodContext(
  compiled: CompiledPolicy,
  { terms }: EvaluationInput,
  { id, facts }: PeriodInput,
  ofCase: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const period = periodOf(id);
  if (!period) throw new Error(`no period is called ${JSON.stringify(id)}`);
  return {
    ...ofCase,
    ...decodedFacts(compiled, facts, true),
    period: period.id,
    periodFrom: period.from,
    periodTo: period.to,
    p: parametersOf(compiled, terms, period.from),
  };
}

function decodedFacts(compiled: CompiledPolicy, facts: Facts, perPeriod: boolean): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const [name, fact] of Object.entries(compiled.policy.facts)) {
    if ((fact.per === 'period') !== perPeriod) continue;
    const raw = Object.hasOwn(facts, name) ? facts[name] : fact.otherwise;
    if (raw === undefined || raw === null) continue;
    const row = compiled.vocabulary.rows.get(name);
    decoded[name] =
      isList(fact.type) && row ? decodeRows(row, fact.type.list, raw, fact.booked?.column) : decodeScalar(fact.type as Scalar, raw);
  }
  return decoded;
}

/** Parameters as of the anchor date, or (those that follow their table) as of a day. */
function parametersOf(compiled: CompiledPolicy, terms: Terms, day: string | null): Record<string, unknown> {
  const parameters = new compiled.vocabulary.Parameters();
  for (const key of compiled.vocabulary.parameters.keys()) {
    const value = valueOn(terms, key, day);
    if (value !== undefined) parameters[key] = decodeParameter(key, value);
  }
  return parameters;
}

const decodeScalar = (type: Scalar, raw: unknown): unknown => (type === 'int' ? BigInt(raw as string | number) : raw);

/** `booked`: a column that our own books fill; nothing on the books is nothing. */
function decodeRows(Row: RecordClass, columns: Readonly<Record<string, Scalar>>, raw: unknown, booked?: string): Record<string, unknown>[] {
  return (raw as readonly Record<string, unknown>[]).map((source) => {
    const row = new Row();
    for (const [name, type] of Object.entries(columns)) row[name] = decodeScalar(type, source[name] ?? (name === booked ? 0 : undefined));
    return row;
  });
}
