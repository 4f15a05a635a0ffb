import { describe, expect, it } from '@jest/globals';
import {
  type CompiledPolicy,
  compilePolicy,
  dayOf,
  type EvaluationInput,
  evaluatePolicy,
  parseFacts,
  policies,
  speaksOf,
  termsOf,
  workedExamples,
} from '@tranche/policies';

/** The same policy, asked without the short way past what is not known. */
function theLongWay(compiled: CompiledPolicy): CompiledPolicy {
  const long = <T extends CompiledPolicy['rules'][number]>({ reading: { first: _, ...reading }, ...item }: T) =>
    ({ ...item, reading }) as unknown as T;
  return {
    ...compiled,
    named: compiled.named.map((item) => ({ ...long(item), ...(item.valid ? { valid: long(item.valid) } : {}) })),
    rules: compiled.rules.map(long),
    counts: compiled.counts.map(long),
    keys: compiled.keys.map((item) => ({ ...item, keys: long(item.keys), ...(item.weighs ? { weighs: long(item.weighs) } : {}) })),
  };
}

const said = (compiled: CompiledPolicy, input: EvaluationInput): unknown => {
  const { named, rules, counts, keys } = evaluatePolicy(compiled, input);
  return JSON.parse(
    JSON.stringify([[...named], [...rules], [...counts], keys], (_, value) => (typeof value === 'bigint' ? `${value}n` : value)),
  );
};

describe('what is not known yet', () => {
  it('is passed over with the very answer that asking gives, in every policy, whichever fact is missing', () => {
    let compared = 0;
    for (const policy of policies()) {
      const [short, long] = [compilePolicy(policy), theLongWay(compilePolicy(policy))];
      for (const example of workedExamples(policy.id)
        .filter((each) => speaksOf(policy, each))
        .slice(0, 6)) {
        const parsed = parseFacts(policy, example.facts, { partial: true });
        if (!parsed.ok) throw new Error(parsed.message.en);
        const base = { terms: termsOf(policy, example), on: dayOf(policy, example) };
        const names = Object.keys(parsed.facts);
        for (const dropped of [null, ...names]) {
          const facts = Object.fromEntries(Object.entries(parsed.facts).filter(([name]) => name !== dropped));
          const period = example.period && { ...example.period, facts: {} };
          const input = { ...base, facts, ...(period ? { period } : {}) };
          expect([policy.id, dropped, said(short, input)]).toEqual([policy.id, dropped, said(long, input)]);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});
