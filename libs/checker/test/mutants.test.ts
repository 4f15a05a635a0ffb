import { describe, expect, it } from '@jest/globals';
import { caseMachine } from '@tranche/machines';
import { type Bounds, type CheckResult, checkMachine, checkRules, type RuleId } from '../src/index.js';
import { handled } from './handled.js';
import { type Mutant, mutantScopes, mutants, truth } from './mutants/index.js';

const known = new Map<Bounds, CheckResult>();
const sound = (scope: Bounds): CheckResult => {
  const result =
    known.get(scope) ?? checkMachine(caseMachine(truth), { handlers: handled, scopes: [scope], counts: (rule) => rule !== 'unreachable' });
  known.set(scope, result);
  return result;
};
const check = ({ machine, scope }: Mutant, counts: (rule: RuleId) => boolean): CheckResult => {
  const judged = machine.policy.plan.milestones.some(({ by }) => by.length === 0) ? machine.policy : truth;
  // what the true machine does not reach in a small scope is not asked of a mutant either
  return checkMachine(machine, { handlers: handled, truth: judged, scopes: [scope], counts, beyond: sound(scope).unreached });
};

it.each(mutantScopes.map((scope) => [scope.id, scope] as const))('the true machine breaks no rule within the bounds “%s”', (_, scope) => {
  const { found, scopes } = sound(scope);
  expect([found?.rule, found?.detail.en, scopes.every(({ complete }) => complete)]).toEqual([undefined, undefined, true]);
});

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
