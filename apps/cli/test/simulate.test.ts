import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadPolicy, type Policy, policies } from '@tranche/policies';
import { readCases } from '../src/policy/simulate/cases-file.js';
import { type SimulateOptions, simulatePolicy } from '../src/policy/simulate/run.js';
import { simulate } from '../src/policy/simulate/simulate.js';
import { compare } from '../src/policy/simulate/tally.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-simulate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const training = 'training-subsidy-staged';
const dalian = policies().find(({ id, jurisdiction }) => id === training && jurisdiction === 'CN-2102') as Policy;
const electricians = (count: number) => [{ occupation: '电工', level: '中级', count }];
const classOf = (qualified: number) => ({
  plannedHours: 80,
  classFiled: true,
  providerApproved: true,
  traineesEligible: true,
  startsOn: '2020-11-25',
  endsOn: '2020-12-20',
  enrolled: electricians(100),
  completedHours: 80,
  qualified: electricians(qualified),
});
const cell = (value: unknown): string => `"${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('"', '""')}"`;
const header = 'case,received,place,facts,claims,outcome,approveAfter,payAfter,stepDays';
const row = (id: string, change: Record<string, unknown> = {}): string =>
  Object.values({
    id,
    received: '2020-11-25',
    place: 'CN-2102',
    facts: classOf(100),
    claims: [],
    outcome: 'settled',
    approveAfter: '0',
    payAfter: '1',
    stepDays: '10',
    ...change,
  })
    .map(cell)
    .join(',');
const file = (...rows: string[]): string => [header, ...rows, ''].join('\n');
const year = { from: '2020-11-01', until: '2021-12-31' };
const lived = (policyId: string, ...rows: string[]) => simulate(policyId, readCases(file(...rows)), year, null);
const costOf = (result: ReturnType<typeof lived>) => [...result.cost].map(([month, funds]) => [month, Object.fromEntries(funds)]);

describe('a simulation', () => {
  it('pays 50, 25 and 25 in the months in which they fall due, from the policy’s fund', () => {
    const result = lived(training, row('a'));
    expect(costOf(result)).toEqual([
      ['2020-12', { F4: 22500000n }],
      ['2021-01', { F4: 7500000n }],
    ]);
    expect([result.byCase.get('a'), result.recovered, result.missed, result.refused]).toEqual([30000000n, 0n, [], []]);
  });

  it('shows what is advanced and not yet earned, day by day, down to nothing', () => {
    const { advances } = lived(training, row('a'));
    expect(advances.map(({ fen }) => fen)).toEqual([15000000n, 22500000n, 0n]);
    expect(advances.map(({ on }) => on)).toEqual([...advances.map(({ on }) => on)].sort());
  });

  it('brings back what was advanced and not earned', () => {
    const result = lived(training, row('a', { facts: classOf(66) }));
    expect([result.recovered, result.byCase.get('a')]).toEqual([2700000n, 19800000n]);
  });

  it('names the limits an office that pays late would miss, and only those', () => {
    expect(lived(training, row('a', { payAfter: '10' })).missed.filter(({ statutory }) => statutory)).toMatchObject([
      { caseId: 'a', key: 'payment:s3' },
    ]);
    const late = lived(training, row('a', { payAfter: '11' })).missed.filter(({ statutory }) => statutory);
    expect(late.map(({ key }) => key)).toEqual(['payment:s1', 'payment:s3']);
  });

  it('says which application would be refused, and by which rule', () => {
    const result = lived(training, row('a', { facts: { ...classOf(100), classFiled: false } }));
    expect(result.refused).toMatchObject([{ caseId: 'a', unmet: ['class-filed'] }]);
    expect(result.byCase.get('a')).toBe(0n);
  });

  it('pays by month, as many periods as are claimed', () => {
    const workers = [{ person: 'w1', certified: true, contract: true, contributionsPaid: true }];
    const claims = [{ claim: 'post', first: '2020-12', count: 3, facts: { workers } }];
    const result = lived('hard-to-employ-post-subsidy', row('a', { facts: { payeeKind: 'unit' }, claims }));
    expect(costOf(result).map(([, funds]) => funds)).toEqual([{ F1: 90500n }, { F1: 90500n }, { F1: 90500n }]);
  });

  it('lives only what is received in the span and happens before its end', () => {
    const cases = readCases(file(row('a'), row('b', { received: '2021-06-01' })));
    const short = simulate(training, cases, { from: '2020-11-01', until: '2020-12-31' }, null);
    expect([short.cases, costOf(short)]).toEqual([1, [['2020-12', { F4: 22500000n }]]]);
  });

  it('compares two versions: who gains, who loses, by how much', () => {
    const draft = JSON.parse(JSON.stringify(dalian)) as { version: string; amounts: Record<string, { fen: string }> };
    draft.version = '2030-01-01';
    draft.amounts['assessed']!.fen = `share(${draft.amounts['assessed']!.fen}, '50%')`;
    const cases = readCases(file(row('a'), row('b', { facts: classOf(0) })));
    const halved = simulate(training, cases, year, loadPolicy(draft));
    const found = compare(simulate(training, cases, year, dalian), halved);
    expect(found).toMatchObject({ gains: [], loses: [{ caseId: 'a', fen: -15000000n }], same: 1, totalFen: -15000000n });
  });
});

