import type { Fact, Policy, Text } from './policy.js';
import type { AmountTrace, ConditionTrace, RuleTrace } from './trace.js';

/** A fact that is not known, and what waits for it. */
export type MissingFact = {
  readonly fact: string;
  readonly label: Text;
  /** who supplies it */
  readonly from: Fact['from'];
  readonly per?: 'period';
  /** ids of the rules, amounts and conditions that cannot be decided without it */
  readonly rules: readonly string[];
  readonly amounts: readonly string[];
  readonly conditions: readonly string[];
};

type Traced = {
  readonly rules: readonly RuleTrace[];
  readonly amounts: Readonly<Record<string, AmountTrace>>;
  readonly conditions: Readonly<Record<string, ConditionTrace>>;
};

/**
 * The facts that what is undecided still needs, those that rules wait for first. `periodAsked` false: what belongs to a period is not
 * missing, nobody asked about one.
 */
export function missingFacts(policy: Policy, traced: Traced, periodAsked: boolean): MissingFact[] {
  const waiting = (name: string): string[] => {
    if (Object.hasOwn(policy.facts, name)) return [name];
    const inner = traced.amounts[name] ?? traced.conditions[name];
    return inner ? inner.missing.flatMap(waiting) : [];
  };
  const undecided = {
    rules: traced.rules.filter(({ result, per }) => result === null && (periodAsked || !per)),
    amounts: Object.entries(traced.amounts).filter(([id, { fen }]) => fen === null && (periodAsked || !policy.amounts[id]?.per)),
    conditions: Object.entries(traced.conditions).filter(([, { result }]) => result === null),
  };
  const needing = (fact: string, missing: readonly string[]): boolean => missing.flatMap(waiting).includes(fact);
  const wanted = new Set(
    [
      ...undecided.rules,
      ...undecided.amounts.map(([, amount]) => amount),
      ...undecided.conditions.map(([, condition]) => condition),
    ].flatMap(({ missing }) => missing.flatMap(waiting)),
  );
  return [...wanted]
    .filter((fact) => periodAsked || !policy.facts[fact]?.per)
    .map((fact): MissingFact => {
      const { label, from, per } = policy.facts[fact]!;
      return {
        fact,
        label,
        from,
        ...(per ? { per } : {}),
        rules: undecided.rules.filter(({ missing }) => needing(fact, missing)).map(({ id }) => id),
        amounts: undecided.amounts.filter(([, { missing }]) => needing(fact, missing)).map(([id]) => id),
        conditions: undecided.conditions.filter(([, { missing }]) => needing(fact, missing)).map(([id]) => id),
      };
    });
}
