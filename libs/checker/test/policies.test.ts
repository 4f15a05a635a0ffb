import { describe, expect, it } from '@jest/globals';
import { type CaseMachine, caseMachine } from '@tranche/machines';
import { type Policy, policies } from '@tranche/policies';
import { type CheckResult, checkMachine, reportText } from '../src/index.js';
import { handled } from './handled.js';

/** What a machine does, without its words and clauses: two policies of one shape behave alike. */
const shapeOf = ({ regions, policy: { plan, amounts } }: CaseMachine): string =>
  JSON.stringify([regions, plan, Object.keys(amounts)], (key, value) => (wordy.has(key) ? undefined : value));
const wordy = new Set(['label', 'why', 'cite', 'note', 'onFailureCite', 'conditionLabels']);

const shapes = new Map<string, Policy[]>();
for (const policy of policies()) {
  const shape = shapeOf(caseMachine(policy));
  shapes.set(shape, [...(shapes.get(shape) ?? []), policy]);
}

describe.each(
  [...shapes.values()].map((alike) => [alike.map(({ id, jurisdiction }) => `${id} ${jurisdiction}`).join(' = '), alike] as const),
)('%s', (_, alike) => {
  const machine = caseMachine(alike[0]!);
  let result: CheckResult;

  it('keeps every rule within the bounds', () => {
    result = checkMachine(machine, { handlers: handled, clock: () => performance.now() });
    const english = reportText(result, 'en');
    console.log(english);
    expect(result.found).toBeNull();
    expect(result.unreached).toEqual([]);
    expect(result.scopes.every(({ complete, closed }) => complete && closed > 0)).toBe(true);
    expect(result.scopes.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(machine.regions.length * 10);
    expect(result.scopes.reduce((sum, { refusals }) => sum + refusals, 0)).toBeGreaterThan(machine.regions.length * 10);
    expect(english).toContain('checked within these bounds');
    expect(reportText(result, 'zh')).toContain('在此范围内已检查');
    for (const language of ['zh', 'en'] as const) expect(reportText(result, language)).not.toMatch(/prove|证明/i);
  }, 120_000);
});
