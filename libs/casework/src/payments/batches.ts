import type { RailKind } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import type { Actor, Tx } from '@tranche/database';
import { linesApproval } from '@tranche/ledger';
import type { House } from '../house.js';
import { dayOfBank, executionDay, refuseDay, rememberDay } from '../rails/execution-day.js';
import { railOfBatch } from '../rails/profiles.js';
import { type Refused, refuse } from '../refusal.js';
import { type BatchLine, liveLines, selectLines, totalOf } from './lines.js';
import { postForBatch } from './post-for-batch.js';
import { hasSigned, signaturesOf } from './signatures.js';
import { type ContentForm, contentHash } from './signed-content.js';

/** `allocation`: budget moved to a city, booked without a bank */
export type Rail = RailKind | 'allocation';
export type BatchAnswer = {
  readonly ok: true;
  readonly batchId: string;
  readonly batchNo: string;
  readonly state: string;
  readonly contentHash: string;
  readonly lines: number;
  readonly totalFen: string;
  /** people who signed this content, and how many its total demands; while fewer, it stays pending */
  readonly signatures: number;
  readonly signaturesNeeded: number;
  /** the day the bank executes it, as last shown to somebody and agreed; null before submission and where no bank is asked */
  readonly executionOn: string | null;
};
export type BatchResult = BatchAnswer | Refused;

type BatchRow = { id: string; batch_no: string; fund_id: string; rail: Rail; state: string; maker_id: string; content_form: ContentForm };

/** The maker hands the batch over for signature; from here on its content is fixed by its hash. */
export async function submitBatch(tx: Tx, house: House, actor: Actor, batchId: string): Promise<BatchResult> {
  const batch = await lockBatch(tx, batchId);
  if (!batch) return noBatch;
  if (batch.state !== 'draft') return wrongState(batch.state);
  if (batch.maker_id !== actor.userId)
    return refuse('batch-state', '只有制单人可以提交此拨付单。', 'Only its maker may submit this batch.');
  const lines = await linesOf(tx, batchId);
  if (liveLines(lines).length === 0) return refuse('batch-state', '此拨付单已没有可付的明细。', 'No line of this batch is left to pay.');
  const unknown = batch.rail === 'allocation' ? null : await showDay(tx, house, actor, batchId);
  if (unknown) return unknown;
  const now = formatInstant(house.systemNow());
  const hash = hashOf(batch, lines);
  await tx.query(`UPDATE transfers SET state = 'pending_approval', updated_at = $2 WHERE batch_id = $1 AND state = 'draft'`, [
    batchId,
    now,
  ]);
  await tx.query(
    `UPDATE batches SET state = 'pending_approval', content_hash = $2, line_count = $3, total_fen = $4, submitted_at = $5 WHERE id = $1`,
    [batchId, hash, liveLines(lines).length, totalOf(liveLines(lines)).toString(), now],
  );
  return describeBatch(tx, { ...batch, state: 'pending_approval' }, { lines, hash });
}

/**
 * The checker signs exactly the content whose hash was shown; another person than the maker, and nobody who acted on a case in it
 * (the database checks this again). Moves the budget from reserved to in-payment and leaves an intention to send.
 */
export async function approveBatch(
  tx: Tx,
  house: House,
  actor: Actor,
  asked: { readonly batchId: string; readonly contentHash: string; readonly legalToday: string; readonly executionOn?: string },
): Promise<BatchResult> {
  const batch = await lockBatch(tx, asked.batchId);
  if (!batch) return noBatch;
  // the cases are locked: no line leaves before this ends
  const all = await linesOf(tx, batch.id);
  const refusal = await refuseSignature(tx, actor, batch, all);
  if (refusal) return refusal;
  const stale = await staleAccounts(tx, batch.id);
  if (stale) return stale;
  const lines = liveLines(all);
  const current = hashOf(batch, lines);
  if (current !== asked.contentHash)
    return refuse(
      'batch-content-changed',
      '拨付单内容已与您所见不同（有明细被撤出）。请重新核对后再签。',
      'The content is not what you saw (a line was taken out). Check again, then sign.',
    );
  if (await hasSigned(tx, batch.id, actor.userId, current))
    return refuse('already-decided', '您已签过此内容，尚待其他复核人。', 'You have signed this content; others must sign it too.');
  const unseen = batch.rail === 'allocation' ? null : await agreeToDay(tx, house, actor, asked);
  if (unseen) return unseen;
  const now = formatInstant(house.systemNow());
  await tx.query('UPDATE batches SET content_hash = $2, line_count = $3, total_fen = $4 WHERE id = $1', [
    batch.id,
    current,
    lines.length,
    totalOf(lines).toString(),
  ]);
  await tx.query(
    `INSERT INTO batch_approvals (batch_id, person_id, decision, content_hash, recorded_at) VALUES ($1, $2, 'approve', $3, $4)`,
    [batch.id, actor.userId, current, now],
  );
  const { signatures, signaturesNeeded } = await signaturesOf(tx, batch.id, current);
  if (signatures < signaturesNeeded) return describeBatch(tx, batch, { lines, hash: current });
  await tx.query(`UPDATE batches SET state = 'approved', approved_at = $2 WHERE id = $1`, [batch.id, now]);
  await tx.query(`UPDATE transfers SET state = 'approved', updated_at = $2 WHERE batch_id = $1 AND state = 'pending_approval'`, [
    batch.id,
    now,
  ]);
  await postForBatch(
    tx,
    house,
    batch.id,
    'batch.approved',
    batch.id,
    asked.legalToday,
    linesApproval(lines.map(fundedLine(batch.fund_id))),
  );
  const next = { http: 'batch.send', allocation: 'batch.book', file: null, csv: null }[batch.rail];
  if (next !== null)
    await tx.query(`INSERT INTO outbox (kind, subject, params, due_at, recorded_at) VALUES ($3, $1, '{}', $2, $2)`, [batch.id, now, next]);
  return describeBatch(tx, { ...batch, state: 'approved' }, { lines, hash: current });
}

