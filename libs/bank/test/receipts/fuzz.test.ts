import { describe, expect, it } from '@jest/globals';
import type { ReceiptEvent } from '@tranche/bank';
import fc from 'fast-check';
import { type BankEntry, noticeFile, returnFile, statementFile, statusFile } from '../../../../test/support/bank-files.js';
import { of, read } from './read.js';

/** `FUZZ_RUNS=10000 npx jest libs/bank/test/receipts/fuzz` is the long run. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);

const entries: BankEntry[] = [
  { fen: 12_345n, reference: 'T1', bankRef: 'B1', name: '育才培训学校', account: '6222' },
  { fen: 500n, direction: 'credit', reference: 'T0', bankRef: 'B2', returned: 'AC04' },
  { fen: 700n, direction: 'credit', bankRef: 'B3', remittance: '退款' },
];
const seeds = [
  statementFile(entries),
  statementFile(entries, { message: 'camt.053.001.02' }),
  noticeFile(entries, '04'),
  statusFile(
    [
      { reference: 'T1', status: 'ACSC', fen: 12_345n },
      { reference: 'T2', status: 'RJCT', reason: 'AC01' },
    ],
    { group: 'PART' },
  ),
  returnFile([
    ['T1', '123.45', '成功', '', '20201126'],
    ['T2', '5.00', '失败', '户名不符', ''],
  ]),
].map((text) => Buffer.from(text));

type Edit = {
  readonly kind: 'cut' | 'double' | 'flip' | 'insert' | 'swap' | 'end';
  readonly at: number;
  readonly length: number;
  readonly bytes: Uint8Array;
};
const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('cut', 'double', 'flip', 'insert', 'swap', 'end'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 200 }),
  bytes: fc.oneof(
    fc
      .constantFrom(
        '<',
        '>',
        '&amp;',
        '&#0;',
        '&x;',
        ']]>',
        '<![CDATA[',
        '<!DOCTYPE a>',
        '<!--',
        '"',
        ',',
        '\n',
        '\r',
        '\0',
        '\ufeff',
        '999999999999999999',
        '-1',
        '1e9',
        '0.001',
        'NaN',
        '𠮷',
      )
      .map((text) => Buffer.from(text)),
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
  ),
});

function mutated(seed: Buffer, edits: readonly Edit[]): Buffer {
  return edits.reduce((bytes, { kind, at, length, bytes: given }) => {
    const from = Math.floor(at * bytes.length);
    const piece = bytes.subarray(from, from + length);
    const [before, after] = [bytes.subarray(0, from), bytes.subarray(from + length)];
    switch (kind) {
      case 'cut':
        return Buffer.concat([before, after]);
      case 'double':
        return Buffer.concat([before, piece, piece, after]);
      case 'flip':
        return Buffer.concat([before, Buffer.from(piece.subarray(0, 1).map((byte) => byte ^ given[0]!)), bytes.subarray(from + 1)]);
      case 'insert':
        return Buffer.concat([before, given, bytes.subarray(from)]);
      case 'swap':
        return Buffer.concat([before, after.subarray(0, 20), piece, after.subarray(20)]);
      default:
        return before;
    }
  }, seed);
}

/** What no file may make us believe: nothing without a positive amount, a real day, a place. */
function sane(event: ReceiptEvent): boolean {
  if (event.kind === 'fault') return event.text.zh !== '' && event.text.en !== '';
  if (event.kind === 'line') return event.amountFen > 0n && /^\d{4}-\d{2}-\d{2}$/.test(event.bookedOn) && event.at.line > 0;
  if (event.kind === 'status') return event.amountFen === null || event.amountFen > 0n;
  return true;
}

describe('whatever a bank, a disk or a stranger makes of a file', () => {
  it(`never breaks the reader: it is taken, or set aside with a reason, and says nothing impossible (${numRuns} inputs)`, async () => {
    let quarantined = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 4 }), async (seed, edits) => {
        const { inspection, events } = await read(mutated(seed, edits));
        if (inspection.kind === 'quarantined') quarantined += 1;
        if (inspection.kind === 'quarantined' && inspection.code === 'doctype-refused') expect(events).toEqual([]);
        for (const event of events) expect([event, sane(event)]).toEqual([event, true]);
        // a statement that calls itself sound has balances that its lines explain
        for (const end of of(events, 'statement-end')) if (end.sound) expect(of(events, 'statement').length).toBeGreaterThan(0);
      }),
      { numRuns },
    );
    expect(quarantined).toBeGreaterThan(numRuns / 10);
  }, 3_600_000);
});
