import { type CompiledPolicy, compilePolicy } from './compile.js';
import { type EvaluationInput, evaluatePolicy, type PeriodInput } from './evaluate.js';
import { parseFacts } from './facts.js';
import { policyHash } from './hash.js';
import { type MissingFact, missingFacts } from './missing.js';
import { periodOf } from './periods.js';
import { placesAround } from './places.js';
import { type PlanRow, planRows, type Settlement, settlementOf } from './plan-rows.js';
import type { Cite, Facts, PeriodStamp, Policy, Stamp, Terms, Text, Until } from './policy.js';
import { withReaders } from './readers.js';
import { type PolicyRefusal, refuse } from './refusal.js';
import { policies, versionInForce } from './registry.js';
import { conjunction, stampOf } from './stamp.js';
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
import { landmarksIn, lastDay } from './until.js';
import { summaryOf, type Verdict, verdictOf } from './verdict.js';
import { anchorOf } from './window.js';

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
  /** may, may not, cannot be said yet; of the period where one was asked about */
  readonly verdict: Verdict;
  /** the verdict in words, with the clauses that fail or the facts that are missing */
  readonly summary: Text;
  /** null = cannot be said yet, an input is missing */
  readonly eligible: boolean | null;
  readonly inWindow: boolean;
  readonly window: WindowAsked;
  /** what is not known and is still needed, what rules wait for first */
  readonly missing: readonly MissingFact[];
  readonly rules: readonly RuleTrace[];
  readonly amounts: Readonly<Record<string, AmountTrace>>;
  readonly conditions: Readonly<Record<string, ConditionTrace>>;
  readonly plan: readonly PlanRow[];
  readonly settlement: Settlement | null;
  readonly parameters: readonly ParameterTrace[];
  /** whole numbers of the plan: `<claim>.term`, `<claim>.extension` */
  readonly counts?: Stamp['counts'];
  /** what the rules say of the period asked about */
  readonly period?: PeriodStamp;
};

/** The window as it stands under these terms, and the day that must lie in it. */
export type WindowAsked = {
  readonly from: string;
  /** the last day; null = not fixed: none, or a landmark that has not been recorded */
  readonly until: string | null;
  readonly ends: Until | null;
  readonly anchor: 'received' | 'period' | 'fact';
  /** null = not known, or asked of each period */
  readonly day: string | null;
};

/**
 * Dry run with trace of the version in force. Bad input is refused as a value: unknown policy, place or date outside every
 * version, unknown or badly typed fact, a parameter without a value on that day.
 */
export function assess(policyId: string, input: AssessInput): Assessment | PolicyRefusal {
  const inForce = versionInForce(policyId, { ...input, among: policies() });
  return inForce.ok ? assessVersion(inForce.policy, input) : inForce;
}

/** The same for one given version, which must be loaded (see loadPolicy); the date is not checked against its window. */
export function assessVersion(policy: Policy, input: AssessInput): Assessment | PolicyRefusal {
  const facts = factsAsked(policy, input);
  if (!facts.ok) return facts;
  const compiled = compilePolicy(policy);
  const scopes = input.scopes ?? placesAround(input.jurisdiction);
  const terms = resolveTerms(policy, { on: input.on, scopes, ...(input.overrides ? { overrides: input.overrides } : {}) });
  return assessUnder(compiled, { ...facts, terms, on: input.on });
}

/** The same under terms that were promised before: those of a case. */
export function assessCase(
  policy: Policy,
  { terms, ...input }: Pick<AssessInput, 'on' | 'facts' | 'period'> & { readonly terms: Terms },
): Assessment | PolicyRefusal {
  const facts = factsAsked(policy, input);
  return facts.ok ? assessUnder(compilePolicy(policy), { ...facts, terms, on: input.on }) : facts;
}

function assessUnder(compiled: CompiledPolicy, { facts, terms, on, period }: EvaluationInput): Assessment | PolicyRefusal {
  const used = usedParameters(compiled);
  const absent = used.find((key) => !Object.hasOwn(terms, key));
  if (absent !== undefined) return withoutParameter(absent, on);
  return assessment(compiled, { facts, terms, on, ...(period ? { period } : {}) }, used);
}

type FactsAsked = { readonly ok: true; readonly facts: Facts; readonly period?: PeriodInput };

function factsAsked(policy: Policy, { facts, period }: Pick<AssessInput, 'facts' | 'period'>): FactsAsked | PolicyRefusal {
  const parsed = parseFacts(policy, facts, { partial: true });
  if (!parsed.ok) return withReaders(policy, parsed);
  const ofPeriod = Object.keys(parsed.facts).find((name) => policy.facts[name]?.per);
  if (ofPeriod !== undefined) return misplaced(policy, ofPeriod, '', 'period.facts');
  if (!period) return { ok: true, facts: parsed.facts };
  const asked = periodAsked(policy, period);
  return asked.ok ? { ok: true, facts: parsed.facts, period: asked.period } : asked;
}

