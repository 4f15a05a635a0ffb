import { checkInstruction } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import type { Actor, Tx } from '@tranche/database';
import { batchApproval } from '@tranche/ledger';
import type { House } from '../house.js';
import { type FieldError, type Refused, refuse } from '../refusal.js';
import { type BatchLine, contentHash, endToEndIdOf, instructionOf, liveLines, type PayableLine, selectLines, totalOf } from './lines.js';
import { postForBatch } from './post-for-batch.js';

export type Rail = 'http' | 'file';
export type BatchAnswer = {
  readonly ok: true;
  readonly batchId: string;
  readonly batchNo: string;
  readonly state: string;
  readonly contentHash: string;
  readonly lines: number;
  readonly totalFen: string;
};
export type BatchResult = BatchAnswer | Refused;

type BatchRow = { id: string; batch_no: string; fund_id: string; rail: Rail; state: string; maker_id: string };
type Asked = {
  id: string;
  case_id: string;
  case_no: string;
  payment: string;
  fund_id: string;
  amount_fen: string;
  state: string;
  batch_id: string | null;
  holder_name: string;
  account_no: string;
  bank_no: string;
  organisation_id: string;
  district: string;
};

const BATCH_LINES_MAX = 10_000;

/**
 * The maker collects disbursements of one fund (one fund = one debtor account) into a draft batch; every line becomes a transfer.
 * Runs inside the caller's transaction; locks cases, then disbursements. All or nothing.
 */
export async function createBatch(
  tx: Tx,
  house: House,
  actor: Actor,
  asked: { readonly disbursementIds: readonly string[]; readonly rail: Rail; readonly legalToday: string },
): Promise<BatchResult> {
  const ids = [...new Set(asked.disbursementIds)];
  if (ids.length === 0 || ids.length > BATCH_LINES_MAX)
    return refuse('data-invalid', `一张拨付单须含 1 至 ${BATCH_LINES_MAX} 笔。`, `A batch takes 1 to ${BATCH_LINES_MAX} disbursements.`);
  await lockCasesOf(tx, 'SELECT case_id FROM disbursements WHERE id = ANY($1::uuid[])', [ids]);
  const rows = await loadAsked(tx, ids);
  const unavailable = ids.filter((id) => !rows.some((row) => row.id === id && row.state === 'requested' && row.batch_id === null));
  if (unavailable.length > 0)
    return refuse(
      'disbursement-not-available',
      `有 ${unavailable.length} 笔拨付不存在、已入单或已不待付。`,
      `${unavailable.length} disbursements do not exist, are in a batch already, or are not waiting to be paid.`,
      {
        errors: unavailable
          .slice(0, 20)
          .map((id) => ({ field: 'disbursementIds', code: 'disbursement-not-available', message: { zh: id, en: id } })),
      },
    );
  const fundId = rows[0]?.fund_id ?? '';
  if (rows.some((row) => row.fund_id !== fundId))
    return refuse(
      'funds-mixed',
      '一张拨付单只能使用一个资金来源（一个付款账户）。',
      'A batch draws on one fund (one debtor account) only.',
    );
  const unpayable = unpayableLines(await fundOf(tx, fundId), rows, asked.legalToday);
  if (unpayable.length > 0)
    return refuse(
      'data-invalid',
      '有明细银行无法受理，请先更正收款账户或付款账户。',
      'No bank would take some of these lines; correct the accounts first.',
      {
        errors: unpayable.slice(0, 20),
      },
    );
  return insertBatch(tx, house, actor, asked, fundId, rows);
}

type Debtor = Pick<PayableLine, 'debtorName' | 'debtorAccountNo' | 'debtorBankNo'>;

async function fundOf(tx: Tx, fundId: string): Promise<Debtor> {
  const { rows } = await tx.query<Debtor>(
    `SELECT debtor_name AS "debtorName", debtor_account_no AS "debtorAccountNo", debtor_bank_no AS "debtorBankNo" FROM funds WHERE id = $1`,
    [fundId],
  );
  const [debtor] = rows;
  if (!debtor) throw new Error(`fund ${fundId} not found`);
  return debtor;
}

/** Checked when the batch is made, long before it is sent: one bad line must not stop the others on the day. */
function unpayableLines(debtor: Debtor, rows: readonly Asked[], today: string): FieldError[] {
  return rows.flatMap((row) => {
    const line = {
      ...debtor,
      endToEndId: 'T1',
      amountFen: row.amount_fen,
      holderName: row.holder_name,
      accountNo: row.account_no,
      bankNo: row.bank_no,
      remittance: remittanceOf(row),
    };
    return checkInstruction(instructionOf(line, today)).map(({ field, code, message }) => ({
      field: `${row.case_no} ${row.payment} ${field}`,
      code,
      message,
    }));
  });
}

const remittanceOf = (row: Asked): string => `${row.case_no} ${row.payment}`;