/** The maker is shown the day on which the bank will execute the batch. */
async function showDay(tx: Tx, house: House, actor: Actor, batchId: string): Promise<Refused | null> {
  const { profile } = await railOfBatch(tx, batchId);
  const day = await dayOfBank(tx, house, profile.hours);
  if (!day.ok) return refuseDay(day);
  await rememberDay(tx, house, actor, batchId, day.date);
  return null;
}

/** Whoever signs has seen the day on which the bank executes; a day that moved since it was shown is asked about again. */
async function agreeToDay(
  tx: Tx,
  house: House,
  actor: Actor,
  { batchId, executionOn }: { readonly batchId: string; readonly executionOn?: string },
): Promise<Refused | null> {
  const day = await executionDay(tx, house, batchId, executionOn);
  if (!day.ok) return refuseDay(day);
  await rememberDay(tx, house, actor, batchId, day.date);
  return null;
}

const fundedLine =
  (fundId: string) =>
  ({ fundShares, amountFen }: BatchLine) => ({ fund: fundShares ?? fundId, amountFen: BigInt(amountFen) });

/** The checker refuses the batch; its disbursements are free to be collected again. */
export async function rejectBatch(
  tx: Tx,
  house: House,
  actor: Actor,
  asked: { readonly batchId: string; readonly reason: string },
): Promise<BatchResult> {
  const batch = await lockBatch(tx, asked.batchId);
  if (!batch) return noBatch;
  const lines = await linesOf(tx, batch.id);
  const refusal = await refuseSignature(tx, actor, batch, lines);
  if (refusal) return refusal;
  const now = formatInstant(house.systemNow());
  const hash = hashOf(batch, lines);
  await tx.query(
    `INSERT INTO batch_approvals (batch_id, person_id, decision, content_hash, reason, recorded_at) VALUES ($1, $2, 'reject', $3, $4, $5)`,
    [batch.id, actor.userId, hash, asked.reason, now],
  );
  await freeDisbursements(tx, batch.id);
  await tx.query(
    `UPDATE transfers SET state = 'rejected', reason = $3, updated_at = $2 WHERE batch_id = $1 AND state = 'pending_approval'`,
    [batch.id, now, asked.reason],
  );
  await tx.query(`UPDATE batches SET state = 'rejected' WHERE id = $1`, [batch.id]);
  return describeBatch(tx, { ...batch, state: 'rejected' });
}

/** The maker takes an unsigned batch back; its disbursements are free to be collected again. */
export async function cancelBatch(tx: Tx, house: House, actor: Actor, batchId: string): Promise<BatchResult> {
  const batch = await lockBatch(tx, batchId);
  if (!batch) return noBatch;
  if (batch.state !== 'draft' && batch.state !== 'pending_approval') return wrongState(batch.state);
  if (batch.maker_id !== actor.userId)
    return refuse('batch-state', '只有制单人可以撤回此拨付单。', 'Only its maker may take this batch back.');
  await freeDisbursements(tx, batchId);
  await tx.query(
    `UPDATE transfers SET state = 'cancelled', reason = 'batch taken back', updated_at = $2 WHERE batch_id = $1 AND state IN ('draft', 'pending_approval')`,
    [batchId, formatInstant(house.systemNow())],
  );
  await tx.query(`UPDATE batches SET state = 'cancelled' WHERE id = $1`, [batchId]);
  return describeBatch(tx, { ...batch, state: 'cancelled' });
}

const freeDisbursements = (tx: Tx, batchId: string): Promise<unknown> =>
  tx.query(`UPDATE disbursements SET batch_id = NULL, version = version + 1 WHERE batch_id = $1 AND state = 'requested'`, [batchId]);

/** Locks in the global order: the batch's cases by id, then the batch. */
export async function lockBatch(tx: Tx, batchId: string): Promise<BatchRow | null> {
  await lockCasesOf(tx, 'SELECT d.case_id FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE t.batch_id = $1', [
    batchId,
  ]);
  const { rows } = await tx.query<BatchRow>(
    'SELECT id, batch_no, fund_id, rail, state, maker_id, content_form FROM batches WHERE id = $1 FOR NO KEY UPDATE',
    [batchId],
  );
  return rows[0] ?? null;
}

