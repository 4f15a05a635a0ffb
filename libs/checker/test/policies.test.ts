import { describe, expect, it } from '@jest/globals';
import { caseMachine } from '@tranche/machines';
import { policies } from '@tranche/policies';
import { shapes } from '../../machines/test/shapes.js';
import { byShape, checkMachine, reportText, scopesOf, shortOf } from '../src/index.js';
import { handled } from './handled.js';

/** What a subsidy of the registry says as well; `shape-mutants.test.ts` goes into them within bounds of its own. */
const told = ['shape-relief', 'shape-venue', 'shape-screened', 'shape-reward', 'shape-offset', 'shape-monthly-offset'];
/** `FULL=1`: all of them, all the way. */
const full = process.env['FULL'] === '1';
const others = shapes.filter(({ id }) => full || !told.includes(id));

/** Every subsidy of the registry, and whatever else a plan can say: each form is explored once. */
const forms = byShape([...policies(), ...others].map((policy) => caseMachine(policy)));

describe.each(
  forms.map(
    (alike) => [alike.map(({ policy: { id, jurisdiction, version } }) => `${id} ${jurisdiction} ${version}`).join(' = '), alike] as const,
  ),
)('%s', (_, [machine, ...alike]) => {
  it('keeps every rule within the bounds', () => {
    const scopes = (full ? scopesOf : shortOf)(machine!.policy);
    const result = checkMachine(machine!, { handlers: handled, alike, scopes, clock: () => performance.now() });
    const english = reportText(result, 'en');
    console.log(english);
    expect(result.found).toBeNull();
    const cut = result.scopes.filter(({ complete }) => !complete);
    expect(cut.filter(({ states, bounds }) => states < bounds.maxStates)).toEqual([]);
    expect(cut.length > 0 ? [] : result.unreached).toEqual([]);
    expect(result.scopes.every(({ complete, closed }) => closed > 0 || !complete)).toBe(true);
    expect(result.scopes.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(machine!.regions.length * 10);
    expect(result.scopes.reduce((sum, { refusals }) => sum + refusals, 0)).toBeGreaterThan(machine!.regions.length * 10);
    expect(english).toContain(cut.length === 0 ? 'checked within these bounds' : 'checked in part');
    const left = english.split('\n').find((line) => line.startsWith('left to tranche policy check')) ?? '';
    for (const { bounds } of cut) expect(left).toContain(bounds.label.en);
    for (const { policy } of alike) expect(english).toContain(`${policy.id} ${policy.jurisdiction} ${policy.version}`);
    expect(reportText(result, 'zh')).toContain(cut.length === 0 ? '在此范围内已检查' : '只检查了一部分');
    for (const language of ['zh', 'en'] as const) expect(reportText(result, language)).not.toMatch(/prove|证明/i);
  }, 120_000);
});
