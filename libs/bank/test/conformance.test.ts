import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  type Artifact,
  type PaymentLine,
  type PaymentOrder,
  planParts,
  type RailProfile,
  railOf,
  railProfile,
  type WrittenPart,
  writePart,
} from '@tranche/bank';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { line, order, profiles, school } from './sample.js';

/** What every way to the bank keeps: the same sentences over all of them. */
const rails: readonly [string, RailProfile][] = [
  ['HTTP requests', profiles.http],
  ['pain.001.001.09', profiles.file],
  ['pain.001.001.03', { ...profiles.file, format: 'pain.001.001.03' }],
  ['a 代发 list in GB18030', profiles.csv],
  ['a 代发 list in fen, UTF-8, with bars', barred(profiles.csv)],
];

function barred(profile: Extract<RailProfile, { rail: 'csv' }>): RailProfile {
  const template = {
    ...profile.template,
    delimiter: '|' as const,
    quotes: 'never' as const,
    closed: true,
    unit: 'fen' as const,
    tail: null,
    head: [{ field: 'count' as const }, { field: 'total' as const }],
  };
  return { ...profile, charset: 'utf-8', template };
}

const amounts = fc.array(fc.bigInt(1n, 5_000n), { minLength: 1, maxLength: 60 });
const linesOf = (fens: readonly bigint[]): PaymentLine[] => fens.map((fen, index) => line(index + 1, fen));

function artifactsOf(profile: RailProfile, given: PaymentOrder): readonly Artifact[] {
  const rendered = railOf(profile).render(given);
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.faults));
  return rendered.artifacts;
}

function collected(writing: ReturnType<typeof writePart>): { pieces: Uint8Array[]; written: WrittenPart } {
  const pieces: Uint8Array[] = [];
  for (let step = writing.next(); ; step = writing.next()) {
    if (step.done) return { pieces, written: step.value };
    pieces.push(step.value);
  }
}

const textOf = (profile: RailProfile, { bytes }: Artifact): string =>
  iconv.decode(Buffer.from(bytes), profile.rail === 'csv' ? profile.charset : 'utf-8');

/** `line,field,code` of what is refused */
function refusals(profile: RailProfile, given: PaymentOrder): string[] {
  const rail = railOf(profile);
  const rendered = rail.render(given);
  const faults = rendered.ok ? [] : rendered.faults;
  expect(rail.check(given)).toEqual(faults);
  return faults.map(({ line: no, field, code }) => `${no},${field},${code}`);
}

