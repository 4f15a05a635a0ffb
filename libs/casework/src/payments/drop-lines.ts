import { dateOf, formatInstant } from '@tranche/calendar';
import { batchLineRemoved } from '@tranche/ledger';
import { legalNow } from '../deadlines.js';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { postForBatch } from './post-for-batch.js';

type Dropped = { id: string; disbursementId: string; batchId: string; fundId: string; amountFen: string };

/**
 * Signed lines whose case may not be paid now (held, failed) leave the batch before anything is sent: recorded, never silent.
 * The obligation stays and can be collected again; its budget goes back from in-payment to reserved.
 */
export async function dropLines(house: House, transferIds: readonly string[]): Promise<void> {
  if (transferIds.length === 0) return;
  const today = dateOf(await legalNow(house));
  await house.database.transaction(worker, async (tx) => {
    await tx.query(
      `SELECT id FROM cases WHERE id IN (SELECT d.case_id FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE t.id = ANY($1::uuid[])) ORDER BY id FOR NO KEY UPDATE`,
      [transferIds],
    );
    const { rows } = await tx.query<Dropped>(
      `UPDATE transfers t SET state = 'cancelled', reason = 'case not payable', updated_at = $2 FROM disbursements d, batches b
       WHERE t.id = ANY($1::uuid[]) AND t.state = 'approved' AND d.id = t.disbursement_id AND b.id = t.batch_id
       RETURNING t.id, d.id AS "disbursementId", b.id AS "batchId", b.fund_id AS "fundId", t.amount_fen::text AS "amountFen"`,
      [transferIds, formatInstant(house.systemNow())],
    );
    await tx.query(`UPDATE disbursements SET batch_id = NULL, version = version + 1 WHERE id = ANY($1::uuid[]) AND state = 'requested'`, [
      rows.map(({ disbursementId }) => disbursementId),
    ]);
    for (const row of rows)
      await postForBatch(tx, house, row.batchId, 'batch.line-dropped', row.id, today, batchLineRemoved(row.fundId, BigInt(row.amountFen)));
  });
}
