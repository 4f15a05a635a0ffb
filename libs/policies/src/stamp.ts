import { type CompiledPolicy, compilePolicy } from './compile.js';
import { type Evaluation, type EvaluationInput, evaluatePolicy, type Outcome, type PeriodInput } from './evaluate.js';
import { exclusionKeys } from './exclusion-keys.js';
import type { Facts, PeriodStamp, Policy, Problem, Rule, Stamp, Terms } from './policy.js';
import { anchorOf, inWindow, periodInWindow } from './window.js';

/** Stamps of facts and terms that can no longer change, as long as somebody holds them: asked again for every event of a case. */
const known = new WeakMap<Policy, WeakMap<Facts, WeakMap<Terms, Map<string, Stamp>>>>();

/**
 * What the policy's rules say of these facts under these terms, as a frozen JSON value to be stored with the event.
 * `facts` as stored (see parseFacts), `on` = the anchor date (received), `period` = the period claimed by this event, if one is.
 * Same input, same stamp; unknown inputs give null.
 */
export function stamp(policy: Policy, input: EvaluationInput): Stamp {
  const { facts, terms, on } = input;
  if (input.period || !Object.isFrozen(facts) || !Object.isFrozen(terms)) return evaluated(policy, input);
  const ofPolicy = known.get(policy) ?? kept(known, policy, new WeakMap<Facts, WeakMap<Terms, Map<string, Stamp>>>());
  const ofFacts = ofPolicy.get(facts) ?? kept(ofPolicy, facts, new WeakMap<Terms, Map<string, Stamp>>());
  const ofTerms = ofFacts.get(terms) ?? kept(ofFacts, terms, new Map<string, Stamp>());
  return ofTerms.get(on) ?? kept(ofTerms, on, evaluated(policy, input));
}

const evaluated = (policy: Policy, input: EvaluationInput): Stamp => {
  const compiled = compilePolicy(policy);
  return stampOf(compiled, input, evaluatePolicy(compiled, input));
};

function kept<K, V>(into: { set: (key: K, value: V) => unknown }, key: K, value: V): V {
  into.set(key, value);
  return value;
}

/** The stamp that an evaluation amounts to. */
export function stampOf(compiled: CompiledPolicy, input: EvaluationInput, evaluation: Evaluation): Stamp {
  const { policy } = compiled;
  const judged = judge(compiled, evaluation, null);
  return Object.freeze({
    amounts: amountsOf(compiled, evaluation, false),
    conditions: conditionsOf(policy, evaluation),
    eligible: judged.eligible,
    inWindow: inWindow(policy, anchorOf(policy, input), input.terms),
    unmet: judged.unmet,
    ...(judged.problems.length > 0 ? { problems: judged.problems } : {}),
    ...(compiled.policy.plan.claims ? { counts: countsOf(evaluation) } : {}),
    ...(compiled.keys.length > 0 ? { keys: exclusionKeys(compiled, evaluation, input) } : {}),
    ...(input.period ? { period: periodStamp(compiled, evaluation, input, input.period) } : {}),
  });
}

function periodStamp(compiled: CompiledPolicy, evaluation: Evaluation, input: EvaluationInput, { id, claim }: PeriodInput): PeriodStamp {
  const judged = judge(compiled, evaluation, claim ?? '');
  return Object.freeze({
    id,
    claim: claim ?? null,
    amounts: amountsOf(compiled, evaluation, true),
    eligible: judged.eligible,
    inWindow: periodInWindow(compiled.policy, id, input.terms),
    unmet: judged.unmet,
    keys: exclusionKeys(compiled, evaluation, input, input.period),
    ...(judged.problems.length > 0 ? { problems: judged.problems } : {}),
  });
}

type Judged = { readonly eligible: boolean | null; readonly unmet: readonly string[]; readonly problems: readonly Problem[] };

/** The rules of the case (`claim` null), or those of the period of one claim. */
function judge({ policy, named }: CompiledPolicy, evaluation: Evaluation, claim: string | null): Judged {
  const asked = policy.rules.filter((rule) => isAsked(rule, claim));
  const results = asked.map(({ id }) => ({ id, value: knownOf(evaluation.rules.get(id)) as boolean | null }));
  const outcomes = [
    ...named.filter(({ perPeriod }) => perPeriod === (claim !== null)).map(({ id }) => evaluation.named.get(id)),
    ...asked.map(({ id }) => evaluation.rules.get(id)),
  ];
  return {
    eligible: conjunction(results.map(({ value }) => value)),
    unmet: Object.freeze(results.filter(({ value }) => value !== true).map(({ id }) => id)),
    problems: Object.freeze(outcomes.flatMap((outcome) => outcome?.problem ?? [])),
  };
}

const isAsked = (rule: Rule, claim: string | null): boolean =>
  claim === null ? rule.per !== 'period' : rule.per === 'period' && (rule.claim === undefined || rule.claim === claim);

const amountsOf = ({ policy }: CompiledPolicy, { named }: Evaluation, perPeriod: boolean): Stamp['amounts'] =>
  Object.freeze(
    Object.fromEntries(
      Object.entries(policy.amounts)
        .filter(([, { per }]) => (per === 'period') === perPeriod)
        .map(([id]) => [id, fenOrNull(knownOf(named.get(id)))]),
    ),
  );

const conditionsOf = ({ plan }: Policy, { named }: Evaluation): Stamp['conditions'] =>
  Object.freeze(Object.fromEntries(Object.keys(plan.conditions ?? {}).map((id) => [id, knownOf(named.get(id)) as boolean | null])));

const countsOf = ({ counts }: Evaluation): Readonly<Record<string, number | null>> =>
  Object.freeze(Object.fromEntries([...counts].map(([id, { value }]) => [id, typeof value === 'bigint' ? Number(value) : null])));

const knownOf = (outcome: Outcome | undefined): unknown => outcome?.value ?? null;
const fenOrNull = (value: unknown): string | null => (typeof value === 'bigint' ? value.toString() : null);

/** False as soon as one is false; otherwise unknown as long as one is unknown. */
export function conjunction(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}
