import { createHash } from 'node:crypto';
import { type Pain001, renderPain001, renderRequest } from '@tranche/bank';
import { dateOf, formatInstant } from '@tranche/calendar';
import type { Tx } from '@tranche/database';
import { systemCommand } from '../command.js';
import { legalNow } from '../deadlines.js';
import { dispatchEach } from '../dispatch.js';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { type Refused, refuse } from '../refusal.js';
import { lockBatch } from './batches.js';
import { dropLines, dropStaleAccounts } from './drop-lines.js';
import { instructionOf, type PayableLine } from './lines.js';
import { tellOfStuckLines } from './send-batch.js';

export type HandedOver = {
  readonly ok: true;
  readonly fileName: string;
  readonly sha256: string;
  readonly lines: number;
  readonly totalFen: string;
};

type Line = PayableLine & { id: string; caseId: string; disbursementId: string; payment: string };

const selectLinesIn = (state: string): string =>
  `SELECT t.id, d.case_id AS "caseId", d.id AS "disbursementId", d.payment, t.end_to_end_id AS "endToEndId", t.amount_fen::text AS "amountFen", t.holder_name AS "holderName",
          t.account_no AS "accountNo", t.bank_no AS "bankNo", t.remittance, f.debtor_name AS "debtorName", f.debtor_account_no AS "debtorAccountNo", f.debtor_bank_no AS "debtorBankNo"
   FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN batches b ON b.id = t.batch_id JOIN funds f ON f.id = b.fund_id
   WHERE t.batch_id = $1 AND t.state = '${state}' ORDER BY t.line_no`;

/**
 * File rail: the cashier hands a signed batch to the bank as a pain.001.001.09 file. First every line is committed as
 * `submitting` through the one door (a held or failed case leaves the batch), then the file of exactly these lines is stored and
 * the lines are `submitted`. Interrupted in between, the next call goes on with the lines already committed.
 */
export async function handOverBatch(house: House, asked: { readonly batchId: string }): Promise<HandedOver | Refused> {
  const [batch] = await house.database.read<{ rail: string; state: string; batchNo: string }>(
    worker,
    'SELECT rail, state, batch_no AS "batchNo" FROM batches WHERE id = $1',
    [asked.batchId],
  );
  if (!batch) return refuse('batch-not-found', '没有这张拨付单。', 'There is no such batch.');
  if (batch.rail !== 'file' || (batch.state !== 'approved' && batch.state !== 'processing'))
    return refuse('batch-state', '只有已复核的文件类拨付单可以交付银行。', 'Only an approved batch of the file rail can be handed over.');
  await dropStaleAccounts(house, asked.batchId);
  await commitSubmitting(house, asked.batchId);
  return house.database.transaction(worker, (tx) => storeFile(tx, house, asked.batchId, batch.batchNo));
}

async function commitSubmitting(house: House, batchId: string): Promise<void> {
  const nowMs = house.systemNow();
  const executionDate = dateOf(await legalNow(house));
  const lines = await house.database.read<Line>(worker, selectLinesIn('approved'), [batchId]);
  const commands = lines.map((line) => {
    const instruction = instructionOf(line, executionDate);
    const bytes = renderRequest(instruction);
    return systemCommand({
      caseId: line.caseId,
      type: 'disbursement.submitted',
      data: { payment: line.payment, disbursement: line.disbursementId },
      key: `transfer:${line.id}:submitting`,
      cause: 'worker',
      along: {
        // no lease: a file waits for its hand-over, not for an answer
        moveTransfers: [{ id: line.id, from_state: 'approved', state: 'submitting', updated_at: formatInstant(nowMs) }],
        attempts: [
          {
            id: house.newId(),
            transfer_id: line.id,
            attempt_no: 1,
            instr_id: instruction.instrId,
            request: `\\x${Buffer.from(bytes).toString('hex')}`,
            request_sha256: `\\x${createHash('sha256').update(bytes).digest('hex')}`,
            sent_at: formatInstant(nowMs),
          },
        ],
      },
    });
  });
  const { answers } = await dispatchEach(house, worker, commands);
  const idsWhere = (test: (answer: (typeof answers)[number]) => boolean) =>
    lines.filter((_, index) => test(answers[index] ?? null)).map(({ id }) => id);
  await dropLines(
    house,
    idsWhere((answer) => answer?.ok === false),
  );
  await tellOfStuckLines(
    house,
    idsWhere((answer) => answer === null),
  );
}

