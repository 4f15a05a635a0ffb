import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type EnrolledTrainee,
  prepareAttendance,
  prepareResults,
  prepareRoster,
  readRoster,
  readTable,
  rosterColumns,
} from '../../src/imports/index.js';
import { enrolledOf, example, examplesFolder, importContext, keys, rosterContext, sampleClass, somewhere } from './fixtures.js';

const DOCUMENTS = new Set(['README.md', '.gitattributes']);
const generator = join(examplesFolder, '..', 'tools', 'generate-examples.mjs');

function filesBelow(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return (
    files
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      // generators draw as much as they are asked for; they are explained by how they are called
      .filter((name) => !DOCUMENTS.has(name) && !name.endsWith('.mjs'))
      .sort()
  );
}

let roster: EnrolledTrainee[];
beforeAll(async () => {
  const table = await readTable(example('roster-good.csv'), { fileName: 'roster-good.csv' }, rosterColumns);
  if (!table.ok) throw new Error(table.code);
  roster = enrolledOf(readRoster(table.rows).people);
});

function prepare(name: string, recorded: { day: string; session: number; classHours: number }[] = []) {
  const context = importContext(somewhere, name);
  const plainName = name.replace('bad/', '');
  if (plainName.startsWith('roster')) return prepareRoster(example(name), rosterContext(somewhere, name));
  if (name.includes('attendance'))
    return prepareAttendance(example(name), { ...context, period: sampleClass, asOf: '2020-12-11', recorded });
  return prepareResults(example(name), { ...context, keys, roster, attempt: 1 });
}

describe('the sample files', () => {
  const made = mkdtempSync(join(tmpdir(), 'tranche-examples-'));
  afterAll(() => rmSync(made, { recursive: true }));

  it('are what their generator writes, byte for byte', () => {
    execFileSync(process.execPath, [generator, made]);
    expect(filesBelow(examplesFolder)).toEqual(filesBelow(made));
    for (const name of filesBelow(made)) expect([name, example(name).equals(readFileSync(join(made, name)))]).toEqual([name, true]);
  });

  it('are each explained in the README', () => {
    const readme = example('README.md').toString();
    for (const name of filesBelow(examplesFolder)) expect(readme).toContain(`\`${name.replace('bad/', '')}\``);
  });
});

describe('a good sample file', () => {
  const electricians = (count: number) => (count === 0 ? [] : [{ occupation: '电工', level: '中级', count }]);

  it.each([
    ['roster-good.xlsx', { enrolled: electricians(100) }],
    ['roster-good.csv', { enrolled: electricians(100) }],
    ['roster-good-gbk.csv', { enrolled: electricians(100) }],
    [
      'roster-other-class.csv',
      {
        enrolled: [
          { occupation: '养老护理员', level: '初级', count: 12 },
          { occupation: '养老护理员', level: '高级', count: 8 },
        ],
      },
    ],
    ['roster-odd-fen.csv', { enrolled: [{ occupation: '样例职业（尾差）', level: '初级', count: 1 }] }],
    ['attendance-half.csv', { completedHours: 40 }],
    ['attendance-full.csv', { completedHours: 80 }],
    ['results-all-pass.csv', { qualified: electricians(100) }],
    ['results-90-of-100.csv', { qualified: electricians(90) }],
    ['results-66-of-100.csv', { qualified: electricians(66) }],
    ['results-all-fail.csv', { qualified: electricians(0) }],
  ])('%s gives its facts', async (name, facts) => {
    const prepared = await prepare(name);
    expect(prepared).toMatchObject({ ok: true, event: { fileSha256: expect.stringMatching(/^[0-9a-f]{64}$/), facts } });
  });

  it('attendance-half.csv reaches the half exactly on 4 December, also when the whole list follows', async () => {
    expect(await prepare('attendance-half.csv')).toMatchObject({ progress: { completedHours: 40, halfOn: '2020-12-04' } });
    const recorded = [{ day: '2020-11-30', session: 1, classHours: 4 }];
    expect(await prepare('attendance-full.csv', recorded)).toMatchObject({ progress: { completedHours: 80, halfOn: '2020-12-04' } });
  });
});

describe('a bad sample file', () => {
  it.each([
    ['bad/roster-missing-header.csv', 'header-missing'],
    ['bad/roster-header-only.csv', 'rows-missing'],
    ['bad/roster-empty.csv', 'file-empty'],
    ['bad/roster-broken.xlsx', 'spreadsheet-broken'],
    ['bad/roster-really-text.xlsx', 'spreadsheet-kind'],
  ])('%s is refused whole: %s', async (name, code) => {
    expect(await prepare(name)).toMatchObject({ ok: false, code, report: { rowsRead: 0, problems: [] } });
  });

  const everyRow = (field: string, code: string) => Array.from({ length: 10 }, (_, index) => `${index + 2} ${field} ${code}`);

  it.each([
    ['bad/roster-wrong-check-digit.csv', ['5 idNumber id-invalid']],
    ['bad/roster-duplicates.csv', ['4 idNumber duplicate-in-file', '12 idNumber duplicate-in-file']],
    ['bad/roster-unknown-level.csv', ['7 level level-unknown']],
    ['bad/roster-numeric-ids.xlsx', everyRow('idNumber', 'id-stored-as-number')],
    ['bad/roster-formula.xlsx', everyRow('level', 'cell-formula')],
    ['bad/attendance-session-twice.csv', ['3 date duplicate-in-file', '6 date duplicate-in-file']],
    ['bad/attendance-too-many-present.csv', ['2 present present-over-expected']],
    ['bad/attendance-no-such-day.csv', ['2 date date-invalid']],
    ['bad/results-not-on-roster.csv', ['102 idNumber not-on-roster']],
    ['bad/results-no-outcome.csv', ['6 outcome outcome-unknown']],
  ])('%s is refused with its rows and reasons', async (name, expected) => {
    const refused = await prepare(name);
    expect(refused).toMatchObject({ ok: false, code: 'rows-refused' });
    expect(refused.report.problems.map(({ row, field, code }) => `${row} ${field} ${code}`)).toEqual(expected);
  });

  it('is also a workbook of attendance: only .csv is taken', async () => {
    const context = { ...importContext(somewhere, 'roster-good.xlsx'), period: sampleClass, asOf: '2020-12-11', recorded: [] };
    expect(await prepareAttendance(example('roster-good.xlsx'), context)).toMatchObject({ ok: false, code: 'spreadsheet-kind' });
  });

  it('of every kind is covered above, and none names a whole identity number in its report', async () => {
    for (const name of filesBelow(examplesFolder).filter((file) => file.startsWith('bad/') && !file.includes('overlapping'))) {
      const refused = await prepare(name);
      expect([name, refused.ok]).toEqual([name, false]);
      expect(JSON.stringify({ ...refused.report, fileSha256: '' })).not.toMatch(/\d{12}/);
    }
  });
});