describe('the command', () => {
  const run = (change: Partial<SimulateOptions>) => {
    const [lines, errors]: [string[], string[]] = [[], []];
    const cases = join(folder, 'cases.csv');
    writeFileSync(cases, file(row('a')));
    const options = { policy: training, cases, from: '2020-11-01', to: '2021-12-31', lang: 'en', ...change } as const;
    const code = simulatePolicy(options, { out: (line) => lines.push(line), err: (line) => errors.push(line) });
    return { code, out: lines.join('\n'), err: errors.join('\n') };
  };

  it('prints cost per month and fund, the peak of advances, limits missed, and writes the days', () => {
    const daily = join(folder, 'daily.csv');
    const { code, out } = run({ daily, compare: 'CN-21' });
    expect(code).toBe(0);
    for (const said of ['2020-12', 'F4', 'advances peak at CNY 225,000.00', 'limits that would be missed: 0', 'compared: 0 gain'])
      expect(out).toContain(said);
    expect(readFileSync(daily, 'utf8').split('\n')).toHaveLength(5);
  });

  it.each([
    ['a policy that does not exist', { policy: 'free-money' }, 'no policy free-money'],
    ['a version that does not exist', { compare: 'CN-11' }, 'there are: CN-21@'],
    ['a file that is not there', { cases: '/nowhere.csv' }, 'cannot be read'],
    ['a day that is none', { from: '2020-02-30' }, 'was not understood'],
  ])('refuses %s', (_, change, said) => expect(run(change)).toMatchObject({ code: 1, err: expect.stringContaining(said) }));

  it.each([
    ['no columns', 'a,b\n1,2\n', 'columns missing'],
    ['facts that are no JSON', file(row('a', { facts: '{' })), 'line 2: facts is not valid JSON'],
    ['facts the policy does not know', file(row('a', { facts: { wealth: 1 } })), 'a: '],
    ['a place without a version', file(row('a', { place: 'CN-11' })), 'does not bind CN-11'],
  ])('refuses a file with %s, naming the line or case', (_, content, said) => {
    const cases = join(folder, 'bad.csv');
    writeFileSync(cases, content);
    expect(run({ cases })).toMatchObject({ code: 1, err: expect.stringContaining(said) });
  });

  it('takes generated cases of any plan; the same seed writes the same bytes', () => {
    const generator = fileURLToPath(new URL('../../../examples/simulation-cases.mjs', import.meta.url));
    const generate = (...args: string[]) =>
      execFileSync(process.execPath, [generator, ...args, '--cases=8', '--seed=7'], { encoding: 'utf8' });
    generate(`--out=${folder}`);
    expect(generate(`--policy=${training}`)).toBe(readFileSync(join(folder, `${training}.csv`), 'utf8'));
    for (const { id } of new Map(policies().map((policy) => [policy.id, policy])).values()) {
      const cases = join(folder, `${id}.csv`);
      expect([id, run({ policy: id, cases }).err]).toEqual([id, '']);
    }
  });
});
