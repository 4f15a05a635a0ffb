import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { syntheticId } from './people.js';
import { sheetXml, workbook, workbookParts } from './workbook.js';
import { makeZip } from './zip.js';

const folder = mkdtempSync(join(tmpdir(), 'tranche-capacity-'));
afterAll(() => rmSync(folder, { recursive: true }));

const compiled = existsSync(join(__dirname, '..', '..', 'dist', 'imports', 'index.js'));
if (!compiled) throw new Error('libs/casework is not compiled: run `npm run build` first (npm test does)');

/** Reads the file in a process of its own: what it answers, how long it took, and the most memory the process ever held. */
function probe(name: string, bytes: Buffer): { result: unknown; seconds: number; rssMebibytes: number } {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return JSON.parse(execFileSync(process.execPath, [join(__dirname, 'memory-probe.mjs'), path], { encoding: 'utf8' }));
}

const header = ['姓名', '身份证号', '职业（工种）', '等级', '备注'];
const people = Array.from({ length: 10_000 }, (_, index) => ['赵样一', syntheticId(index), '电工', '中级', `第 ${index} 名学员的一段备注`]);
const rows = [header, ...people];

describe('a roster of 10,000 rows', () => {
  it.each([
    ['large.xlsx', () => workbook([rows])],
    ['large.csv', () => Buffer.from(rows.map((row) => row.join(',')).join('\n'))],
  ])('%s is read, checked and sealed within 5 s and 256 MiB', (name, make) => {
    const cost = probe(name, make());
    expect(cost.result).toEqual([10_000]);
    expect(cost.seconds).toBeLessThan(5);
    expect(cost.rssMebibytes).toBeLessThan(256);
  });
});

describe('a hostile file', () => {
  it('whose header claims 1,000 bytes and that unpacks to 30 million is refused within 256 MiB', () => {
    const zeros = `<row>${'<c><v>0</v></c>'.repeat(2_000_000)}</row>`;
    const parts = workbookParts([[]]).filter(({ name }) => !name.includes('worksheets'));
    const sheet = { name: 'xl/worksheets/s0.xml', content: sheetXml(zeros), claims: 1000 };
    const cost = probe('bomb.xlsx', makeZip([...parts, sheet]));
    expect(cost.result).toBe('zip-bomb');
    expect(cost.rssMebibytes).toBeLessThan(256);
  });
});