async function loadAsked(tx: Tx, ids: readonly string[]): Promise<Asked[]> {
  const { rows } = await tx.query<Asked>(
    `SELECT d.id, d.case_id, c.case_no, d.payment, d.fund_id, d.amount_fen::text AS amount_fen, d.state, d.batch_id, p.holder_name, p.account_no, p.bank_no, d.organisation_id, d.district
     FROM disbursements d JOIN cases c ON c.id = d.case_id JOIN payee_accounts p ON p.id = d.payee_account_id
     WHERE d.id = ANY($1::uuid[]) ORDER BY d.id FOR NO KEY UPDATE OF d`,
    [ids],
  );
  return rows;
}

async function insertBatch(
  tx: Tx,
  house: House,
  actor: Actor,
  asked: { rail: Rail; legalToday: string },
  fundId: string,
  rows: readonly Asked[],
): Promise<BatchResult> {
  const id = house.newId();
  const now = formatInstant(house.systemNow());
  const { rows: made } = await tx.query<{ batch_no: string }>(
    `INSERT INTO batches (id, batch_no, fund_id, rail, state, maker_id, line_count, total_fen, recorded_at)
     SELECT $1, code || '-' || replace($3, '-', '') || '-' || lpad(nextval('batch_numbers')::text, 4, '0'), id, $4, 'draft', $5, $6, $7, $8 FROM funds WHERE id = $2
     RETURNING batch_no`,
    [
      id,
      fundId,
      asked.legalToday,
      asked.rail,
      actor.userId,
      rows.length,
      rows.reduce((sum, row) => sum + BigInt(row.amount_fen), 0n).toString(),
      now,
    ],
  );
  const lines = rows.map((row, index) => {
    const transferId = house.newId();
    return {
      ...row,
      id: transferId,
      disbursement_id: row.id,
      line_no: index + 1,
      end_to_end_id: endToEndIdOf(transferId),
      remittance: remittanceOf(row),
    };
  });
  await tx.query(
    `WITH lines AS (
       SELECT * FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, disbursement_id uuid, line_no int, end_to_end_id text, amount_fen bigint, holder_name text, account_no text, bank_no text, remittance text, organisation_id uuid, district text)),
     marked AS (UPDATE disbursements d SET batch_id = $1, version = version + 1 FROM lines WHERE d.id = lines.disbursement_id)
     INSERT INTO transfers (id, disbursement_id, batch_id, line_no, state, end_to_end_id, amount_fen, holder_name, account_no, bank_no, remittance, updated_at, organisation_id, district)
     SELECT id, disbursement_id, $1, line_no, 'draft', end_to_end_id, amount_fen, holder_name, account_no, bank_no, remittance, $3, organisation_id, district FROM lines`,
    [id, JSON.stringify(lines), now],
  );
  return describe(tx, { id, batch_no: made[0]?.batch_no ?? '', fund_id: fundId, rail: asked.rail, state: 'draft', maker_id: actor.userId });
}

/** The maker hands the batch over for signature; from here on its content is fixed by its hash. */
export async function submitBatch(tx: Tx, house: House, actor: Actor, batchId: string): Promise<BatchResult> {
  const batch = await lockBatch(tx, batchId);
  if (!batch) return noBatch;
  if (batch.state !== 'draft') return wrongState(batch.state);
  if (batch.maker_id !== actor.userId)
    return refuse('batch-state', '只有制单人可以提交此拨付单。', 'Only its maker may submit this batch.');
  const lines = await linesOf(tx, batchId);
  if (liveLines(lines).length === 0) return refuse('batch-state', '此拨付单已没有可付的明细。', 'No line of this batch is left to pay.');
  const now = formatInstant(house.systemNow());
  await tx.query(`UPDATE transfers SET state = 'pending_approval', updated_at = $2 WHERE batch_id = $1 AND state = 'draft'`, [
    batchId,
    now,
  ]);
  await tx.query(
    `UPDATE batches SET state = 'pending_approval', content_hash = $2, line_count = $3, total_fen = $4, submitted_at = $5 WHERE id = $1`,
    [batchId, contentHash(batch.fund_id, lines), liveLines(lines).length, totalOf(liveLines(lines)).toString(), now],
  );
  return describe(tx, { ...batch, state: 'pending_approval' });
}

/**
 * The checker signs exactly the content whose hash was shown; another person than the maker, and nobody who acted on a case in it
 * (the database checks this again). Moves the budget from reserved to in-payment and leaves an intention to send.
 */