async function storeFile(tx: Tx, house: House, batchId: string, batchNo: string): Promise<HandedOver | Refused> {
  await lockBatch(tx, batchId);
  const { rows: lines } = await tx.query<Line>(selectLinesIn('submitting'), [batchId]);
  if (lines.length === 0) {
    await closeEmpty(tx, batchId);
    return refuse('batch-state', '此拨付单没有待交付的明细。', 'No line of this batch is left to hand over.');
  }
  const part = await nextPart(tx, batchId);
  const file = await renderFile(tx, house, batchNo, part, lines);
  if (!file.ok) throw new Error(`pain.001 of ${batchNo} refused: ${JSON.stringify(file.faults.slice(0, 3))}`);
  const sha256 = createHash('sha256').update(file.bytes).digest();
  const fileName = `${batchNo}${part}.pain.001.001.09.xml`;
  const now = formatInstant(house.systemNow());
  await tx.query(
    `INSERT INTO bank_files (id, batch_id, kind, file_name, sha256, content, recorded_at) VALUES ($1, $2, 'pain.001.001.09', $3, $4, $5, $6)`,
    [house.newId(), batchId, fileName, sha256, file.bytes, now],
  );
  await tx.query(`UPDATE transfers SET state = 'submitted', updated_at = $2 WHERE batch_id = $1 AND state = 'submitting'`, [batchId, now]);
  await tx.query(`UPDATE batches SET state = 'processing' WHERE id = $1 AND state = 'approved'`, [batchId]);
  return { ok: true, fileName, sha256: sha256.toString('hex'), lines: file.count, totalFen: file.totalFen.toString() };
}

/** A signed batch that lost every line has nothing to wait for. */
async function closeEmpty(tx: Tx, batchId: string): Promise<void> {
  const empty = `NOT EXISTS (SELECT FROM transfers t WHERE t.batch_id = b.id AND t.state NOT IN ('cancelled', 'rejected'))`;
  await tx.query(`UPDATE batches b SET state = 'processing' WHERE b.id = $1 AND b.state = 'approved' AND ${empty}`, [batchId]);
  await tx.query(`UPDATE batches b SET state = 'done' WHERE b.id = $1 AND b.state = 'processing' AND ${empty}`, [batchId]);
}

/** Lines that stayed behind follow in a file of their own; a bank takes a message's name once. */
async function nextPart(tx: Tx, batchId: string): Promise<string> {
  const { rows } = await tx.query<{ earlier: number }>('SELECT count(*)::int AS earlier FROM bank_files WHERE batch_id = $1', [batchId]);
  const earlier = rows[0]?.earlier ?? 0;
  return earlier === 0 ? '' : `-P${earlier + 1}`;
}

/** The bureau of the fund's district hands the file in; the debtor is the fund's own account. */
async function renderFile(tx: Tx, house: House, batchNo: string, part: string, lines: readonly Line[]): Promise<Pain001> {
  const [first] = lines;
  if (!first) throw new Error(`${batchNo} has no lines`);
  const { rows } = await tx.query<{ name: string; uscc: string }>(
    `SELECT o.name, o.uscc FROM batches b JOIN funds f ON f.id = b.fund_id JOIN organisations o ON o.kind = 'bureau' AND o.district = f.district
     WHERE b.batch_no = $1 ORDER BY o.id LIMIT 1`,
    [batchNo],
  );
  const [initiator] = rows;
  if (!initiator) throw new Error(`no bureau is registered in the district of ${batchNo}`);
  const reference = `${batchNo}${part}`.replace(/[^A-Z0-9]/g, '');
  return renderPain001({
    msgId: `M${reference}`,
    paymentInfoId: `P${reference}`,
    createdAtMs: await legalNow(house),
    initiator,
    debtor: { name: first.debtorName, accountNo: first.debtorAccountNo, bankNo: first.debtorBankNo },
    executionDate: dateOf(await legalNow(house)),
    lines: lines.map((line) => {
      const { debtor: _debtor, executionDate: _day, ...transfer } = instructionOf(line, '1970-01-01');
      return transfer;
    }),
  });
}