describe.each(rails)('%s', (_name, profile) => {
  it('is a profile as it is stored', () => {
    expect(railProfile.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
  });

  it('writes the same order in the same bytes, and says their hash', () => {
    const [once, again] = [artifactsOf(profile, order()), artifactsOf(profile, order())];
    expect(again).toEqual(once);
    for (const { bytes, sha256 } of once) expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  it('writes other bytes for another amount, payee, account, bank, reference or day', () => {
    const [, second, third] = order().lines;
    const changes: Partial<PaymentLine>[] = [
      { amountFen: 2n },
      { endToEndId: 'OTHER' },
      { creditor: { ...school, name: '大连海港职业培训学院' } },
      { creditor: { ...school, accountNo: '21001501234567890124' } },
      { creditor: { ...school, bankNo: '102100099996' } },
    ];
    const written = [
      order(),
      order({ executionDate: '2020-11-27' }),
      ...changes.map((change) => order({ lines: [{ ...line(1, 1n), ...change }, second!, third!] })),
    ].map((given) => artifactsOf(profile, given)[0]!.sha256);
    const dated = profile.rail === 'csv' ? written.toSpliced(1, 1) : written;
    expect(new Set(dated).size).toBe(dated.length);
  });

  it('splits within its limits, in order, and its parts make up the order to the fen', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 7 }), fc.bigInt(5_000n, 12_000n), (fens, maxItems, maxFileFen) => {
        const limited = { ...profile, maxItems, maxFileFen: maxFileFen.toString() };
        const given = order({ lines: linesOf(fens) });
        const parts = artifactsOf(limited, given);
        expect(parts.flatMap(({ references }) => references)).toEqual(given.lines.map(({ endToEndId }) => endToEndId));
        expect(parts.reduce((sum, { totalFen }) => sum + totalFen, 0n)).toBe(fens.reduce((sum, fen) => sum + fen, 0n));
        expect(parts.every(({ references, totalFen }) => references.length <= maxItems && totalFen <= maxFileFen)).toBe(true);
        expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => index + 1));
        expect(new Set(parts.map(({ fileName }) => fileName)).size).toBe(parts.length);
        expect(new Set(parts.map(({ sha256 }) => sha256)).size).toBe(parts.length);
      }),
      { numRuns: 25 },
    );
  });

  it('is written piece by piece in the very bytes of the whole, with their hash, references and sum', () => {
    const given = order({ lines: linesOf(Array.from({ length: 1_100 }, (_, n) => BigInt(n + 1))) });
    const maxItems = profile.rail === 'http' ? 1 : 1_030;
    const rail = railOf({ ...profile, maxItems });
    const { lines, ...heading } = given;
    const wholes = artifactsOf({ ...profile, maxItems }, given);
    const sizes = planParts(lines, rail.caps);
    expect(sizes.map(({ count }) => count)).toEqual(wholes.map(({ references }) => references.length));
    let at = 0;
    for (const [index, { count, totalFen }] of sizes.entries()) {
      const { bytes, ...whole } = wholes[index]!;
      const own = lines.slice(at, at + count);
      at += count;
      // pages of other lengths than the whole is written in
      const pages = Array.from({ length: Math.ceil(count / 333) }, (_, page) => own.slice(page * 333, (page + 1) * 333));
      const part = { part: index + 1, order: heading, count, totalFen };
      const { pieces, written } = collected(writePart(rail.writer(part), part, pages));
      expect(written).toEqual(whole);
      expect(Buffer.compare(Buffer.concat(pieces), bytes)).toBe(0);
    }
  });

  it('is no part when its lines are not those its head counted and summed', () => {
    const rail = railOf(profile);
    const { lines, ...heading } = order({ lines: linesOf([5n]) });
    for (const [count, totalFen] of [
      [2, 5n],
      [1, 6n],
    ] as const) {
      const part = { part: 1, order: heading, count, totalFen };
      expect(() => collected(writePart(rail.writer(part), part, [lines]))).toThrow('are not the');
    }
  });

  it('goes on with the number after what was written before', () => {
    expect(artifactsOf({ ...profile, maxItems: 2 }, order({ firstPart: 3 })).map(({ part }) => part)[0]).toBe(3);
    expect(artifactsOf(profile, order({ firstPart: 3 }))[0]!.fileName).not.toBe(artifactsOf(profile, order())[0]!.fileName);
  });

  it('names every reference once', () => {
    const texts = artifactsOf(profile, order()).map((artifact) => textOf(profile, artifact));
    for (const { endToEndId } of order().lines) expect(texts.join('\n').match(new RegExp(`${endToEndId}(?!A1|\\d)`, 'g'))).toHaveLength(1);
  });

  it.each<[string, Partial<PaymentOrder>, string[]]>([
    ['no lines', { lines: [] }, ['0,lines,amount']],
    ['a zero amount', { lines: [line(1, 1n), line(2, 0n)] }, ['2,amountFen,amount']],
    [
      'a reference used twice',
      { lines: [line(1, 1n), { ...line(2, 1n), endToEndId: line(1, 1n).endToEndId }] },
      ['2,endToEndId,repeated-reference'],
    ],
    ['a reference with a hyphen', { lines: [line(1, 1n, { endToEndId: 'A-1' })] }, ['1,endToEndId,reference']],
    [
      'a wrong bank number',
      { lines: [line(1, 1n, { creditor: { ...school, bankNo: '105100000018' } })] },
      ['1,creditor.bankNo,bank-number'],
    ],
    ['an invisible character', { lines: [line(1, 1n, { creditor: { ...school, name: '大连\u200b学校' } })] }, ['1,creditor.name,text']],
    ['a control character', { lines: [line(1, 1n, { creditor: { ...school, name: '张\u0007三' } })] }, ['1,creditor.name,text']],
    ['half a surrogate pair', { lines: [line(1, 1n, { remittance: '补贴\udc00' })] }, ['1,remittance,text']],
    ['a sum beyond eighteen digits', { lines: [line(1, 10n ** 18n - 1n), line(2, 1n)] }, ['0,total,amount']],
    ['a day that does not exist', { executionDate: '2020-11-31' }, ['0,executionDate,date']],
    ['a batch number in lower case', { reference: 'f2-1' }, ['0,reference,reference']],
    ['two faults in two lines', { lines: [line(1, -1n), line(2, 1n, { remittance: '' })] }, ['1,amountFen,amount', '2,remittance,text']],
  ])('refuses, with its line: %s', (_what, changes, expected) => {
    expect(refusals(profile, order(changes))).toEqual(expected);
  });

  it('refuses a line above the limit of one transfer, before anybody signs', () => {
    const limited = { ...profile, maxItemFen: '100' };
    expect(refusals(limited, order({ lines: [line(1, 100n), line(2, 101n)] }))).toEqual(['2,amountFen,over-limit']);
  });

  it('pays a name with rare characters as it is written, or blocks the line; never mutilates it', () => {
    for (const name of ['𠮷野学校', '㐂乐', '王䶮', '张﨑']) {
      const given = order({ lines: [line(1, 1n, { creditor: { ...school, name } })] });
      const rendered = railOf(profile).render(given);
      if (rendered.ok) expect(textOf(profile, rendered.artifacts[0]!)).toContain(name);
      else expect(rendered.faults.map(({ code }) => code)).toEqual(['rare-character']);
    }
  });
});
