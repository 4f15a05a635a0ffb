import { formatInstant } from '@tranche/calendar';
import { type BatchFile, filesOfBatch, type House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { maskAccount } from '@tranche/identifiers';
import { policyColumns, withLabel } from '../cases/payment-label.js';
import { afterId, type Page, type PageQuery, page } from '../fields/paging.js';
import { found } from '../http/outcome.js';
import type { BatchFileView, BatchLineView, BatchView } from './batch.view.js';

type Row = Omit<BatchView, 'submittedAt' | 'approvedAt'> & { submittedAt: number | null; approvedAt: number | null };

const select = `SELECT id, batch_no AS "batchNo", fund_id AS "fundId", rail, state, maker_id AS "makerId", content_hash AS "contentHash", line_count AS "lineCount",
  total_fen::text AS "totalFen", submitted_at AS "submittedAt", approved_at AS "approvedAt",
  (SELECT max(execution_on)::text FROM batch_execution_days e WHERE e.batch_id = batches.id) AS "executionOn",
  (SELECT coalesce(jsonb_agg(a.person_id ORDER BY a.recorded_at, a.person_id), '[]') FROM batch_approvals a
    WHERE a.batch_id = batches.id AND a.decision = 'approve' AND a.content_hash = batches.content_hash) AS "signedBy",
  (SELECT signers_needed(batches.total_fen, f.district, legal_today()) FROM funds f WHERE f.id = batches.fund_id) AS "signaturesNeeded" FROM batches`;

const instantOf = (ms: number | null): string | null => (ms === null ? null : formatInstant(ms));
const view = (row: Row): BatchView => ({ ...row, submittedAt: instantOf(row.submittedAt), approvedAt: instantOf(row.approvedAt) });
const seesAccounts = new Set(['maker', 'checker', 'cashier']);

export async function listBatches(house: House, actor: Actor, { limit, cursor }: PageQuery): Promise<Page<BatchView>> {
  const rows = await house.database.read<Row>(actor, `${select} WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`, [
    afterId(cursor),
    limit + 1,
  ]);
  return page(rows, limit, (row) => row.id, view);
}

export async function oneBatch(house: House, actor: Actor, id: string): Promise<BatchView & { lines: BatchLineView[] }> {
  const [row] = await house.database.read<Row>(actor, `${select} WHERE id = $1`, [id]);
  const batch = view(found(row));
  type LineRow = Omit<BatchLineView, 'label'> & { policyId: string; policyVersion: string; jurisdiction: string };
  const rows = await house.database.read<LineRow>(
    actor,
    `SELECT ${policyColumns}, t.id AS "transferId", t.disbursement_id AS "disbursementId", c.case_no AS "caseNo", d.payment, t.line_no AS line, t.state, t.end_to_end_id AS "endToEndId",
       t.amount_fen::text AS "amountFen", t.holder_name AS "holderName", t.account_no AS "accountNo", t.bank_no AS "bankNo", t.remittance
     FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN cases c ON c.id = d.case_id WHERE t.batch_id = $1 ORDER BY t.line_no`,
    [id],
  );
  const lines = rows.map((line) => withLabel(house, line));
  return {
    ...batch,
    lines: seesAccounts.has(actor.role) ? lines : lines.map((line) => ({ ...line, accountNo: maskAccount(line.accountNo) })),
  };
}

/** Files written for a batch, in the order of their parts. */
export async function listFiles(house: House, actor: Actor, id: string): Promise<{ items: BatchFileView[] }> {
  await oneBatch(house, actor, id);
  const files = await house.database.transaction(actor, (tx) => filesOfBatch(tx, id));
  return { items: files.map(fileView) };
}

export const fileView = ({ handedOverAtMs, ...file }: BatchFile): BatchFileView => ({ ...file, handedOverAt: instantOf(handedOverAtMs) });
