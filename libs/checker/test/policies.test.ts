import { describe, expect, it } from '@jest/globals';
import { caseMachine } from '@tranche/machines';
import { policies } from '@tranche/policies';
import { shapes } from '../../machines/test/shapes.js';
import { byShape, checkMachine, reportText } from '../src/index.js';
import { handled } from './handled.js';

/** What a subsidy of the registry says as well; `shape-mutants.test.ts` goes into them within bounds of its own, `EXHAUSTIVE=1` here, too. */
const told = ['shape-relief', 'shape-venue', 'shape-screened', 'shape-reward'];
const others = shapes.filter(({ id }) => process.env['EXHAUSTIVE'] === '1' || !told.includes(id));

/** Every subsidy of the registry, and whatever else a plan can say: each form is explored once. */
const forms = byShape([...policies(), ...others].map((policy) => caseMachine(policy)));

describe.each(
  forms.map(
    (alike) => [alike.map(({ policy: { id, jurisdiction, version } }) => `${id} ${jurisdiction} ${version}`).join(' = '), alike] as const,
  ),
)('%s', (_, [machine, ...alike]) => {
  it('keeps every rule within the bounds', () => {
    const result = checkMachine(machine!, { handlers: handled, alike, clock: () => performance.now() });
    const english = reportText(result, 'en');
    console.log(english);
    expect(result.found).toBeNull();
    expect(result.unreached).toEqual([]);
    expect(result.scopes.every(({ complete, closed }) => complete && closed > 0)).toBe(true);
    expect(result.scopes.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(machine!.regions.length * 10);
    expect(result.scopes.reduce((sum, { refusals }) => sum + refusals, 0)).toBeGreaterThan(machine!.regions.length * 10);
    expect(english).toContain('checked within these bounds');
    for (const { policy } of alike) expect(english).toContain(`${policy.id} ${policy.jurisdiction} ${policy.version}`);
    expect(reportText(result, 'zh')).toContain('在此范围内已检查');
    for (const language of ['zh', 'en'] as const) expect(reportText(result, language)).not.toMatch(/prove|证明/i);
  }, 120_000);
});
