import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { policies } from '@tranche/policies';
import { diagram, tableText, transitionTable } from '../src/index.js';
import { machineOf } from './story.js';

const golden = join('libs', 'machines', 'test', 'golden');

/** Compares with the committed file; UPDATE_GOLDEN=1 writes it anew. */
function expectGolden(name: string, text: string): void {
  const path = join(golden, name);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}

describe.each(policies())('the machine of $id $version $jurisdiction', (policy) => {
  const machine = machineOf(policy);
  const name = `${policy.id}.${policy.jurisdiction}.${policy.version}`;

  it('has the committed transition table', () => expectGolden(`${name}.table.txt`, tableText(machine)));
  it('has the committed diagram', () => expectGolden(`${name}.zh.mmd`, diagram(machine)));
  it('has an English diagram of the same shape', () => {
    const shape = (text: string) =>
      text
        .split('\n')
        .map((line) => line.replace(/".*"| : .*$/g, ''))
        .filter((line) => line.includes('-->'));
    expect(new Set(shape(diagram(machine, 'mermaid', 'en')))).toEqual(new Set(shape(diagram(machine))));
  });
  it('gives a reason in both languages on every arrow', () => {
    for (const row of transitionTable(machine)) expect(row.description).toMatch(/\p{Script=Han}.* \/ .*[a-z]/u);
  });
});