function periodAsked(
  policy: Policy,
  { id, claim, facts }: NonNullable<AssessInput['period']>,
): { readonly ok: true; readonly period: PeriodInput } | PolicyRefusal {
  const claims = policy.plan.claims ?? [];
  const chosen = claim === undefined && claims.length === 1 ? claims[0] : claims.find((each) => each.id === claim);
  if (!chosen) return unknownClaim(claims.map((each) => each.id));
  if (periodOf(id)?.every !== chosen.every) return malformedPeriod(chosen.every);
  const parsed = parseFacts(policy, facts, { partial: true });
  if (!parsed.ok) return withReaders(policy, parsed, 'period.facts.');
  const ofCase = Object.keys(parsed.facts).find((name) => !policy.facts[name]?.per);
  if (ofCase !== undefined) return misplaced(policy, ofCase, 'period.facts.', 'facts');
  return { ok: true, period: { id, claim: chosen.id, facts: parsed.facts } };
}

const misplaced = (policy: Policy, name: string, under: string, belongs: string): PolicyRefusal =>
  withReaders(
    policy,
    refuse('fact-misplaced', name, `${name} 应填在 ${belongs} 中，未作任何更改。`, `${name} belongs in ${belongs}; nothing was changed.`),
    under,
  );

const malformedPeriod = (every: 'month' | 'quarter'): PolicyRefusal =>
  every === 'month'
    ? refuse('period-malformed', 'period.id', '期间应写成 "2021-01"（按月）。', 'The period must be a month such as "2021-01".')
    : refuse('period-malformed', 'period.id', '期间应写成 "2021-Q1"（按季）。', 'The period must be a quarter such as "2021-Q1".');

const unknownClaim = (claims: readonly string[]): PolicyRefusal =>
  claims.length === 0
    ? refuse('claim-unknown', 'period', '本政策不按期支付，请勿填写期间。', 'The policy pays nothing by period; leave the period out.')
    : refuse('claim-unknown', 'period.claim', `请指明申领项目：${claims.join('、')}。`, `Name the claim: ${claims.join(', ')}.`);

function assessment(compiled: CompiledPolicy, input: EvaluationInput, used: readonly string[]): Assessment {
  const { policy } = compiled;
  const { id, version, jurisdiction, title, cite } = policy;
  const evaluation = evaluatePolicy(compiled, input);
  const stamp = stampOf(compiled, input, evaluation);
  const traced = { compiled, evaluation, ...input };
  const traces = { rules: ruleTraces(traced), amounts: amountTraces(traced), conditions: conditionTraces(traced) };
  const missing = missingFacts(policy, traces, input.period !== undefined);
  const judged = {
    eligible: stamp.period ? both(stamp.eligible, stamp.period.eligible) : stamp.eligible,
    inWindow: stamp.inWindow && (stamp.period?.inWindow ?? true),
    rules: traces.rules.filter((rule) => isAsked(rule, input.period)),
    missing,
    periodsLeft: (policy.plan.claims?.length ?? 0) > 0 && !input.period,
  };
  return {
    ok: true,
    policy: { id, version, jurisdiction, title, cite, hash: policyHash(policy) },
    on: input.on,
    verdict: verdictOf(judged),
    summary: summaryOf(judged),
    eligible: stamp.eligible,
    inWindow: stamp.inWindow,
    window: windowAsked(policy, input),
    missing,
    ...traces,
    plan: planRows(policy, input.terms, stamp),
    settlement: settlementOf(policy, stamp),
    parameters: parameterTraces(policy, input.terms, used),
    ...(stamp.counts ? { counts: stamp.counts } : {}),
    ...(stamp.period ? { period: stamp.period } : {}),
  };
}

const both = (a: boolean | null, b: boolean | null): boolean | null => conjunction([a, b]);

/** Rules of the case, and of the period asked about where they are not another claim's. */
const isAsked = ({ per, claim }: RuleTrace, period: PeriodInput | undefined): boolean =>
  !per || (period !== undefined && (claim === undefined || claim === period.claim));

function windowAsked(policy: Policy, input: EvaluationInput): WindowAsked {
  const { from, until, anchor } = policy.window;
  return {
    from,
    until: lastDay(until, landmarksIn(input.terms)) ?? null,
    ends: until ?? null,
    anchor: typeof anchor === 'object' ? 'fact' : anchor,
    day: anchorOf(policy, input),
  };
}

const withoutParameter = (key: string, on: string): PolicyRefusal =>
  refuse('parameter-missing', key, `参数 ${key} 在 ${on} 没有取值，请先设定。`, `Parameter ${key} has no value on ${on}; set it first.`);
