// Rule evaluations per second, policy by policy: everything a version says about one set of facts, nothing remembered from the last time.
// No database: facts and terms of the worked examples, evaluated as an event's stamp is.

import { compilePolicy, dayOf, evaluatePolicy, match, parseFacts, policies, speaksOf, termsOf, workedExamples } from '@tranche/policies';
import { median } from './measure.mjs';

/** One row per policy version: stamps and expressions a second; then one question over all policies at once. */
export function rules({ rounds, seconds }) {
  const share = (seconds * 1000) / Math.max(1, policies().length);
  const rows = policies().flatMap((policy) => {
    const inputs = inputsOf(policy);
    if (inputs.length === 0) return [];
    const compiled = compilePolicy(policy);
    const expressions = compiled.rules.length + compiled.named.length + compiled.counts.length + compiled.keys.length;
    const measured = Array.from({ length: rounds }, () =>
      rateOf((at) => evaluatePolicy(compiled, inputs[at % inputs.length]), Math.max(20, share)),
    );
    const perSecond = median(measured);
    return [
      {
        id: policy.id,
        jurisdiction: `${policy.jurisdiction} ${policy.version}`,
        expressions,
        perSecond,
        evaluations: perSecond * expressions,
      },
    ];
  });
  const asked = { on: '2020-12-01', jurisdiction: 'CN-2102', facts: { payeeKind: 'enterprise' } };
  const matchesPerSecond = median(Array.from({ length: rounds }, () => rateOf(() => match(asked), 500)));
  return { rows, matchMs: 1000 / matchesPerSecond, matched: new Set(policies().map(({ id }) => id)).size };
}

/** Calls a second, after a warm-up of a tenth of the time. */
function rateOf(work, ms) {
  const loop = (forMs) => {
    const began = performance.now();
    let calls = 0;
    for (; performance.now() - began < forMs; calls += 1) work(calls);
    return (calls * 1000) / (performance.now() - began);
  };
  loop(ms / 10);
  return loop(ms);
}

function inputsOf(policy) {
  return workedExamples(policy.id)
    .filter((example) => speaksOf(policy, example))
    .flatMap((example) => {
      const facts = parseFacts(policy, example.facts, { partial: true });
      const { period } = example;
      const told = period && parseFacts(policy, period.facts, { partial: true });
      if (!facts.ok || (told && !told.ok)) return [];
      const claim = period?.claim ?? policy.plan.claims?.[0]?.id;
      return [
        {
          facts: facts.facts,
          terms: termsOf(policy, example),
          on: dayOf(policy, example),
          ...(period ? { period: { id: period.id, claim, facts: told.facts } } : {}),
        },
      ];
    });
}
