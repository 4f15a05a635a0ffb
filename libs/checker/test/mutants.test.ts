import { describe, expect, it } from '@jest/globals';
import { caseMachine } from '@tranche/machines';
import type { Policy } from '@tranche/policies';
import { type Bounds, type CheckResult, checkMachine, checkRules, type RuleId } from '../src/index.js';
import { handled } from './handled.js';
import { announcing, choosing, type Mutant, mutantScopes, mutants, published, quick, truth } from './mutants/index.js';

const known = new Map<string, CheckResult>();
const sound = (scope: Bounds, of: Policy): CheckResult => {
  const key = `${of.id} ${scope.id}`;
  const result =
    known.get(key) ?? checkMachine(caseMachine(of), { handlers: handled, scopes: [scope], counts: (rule) => rule !== 'unreachable' });
  known.set(key, result);
  return result;
};
const check = ({ machine, scope, truth: of }: Mutant, counts: (rule: RuleId) => boolean): CheckResult => {
  const judged = machine.policy.plan.milestones.some(({ by }) => by.length === 0) ? machine.policy : of;
  // what the true machine does not reach in a small scope is not asked of a mutant either
  return checkMachine(machine, { handlers: handled, truth: judged, scopes: [scope], counts, beyond: sound(scope, of).unreached });
};

const pairs = [...mutantScopes.map((scope) => [truth, scope] as const), [published, quick] as const, [choosing, announcing] as const];
it.each(pairs.map(([of, scope]) => [of.id, scope.id, of, scope] as const))(
  '%s as it is breaks no rule within the bounds “%s”',
  (_, __, of, scope) => {
    const { found, scopes } = sound(scope, of);
    expect([found?.rule, found?.detail.en, scopes.every(({ complete }) => complete)]).toEqual([undefined, undefined, true]);
  },
);

describe('every mutant is caught by the rule it is meant for', () => {
  it.each(mutants.map((mutant) => [mutant.name, mutant.rule, mutant] as const))('%s: %s', (_, rule, mutant) => {
    const { found } = check(mutant, () => true);
    expect([found?.rule, found?.detail.en]).toEqual([rule, expect.any(String)]);
  });
});

describe('each rule has a mutant that only it catches', () => {
  it('every rule is named by one', () => {
    expect([...new Set(mutants.filter(({ alone }) => alone).map(({ rule }) => rule))].sort()).toEqual(Object.keys(checkRules).sort());
  });

  it.each(mutants.filter(({ alone }) => alone).map((mutant) => [mutant.rule, mutant.name, mutant] as const))(
    'without %s nobody notices: %s',
    (rule, _, mutant) => {
      const { found, scopes } = check(mutant, (other) => other !== rule);
      expect([found?.rule, found?.detail.en, scopes.every(({ complete }) => complete)]).toEqual([undefined, undefined, true]);
    },
  );
});
