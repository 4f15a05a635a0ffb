import { compilePolicy } from './compile.js';
import { type Evaluation, type EvaluationInput, evaluatePolicy, type Outcome } from './evaluate.js';
import type { Facts, Policy, Problem, Stamp, Terms } from './policy.js';

/** Stamps of facts and terms that can no longer change, as long as somebody holds them: asked again for every event of a case. */
const known = new WeakMap<Policy, WeakMap<Facts, WeakMap<Terms, Map<string, Stamp>>>>();

/**
 * What the policy's rules say of these facts under these terms, as a frozen JSON value to be stored with the event.
 * `facts` as stored (see parseFacts), `on` = the anchor date (received). Same input, same stamp; unknown inputs give null.
 */
export function stamp(policy: Policy, input: EvaluationInput): Stamp {
  const { facts, terms, on } = input;
  if (!Object.isFrozen(facts) || !Object.isFrozen(terms)) return evaluated(policy, input);
  const ofPolicy = known.get(policy) ?? kept(known, policy, new WeakMap<Facts, WeakMap<Terms, Map<string, Stamp>>>());
  const ofFacts = ofPolicy.get(facts) ?? kept(ofPolicy, facts, new WeakMap<Terms, Map<string, Stamp>>());
  const ofTerms = ofFacts.get(terms) ?? kept(ofFacts, terms, new Map<string, Stamp>());
  return ofTerms.get(on) ?? kept(ofTerms, on, evaluated(policy, input));
}

const evaluated = (policy: Policy, input: EvaluationInput): Stamp =>
  stampOf(policy, input.on, evaluatePolicy(compilePolicy(policy), input));

function kept<K, V>(into: { set: (key: K, value: V) => unknown }, key: K, value: V): V {
  into.set(key, value);
  return value;
}

/** The stamp that an evaluation amounts to. */
export function stampOf(policy: Policy, on: string, evaluation: Evaluation): Stamp {
  const { amounts, conditions } = valuesOf(policy, evaluation);
  const results = policy.rules.map(({ id }) => ({ id, value: knownOf(evaluation.rules.get(id)) as boolean | null }));
  const problems = [...evaluation.named.values(), ...evaluation.rules.values()].flatMap(({ problem }): Problem[] =>
    problem ? [problem] : [],
  );
  return Object.freeze({
    amounts: Object.freeze(amounts),
    conditions: Object.freeze(conditions),
    eligible: conjunction(results.map(({ value }) => value)),
    inWindow: inWindow(policy, on),
    unmet: Object.freeze(results.filter(({ value }) => value !== true).map(({ id }) => id)),
    ...(problems.length > 0 ? { problems: Object.freeze(problems) } : {}),
  });
}

function valuesOf(
  policy: Policy,
  { named }: Evaluation,
): { amounts: Record<string, string | null>; conditions: Record<string, boolean | null> } {
  const amounts = Object.keys(policy.amounts).map((id) => [id, fenOrNull(knownOf(named.get(id)))] as const);
  const conditions = Object.keys(policy.plan.conditions ?? {}).map((id) => [id, knownOf(named.get(id)) as boolean | null] as const);
  return { amounts: Object.fromEntries(amounts), conditions: Object.fromEntries(conditions) };
}

const knownOf = (outcome: Outcome | undefined): unknown => outcome?.value ?? null;
const fenOrNull = (value: unknown): string | null => (typeof value === 'bigint' ? value.toString() : null);

/** False as soon as one is false; otherwise unknown as long as one is unknown. */
export function conjunction(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}

/** Does the anchor date lie in the policy's window? Both ends are included. */
export const inWindow = ({ window }: Policy, on: string): boolean =>
  window.from <= on && (window.until === undefined || on <= window.until);
