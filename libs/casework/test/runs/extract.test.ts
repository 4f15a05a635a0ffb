import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { usccCheck } from '@tranche/identifiers';
import { policyVersion } from '@tranche/policies';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { factsOfCells } from '../../src/runs/cell-facts.js';
import { extractColumns } from '../../src/runs/extract-columns.js';
import { cellsOf, LINE_MAX, linesOf, UnreadableExtract } from '../../src/runs/extract-lines.js';

/** What the generator writes, line by line. */
const generated = (firms: number, seed = 1): string[] =>
  execFileSync(process.execPath, [join(__dirname, '../../../../examples/registry-extract.mjs'), `--firms=${firms}`, `--seed=${seed}`], {
    encoding: 'utf8',
  })
    .trimEnd()
    .split('\n');

describe('what writes sample files', () => {
  const run = (name: string, option: string) =>
    spawnSync(process.execPath, [join(__dirname, '../../../../examples', name), option], { encoding: 'utf8' });
  it.each(['registry-extract.mjs', 'people-extract.mjs', 'simulation-cases.mjs'])('%s says what it takes', (name) => {
    const asked = run(name, '--help');
    expect([asked.status, asked.stdout.startsWith(`node examples/${name} [--`) || asked.stdout.includes('--policy=<id>')]).toEqual([
      0,
      true,
    ]);
    const wrong = run(name, '--seed=one');
    expect([wrong.status, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toMatch(/^--seed: 应为整数.*node examples/s);
  });
});

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function read(bytes: Uint8Array, piece: number, page: number, encoding: 'utf-8' | 'gb18030' = 'utf-8') {
  const found: [number, string][] = [];
  for await (const { firstRow, lines } of linesOf(pieces(bytes, piece), encoding, page)) {
    expect(lines.length).toBeLessThanOrEqual(Math.max(page, 1));
    for (const [index, line] of lines.entries()) found.push([firstRow + index, line]);
  }
  return found;
}

describe('the lines of an extract', () => {
  it('are the same however the bytes arrive and however many make a page', async () => {
    const line = fc.stringMatching(/^[^\r\n\uFEFF]*$/);
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (texts, piece, page, crlf) => {
          const text = texts.map((each) => each + (crlf ? '\r\n' : '\n')).join('');
          expect(await read(Buffer.from(text), piece, page)).toEqual(texts.map((each, index) => [index + 1, each]));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('may be GB18030, may lack the last line end, and lose a byte order mark', async () => {
    expect(await read(Uint8Array.from([0xc6, 0xf3, 0x0a, 0xd2, 0xb5]), 1, 9, 'gb18030')).toEqual([
      [1, '企'],
      [2, '业'],
    ]);
    expect(await read(Buffer.from('\uFEFFa\nb'), 2, 9)).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });

  it('are refused where they are no text, or never end', async () => {
    await expect(read(Uint8Array.from([0x61, 0x0a, 0xff, 0x0a]), 2, 9)).rejects.toThrow(UnreadableExtract);
    await expect(read(Buffer.alloc(LINE_MAX + 2, 'x'), 500, 9)).rejects.toMatchObject({ reason: 'line-too-long', row: 1 });
  });
});

describe('the cells of a line', () => {
  it('are those any reader of CSV finds', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ' ', '企', '') }).filter((text) => !/[\r\n]/.test(text));
    const quoted = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
        const line = cells.map(quoted).join(',');
        expect(cellsOf(line)).toEqual(cells);
        if (line !== '') expect(cellsOf(line)).toEqual(parse(line)[0]);
      }),
    );
  });

  it.each(['"a', 'a"b,c', '"a"b,c', '""",x'])('are not guessed at in %s', (line) => {
    expect(cellsOf(line)).toBeNull();
  });
});

const policy = policyVersion('refund-direct-pay-micro', '2020-11-24', 'CN-2102');
if (!policy) throw new Error('the policy is gone');

describe('the columns', () => {
  const header = generated(0)[0]?.split(',') ?? [];

  it('are found by name or label, in any order, whatever stands in parentheses', () => {
    const found = extractColumns([...header, '备注'].toReversed(), policy);
    expect(found.ok && found.columns.facts.length).toBe(11);
    expect(found.ok && found.columns.facts.filter(({ unit }) => unit === 'yuan').map(({ fact }) => fact)).toEqual([
      'employerPremiumsFen',
      'employeePremiumsFen',
    ]);
  });

  it.each([
    ['5000', '500000'],
    ['5000.5', '500050'],
    ['0.01', '1'],
    ['5000.123', null],
    ['-1', null],
    ['五千', null],
  ])('of money in yuan read %s as %s fen', (text, fen) => {
    const found = extractColumns(header, policy);
    if (!found.ok) throw new Error(found.detail.en);
    const cells = found.columns.facts.map(({ fact }) => (fact === 'employerPremiumsFen' ? text : ''));
    const read = factsOfCells(policy, { columns: found.columns, declared: {} }, cells, {});
    expect(read.ok ? read.facts['employerPremiumsFen'] : null).toBe(fen);
  });
});

describe('the generator', () => {
  const codes = (seed: number) =>
    generated(3_000, seed)
      .slice(1)
      .map((line) => line.split(',')[0] ?? '');

  it('writes the same lines for the same seed, and others for another', () => {
    expect(generated(300, 5)).toEqual(generated(300, 5));
    expect(codes(5)).not.toEqual(codes(6));
  });

  it('gives each firm a sound code of its own, but for the lines that are wrong on purpose', () => {
    const all = codes(1);
    const sound = all.filter((code) => usccCheck(code.slice(0, 17)) === code[17]);
    expect(sound.length).toBeGreaterThan(all.length * 0.995);
    expect(sound.length).toBeLessThan(all.length);
    expect(new Set(all).size).toBeLessThan(all.length);
    expect(new Set(all).size).toBeGreaterThan(all.length * 0.98);
  });
});
