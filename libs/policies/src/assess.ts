import { type CompiledPolicy, compilePolicy } from './compile.js';
import { type EvaluationInput, evaluatePolicy, type PeriodInput } from './evaluate.js';
import { parseFacts } from './facts.js';
import { policyHash } from './hash.js';
import { periodOf } from './periods.js';
import { placesAround } from './places.js';
import { type PlanRow, planRows, type Settlement, settlementOf } from './plan-rows.js';
import type { Cite, PeriodStamp, Policy, Text } from './policy.js';
import { type PolicyRefusal, refuse } from './refusal.js';
import { versionInForce } from './registry.js';
import { stampOf } from './stamp.js';
import { type ParameterOverride, resolveTerms } from './terms.js';
import {
  type AmountTrace,
  amountTraces,
  type ConditionTrace,
  conditionTraces,
  type ParameterTrace,
  parameterTraces,
  type RuleTrace,
  ruleTraces,
  usedParameters,
} from './trace.js';

export type AssessInput = {
  /** the day the application is received */
  readonly on: string;
  readonly jurisdiction: string;
  /** as they came from outside; what is absent is not known yet */
  readonly facts: unknown;
  /** smallest place first; absent = the jurisdiction and the places around it */
  readonly scopes?: readonly string[];
  readonly overrides?: readonly ParameterOverride[];
  /** where the policy pays by period: the period asked about, and what is known of it */
  readonly period?: { readonly id: string; readonly claim?: string; readonly facts: unknown };
};

/** What a policy says of some facts, and why: no case, nothing is kept. JSON-safe. */
export type Assessment = {
  readonly ok: true;
  readonly policy: {
    readonly id: string;
    readonly version: string;
    readonly jurisdiction: string;
    readonly title: Text;
    readonly cite: Cite;
    readonly hash: string;
  };
  readonly on: string;
  /** null = cannot be said yet, an input is missing */
  readonly eligible: boolean | null;
  readonly rules: readonly RuleTrace[];
  readonly amounts: Readonly<Record<string, AmountTrace>>;
  readonly conditions: Readonly<Record<string, ConditionTrace>>;
  readonly plan: readonly PlanRow[];
  readonly settlement: Settlement | null;
  readonly parameters: readonly ParameterTrace[];
  /** what the rules say of the period asked about */
  readonly period?: PeriodStamp;
};

/**
 * Dry run with trace of the version in force. Bad input is refused as a value: unknown policy, place or date outside every
 * version, unknown or badly typed fact, a parameter without a value on that day.
 */
export function assess(policyId: string, input: AssessInput): Assessment | PolicyRefusal {
  const inForce = versionInForce(policyId, input);
  return inForce.ok ? assessVersion(inForce.policy, input) : inForce;
}

/** The same for one given version, which must be loaded (see loadPolicy); the date is not checked against its window. */
export function assessVersion(policy: Policy, input: AssessInput): Assessment | PolicyRefusal {
  const parsed = parseFacts(policy, input.facts, { partial: true });
  if (!parsed.ok) return parsed;
  const period = periodAsked(policy, input);
  if (period && !period.ok) return period;
  const compiled = compilePolicy(policy);
  const scopes = input.scopes ?? placesAround(input.jurisdiction);
  const terms = resolveTerms(policy, { on: input.on, scopes, ...(input.overrides ? { overrides: input.overrides } : {}) });
  const used = usedParameters(compiled);
  const absent = used.find((key) => !Object.hasOwn(terms, key));
  if (absent !== undefined) return withoutParameter(absent, input.on);
  return assessment(compiled, { facts: parsed.facts, terms, on: input.on, ...(period ? { period: period.period } : {}) }, used);
}

function periodAsked(policy: Policy, { period }: AssessInput): { readonly ok: true; readonly period: PeriodInput } | PolicyRefusal | null {
  if (!period) return null;
  if (!periodOf(period.id))
    return refuse(
      'period-malformed',
      'period',
      '期间无法识别，请写成 "2021-01" 或 "2021-Q1"。',
      'The period was not understood; write "2021-01" or "2021-Q1".',
    );
  const parsed = parseFacts(policy, period.facts, { partial: true });
  return parsed.ok ? { ok: true, period: { ...period, facts: parsed.facts } } : parsed;
}

function assessment(compiled: CompiledPolicy, input: EvaluationInput, used: readonly string[]): Assessment {
  const { policy } = compiled;
  const { id, version, jurisdiction, title, cite } = policy;
  const evaluation = evaluatePolicy(compiled, input);
  const stamp = stampOf(compiled, input, evaluation);
  const traced = { compiled, evaluation, ...input };
  return {
    ok: true,
    policy: { id, version, jurisdiction, title, cite, hash: policyHash(policy) },
    on: input.on,
    eligible: stamp.eligible,
    rules: ruleTraces(traced),
    amounts: amountTraces(traced),
    conditions: conditionTraces(traced),
    plan: planRows(policy, input.terms, stamp),
    settlement: settlementOf(policy, stamp),
    parameters: parameterTraces(policy, input.terms, used),
    ...(stamp.period ? { period: stamp.period } : {}),
  };
}

const withoutParameter = (key: string, on: string): PolicyRefusal =>
  refuse('parameter-missing', key, `参数 ${key} 在 ${on} 没有取值，请先设定。`, `Parameter ${key} has no value on ${on}; set it first.`);
