import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { statementFile } from '../../../../test/support/bank-files.js';
import { ledgerFaults } from '../../../../test/support/ledger.js';
import { edits, mutated } from '../../../../test/support/mutated-file.js';
import { openWorld, type World } from '../../../../test/support/world.js';
import { handedOver, imported } from './bank-day.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

describe('a file that something was done to', () => {
  /** a few in `npm test`, hundreds in `npm run test:fuzz` */
  const numRuns = Math.max(6, Math.floor(Number(process.env['FUZZ_RUNS'] ?? 0) / 50));
  it(`settles and posts nothing that no line of it says, and ends no import (${numRuns} files)`, async () => {
    const { sent } = await handedOver(world, [31, 32, 33]);
    const { account } = sent[0]!;
    const entries = sent.map(({ fen, reference }, at) => ({ fen, reference, bankRef: `FZ${at}` }));
    const back = { fen: sent[0]!.fen, direction: 'credit' as const, reference: sent[0]!.reference, bankRef: 'FZB', returned: 'AC04' };
    const stray = { fen: 7n, direction: 'credit' as const, bankRef: 'FZS' };
    await fc.assert(
      fc.asyncProperty(edits, fc.integer({ min: 1, max: 3 }), async (done, files) => {
        const whole = Buffer.from(statementFile([...entries, back, stray], { account, on: '2020-12-01', id: `FZ${files}` }));
        const { file } = await imported(world, mutated(whole, done));
        expect(['imported', 'quarantined']).toContain(file.state);
      }),
      { numRuns },
    );
    const unshown = await world.rows(
      `SELECT t.id, t.state FROM transfers t WHERE t.id = ANY($1::uuid[]) AND t.state IN ('settled', 'returned') AND NOT EXISTS (
         SELECT FROM matches m JOIN statement_lines l ON l.id = m.line_id
          WHERE m.transfer_id = t.id AND l.amount_fen = t.amount_fen AND l.account_no = $2 AND l.end_to_end_id = t.end_to_end_id)`,
      [sent.map(({ transferId }) => transferId), account],
    );
    expect(unshown).toEqual([]);
    expect(await ledgerFaults(world)).toEqual([]);
  }, 600_000);
});