export async function approveBatch(
  tx: Tx,
  house: House,
  actor: Actor,
  asked: { readonly batchId: string; readonly contentHash: string; readonly legalToday: string },
): Promise<BatchResult> {
  const batch = await lockBatch(tx, asked.batchId);
  const refusal = await refuseSignature(tx, actor, batch);
  if (refusal || !batch) return refusal ?? noBatch;
  const lines = liveLines(await linesOf(tx, batch.id));
  const current = contentHash(batch.fund_id, lines);
  if (current !== asked.contentHash)
    return refuse(
      'batch-content-changed',
      '拨付单内容已与您所见不同（有明细被撤出）。请重新核对后再签。',
      'The content is not what you saw (a line was taken out). Check again, then sign.',
    );
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
  await tx.query(`UPDATE batches SET state = 'approved', approved_at = $2 WHERE id = $1`, [batch.id, now]);
  await tx.query(`UPDATE transfers SET state = 'approved', updated_at = $2 WHERE batch_id = $1 AND state = 'pending_approval'`, [
    batch.id,
    now,
  ]);
  await postForBatch(tx, house, batch.id, 'batch.approved', batch.id, asked.legalToday, batchApproval(batch.fund_id, totalOf(lines)));
  if (batch.rail === 'http')
    await tx.query(`INSERT INTO outbox (kind, subject, params, due_at, recorded_at) VALUES ('batch.send', $1, '{}', $2, $2)`, [
      batch.id,
      now,
    ]);
  return describe(tx, { ...batch, state: 'approved' });
}

/** The checker refuses the batch; its disbursements are free to be collected again. */
export async function rejectBatch(
  tx: Tx,
  house: House,
  actor: Actor,
  asked: { readonly batchId: string; readonly reason: string },
): Promise<BatchResult> {
  const batch = await lockBatch(tx, asked.batchId);
  const refusal = await refuseSignature(tx, actor, batch);
  if (refusal || !batch) return refusal ?? noBatch;
  const now = formatInstant(house.systemNow());
  const hash = contentHash(batch.fund_id, await linesOf(tx, batch.id));
  await tx.query(
    `INSERT INTO batch_approvals (batch_id, person_id, decision, content_hash, reason, recorded_at) VALUES ($1, $2, 'reject', $3, $4, $5)`,
    [batch.id, actor.userId, hash, asked.reason, now],
  );
  await tx.query(`UPDATE disbursements SET batch_id = NULL, version = version + 1 WHERE batch_id = $1 AND state = 'requested'`, [batch.id]);
  await tx.query(
    `UPDATE transfers SET state = 'rejected', reason = $3, updated_at = $2 WHERE batch_id = $1 AND state = 'pending_approval'`,
    [batch.id, now, asked.reason],
  );
  await tx.query(`UPDATE batches SET state = 'rejected' WHERE id = $1`, [batch.id]);
  return describe(tx, { ...batch, state: 'rejected' });
}

/** Locks in the global order: the batch's cases by id, then the batch. */
export async function lockBatch(tx: Tx, batchId: string): Promise<BatchRow | null> {
  await lockCasesOf(tx, 'SELECT d.case_id FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE t.batch_id = $1', [
    batchId,
  ]);
  const { rows } = await tx.query<BatchRow>(
    'SELECT id, batch_no, fund_id, rail, state, maker_id FROM batches WHERE id = $1 FOR NO KEY UPDATE',
    [batchId],
  );
  return rows[0] ?? null;
}

const lockCasesOf = (tx: Tx, caseIds: string, values: readonly unknown[]): Promise<unknown> =>
  tx.query(`SELECT id FROM cases WHERE id IN (${caseIds}) ORDER BY id FOR NO KEY UPDATE`, [...values]);

async function refuseSignature(tx: Tx, actor: Actor, batch: BatchRow | null): Promise<Refused | null> {
  if (!batch) return noBatch;
  if (batch.state !== 'pending_approval') return wrongState(batch.state);
  if (batch.maker_id === actor.userId)
    return refuse(
      'self-approval',
      '制单人不得复核自己的拨付单。请由另一位同事复核。',
      'The maker may not sign the own batch. Another person must.',
    );
  const { rows } = await tx.query<{ caseNo: string }>(
    `SELECT c.case_no AS "caseNo" FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN cases c ON c.id = d.case_id
     JOIN case_duties u ON u.case_id = c.id WHERE t.batch_id = $1 AND u.person_id::text = $2 LIMIT 1`,
    [batch.id, actor.userId],
  );
  const [own] = rows;
  return own
    ? refuse(
        'duty-conflict',
        `您曾办理其中的案件 ${own.caseNo}，不得复核其付款。`,
        `You acted on case ${own.caseNo} in this batch and may not sign its payment.`,
      )
    : null;
}

const noBatch = refuse('batch-not-found', '没有这张拨付单。', 'There is no such batch.');
const wrongState = (state: string): Refused =>
  refuse('batch-state', `拨付单现为“${state}”，不能这样办理。`, `The batch is ${state}; this is not possible now.`);

export async function linesOf(tx: Tx, batchId: string): Promise<BatchLine[]> {
  const { rows } = await tx.query<BatchLine>({ ...selectLines, values: [batchId] });
  return rows;
}

async function describe(tx: Tx, batch: BatchRow): Promise<BatchAnswer> {
  const lines = liveLines(await linesOf(tx, batch.id));
  return {
    ok: true,
    batchId: batch.id,
    batchNo: batch.batch_no,
    state: batch.state,
    contentHash: contentHash(batch.fund_id, lines),
    lines: lines.length,
    totalFen: totalOf(lines).toString(),
  };
}
