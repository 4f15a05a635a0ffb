import { describe, expect, it } from '@jest/globals';
import { caseMachine } from '@tranche/machines';
import { shapes } from '../../machines/test/shapes.js';
import { checkMachine, reportText } from '../src/index.js';
import { handled } from './handled.js';

/** Whatever a plan can say, subsidy or not: each shape is looked at in its own right. */
describe.each(shapes.map((policy) => [policy.id, policy] as const))('%s', (_, policy) => {
  it('keeps every rule within the bounds', () => {
    const result = checkMachine(caseMachine(policy), { handlers: handled, clock: () => performance.now() });
    console.log(reportText(result, 'en'), result.unreached.join('\n'));
    expect(result.found).toBeNull();
    expect(result.unreached).toEqual([]);
    expect(result.scopes.every(({ complete, closed }) => complete && closed > 0)).toBe(true);
  }, 180_000);
});
