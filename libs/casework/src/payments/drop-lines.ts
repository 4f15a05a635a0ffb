import { dateOf, formatInstant } from '@tranche/calendar';
import { batchLineRemoved } from '@tranche/ledger';
import { legalNow } from '../deadlines.js';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { postForBatch } from './post-for-batch.js';

type Dropped = { id: string; disbursementId: string; batchId: string; fundId: string; amountFen: string };

/** Why a signed line is not sent. */
export type DropReason = 'case not payable' | 'payee account no longer approved';

/**
 * Signed lines that may not be paid now (the case is held or failed, the account was replaced) leave the batch before anything is sent: recorded, never silent.
 * The obligation stays and can be collected again; its budget goes back from in-payment to reserved.
 */
export async function dropLines(house: House, transferIds: readonly string[], reason: DropReason = 'case not payable'): Promise<void> {
  if (transferIds.length === 0) return;
  const today = dateOf(await legalNow(house));
  await house.database.transaction(worker, async (tx) => {
    await tx.query(
      `SELECT id FROM cases WHERE id IN (SELECT d.case_id FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE t.id = ANY($1::uuid[])) ORDER BY id FOR NO KEY UPDATE`,
      [transferIds],
    );
    const { rows } = await tx.query<Dropped>(
      `UPDATE transfers t SET state = 'cancelled', reason = $3, updated_at = $2 FROM disbursements d, batches b
       WHERE t.id = ANY($1::uuid[]) AND t.state = 'approved' AND d.id = t.disbursement_id AND b.id = t.batch_id
       RETURNING t.id, d.id AS "disbursementId", b.id AS "batchId", coalesce(d.fund_shares, b.fund_id::text) AS "fundId", t.amount_fen::text AS "amountFen"`,
      [transferIds, formatInstant(house.systemNow()), reason],
    );
    await tx.query(`UPDATE disbursements SET batch_id = NULL, version = version + 1 WHERE id = ANY($1::uuid[]) AND state = 'requested'`, [
      rows.map(({ disbursementId }) => disbursementId),
    ]);
    for (const row of rows)
      await postForBatch(tx, house, row.batchId, 'batch.line-dropped', row.id, today, batchLineRemoved(row.fundId, BigInt(row.amountFen)));
  });
}

/** Signed lines to an account that was replaced since, or refused by the bank: they leave the batch, and can be collected again to the account approved now. */
export async function dropStaleAccounts(house: House, batchId: string): Promise<void> {
  const rows = await house.database.read<{ id: string }>(
    worker,
    `SELECT t.id FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN payee_accounts p ON p.id = d.payee_account_id
     WHERE t.batch_id = $1 AND t.state = 'approved'
       AND (p.state <> 'approved' OR EXISTS (SELECT FROM payee_account_doubts q WHERE q.payee_account_id = p.id))`,
    [batchId],
  );
  await dropLines(
    house,
    rows.map(({ id }) => id),
    'payee account no longer approved',
  );
}
