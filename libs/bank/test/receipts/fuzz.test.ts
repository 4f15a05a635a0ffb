import { describe, expect, it } from '@jest/globals';
import type { ReceiptEvent } from '@tranche/bank';
import fc from 'fast-check';
import { type BankEntry, noticeFile, returnFile, statementFile, statusFile } from '../../../../test/support/bank-files.js';
import { edits as edited, mutated } from '../../../../test/support/mutated-file.js';
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
      fc.asyncProperty(fc.constantFrom(...seeds), edited, async (seed, edits) => {
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