export const lockCasesOf = (tx: Tx, caseIds: string, values: readonly unknown[]): Promise<unknown> =>
  tx.query(`SELECT id FROM cases WHERE id IN (${caseIds}) ORDER BY id FOR NO KEY UPDATE`, [...values]);

async function refuseSignature(tx: Tx, actor: Actor, batch: BatchRow, lines: readonly BatchLine[]): Promise<Refused | null> {
  if (batch.state !== 'pending_approval') return wrongState(batch.state);
  if (batch.maker_id === actor.userId)
    return refuse(
      'self-approval',
      '制单人不得复核自己的拨付单。请由另一位同事复核。',
      'The maker may not sign the own batch. Another person must.',
    );
  return refuseOwnCases(
    tx,
    actor,
    lines.map(({ caseId }) => caseId),
  );
}

/** Nobody makes or signs the payment of a case he acted on; the database holds both to it once more. */
export async function refuseOwnCases(tx: Tx, actor: Actor, caseIds: readonly string[]): Promise<Refused | null> {
  const { rows } = await tx.query<{ caseNo: string }>(
    `SELECT c.case_no AS "caseNo" FROM case_duties u JOIN cases c ON c.id = u.case_id WHERE u.case_id = ANY($1::uuid[]) AND u.person_id::text = $2 LIMIT 1`,
    [caseIds, actor.userId],
  );
  const [own] = rows;
  return own
    ? refuse(
        'duty-conflict',
        `您曾办理其中的案件 ${own.caseNo}，不得经手其付款。`,
        `You acted on case ${own.caseNo} in this batch and may have no hand in its payment.`,
      )
    : null;
}

/** Nobody signs a payment to an account that was replaced since the line was made. The accounts stay as they are until the signature commits. */
async function staleAccounts(tx: Tx, batchId: string): Promise<Refused | null> {
  const { rows } = await tx.query<{ caseNo: string; payment: string; state: string }>(
    `SELECT c.case_no AS "caseNo", d.payment,
       CASE WHEN EXISTS (SELECT FROM payee_account_doubts q WHERE q.payee_account_id = p.id) THEN 'doubted' ELSE p.state END AS state FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN cases c ON c.id = d.case_id
     JOIN payee_accounts p ON p.id = d.payee_account_id WHERE t.batch_id = $1 AND t.state = 'pending_approval' ORDER BY p.id FOR SHARE OF p`,
    [batchId],
  );
  const stale = rows.filter(({ state }) => state !== 'approved');
  if (stale.length === 0) return null;
  return refuse(
    'batch-content-changed',
    '有明细的收款账户已被更换，或已被银行退票。请退回此拨付单，由经办人按现行账户重新制单。',
    'The payee account of some lines was replaced, or refused by the bank. Reject this batch; the maker collects them again to the account approved now.',
    {
      errors: stale.slice(0, 20).map(({ caseNo, payment }) => ({
        field: `${caseNo} ${payment} payeeAccount`,
        code: 'payee-account-not-approved',
        message: { zh: '收款账户已不是已复核账户', en: 'the account is no longer the approved one' },
      })),
    },
  );
}

const noBatch = refuse('batch-not-found', '没有这张拨付单。', 'There is no such batch.');
const wrongState = (state: string): Refused =>
  refuse('batch-state', `拨付单现为“${state}”，不能这样办理。`, `The batch is ${state}; this is not possible now.`);

export async function linesOf(tx: Tx, batchId: string): Promise<BatchLine[]> {
  const { rows } = await tx.query<BatchLine>({ ...selectLines, values: [batchId] });
  return rows;
}

const hashOf = ({ fund_id: fundId, content_form: contentForm }: BatchRow, lines: readonly BatchLine[]): string =>
  contentHash({ fundId, contentForm }, lines);

/** A batch as people see it. `known`: its lines and their hash, where the caller has read them under its lock. */
export async function describeBatch(
  tx: Tx,
  batch: BatchRow,
  known?: { readonly lines: readonly BatchLine[]; readonly hash: string },
): Promise<BatchAnswer> {
  const lines = liveLines(known?.lines ?? (await linesOf(tx, batch.id)));
  const hash = known?.hash ?? hashOf(batch, lines);
  const { rows: days } = await tx.query<{ day: string | null }>(
    'SELECT max(execution_on)::text AS day FROM batch_execution_days WHERE batch_id = $1',
    [batch.id],
  );
  return {
    ok: true,
    batchId: batch.id,
    batchNo: batch.batch_no,
    state: batch.state,
    contentHash: hash,
    lines: lines.length,
    totalFen: totalOf(lines).toString(),
    ...(await signaturesOf(tx, batch.id, hash)),
    executionOn: days[0]?.day ?? null,
  };
}
