import { createHash } from 'node:crypto';
import { type Artifact, type PaymentOrder, renderRequest } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import type { Actor, Tx } from '@tranche/database';
import { systemCommand } from '../command.js';
import { legalNow } from '../deadlines.js';
import { dispatchEach } from '../dispatch.js';
import type { House } from '../house.js';
import { sideBySide } from '../lanes.js';
import { worker } from '../outbox.js';
import { executionDay, refuseDay, rememberDay } from '../rails/execution-day.js';
import { railOfBatch } from '../rails/profiles.js';
import { type Refused, refuse } from '../refusal.js';
import { lockBatch } from './batches.js';
import { dropLines, dropStaleAccounts } from './drop-lines.js';
import { type BatchFile, filesOfBatch } from './files-of-batch.js';
import { instructionOf, type PayableLine, paymentLineOf } from './lines.js';
import { tellOfStuckLines } from './send-batch.js';

export type FilesPrepared = {
  readonly ok: true;
  readonly batchId: string;
  readonly batchNo: string;
  readonly executionOn: string;
  readonly files: readonly BatchFile[];
};

type Line = PayableLine & { id: string; caseId: string; disbursementId: string; payment: string };

const lineColumns = `t.id, d.case_id AS "caseId", d.id AS "disbursementId", d.payment, t.end_to_end_id AS "endToEndId", t.amount_fen::text AS "amountFen",
  t.holder_name AS "holderName", t.account_no AS "accountNo", t.bank_no AS "bankNo", t.remittance, f.debtor_name AS "debtorName",
  f.debtor_account_no AS "debtorAccountNo", f.debtor_bank_no AS "debtorBankNo"
  FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN batches b ON b.id = t.batch_id JOIN funds f ON f.id = b.fund_id`;

/**
 * Writes the files of a signed batch. Every line is first committed as `submitting` through the one door (a held or failed case leaves the
 * batch), then the files of exactly these lines are stored, split as the bank wants them; from then on their bytes are fixed and the cashier takes
 * and hands them over one by one. Interrupted in between, the next call goes on; called again, it answers what is there.
 */
export async function prepareFiles(
  house: House,
  actor: Actor,
  asked: { readonly batchId: string; readonly executionOn?: string },
): Promise<FilesPrepared | Refused> {
  const { batchId } = asked;
  const [batch] = await house.database.read<{ rail: string; state: string; batchNo: string }>(
    worker,
    'SELECT rail, state, batch_no AS "batchNo" FROM batches WHERE id = $1',
    [batchId],
  );
  if (!batch) return refuse('batch-not-found', '没有这张拨付单。', 'There is no such batch.');
  if (!['file', 'csv'].includes(batch.rail) || !['approved', 'processing', 'done'].includes(batch.state))
    return refuse(
      'batch-state',
      '只有已复核的文件类拨付单可以生成银行文件。',
      'Files are written for an approved batch of a file rail only.',
    );
  const day = await house.database.transaction(actor, async (tx) => {
    const found = await executionDay(tx, house, batchId, asked.executionOn);
    if (found.ok) await rememberDay(tx, house, actor, batchId, found.date);
    return found;
  });
  if (!day.ok) return refuseDay(day);
  await dropStaleAccounts(house, batchId);
  await commitSubmitting(house, batchId, day.date);
  await house.database.transaction(worker, (tx) => storeFiles(tx, house, batchId, { batchNo: batch.batchNo, executionOn: day.date }));
  const files = await house.database.transaction(worker, (tx) => filesOfBatch(tx, batchId));
  if (files.length === 0) return refuse('batch-state', '此拨付单没有待交付的明细。', 'No line of this batch is left to hand over.');
  return { ok: true, batchId, batchNo: batch.batchNo, executionOn: day.date, files };
}

/** Lines committed in one transaction, and transactions at once: while the database writes one page, the next is decided. */
const PAGE = 500;
const LANES = 2;

async function commitSubmitting(house: House, batchId: string, executionDate: string): Promise<void> {
  const [last] = await house.database.read<{ no: number }>(
    worker,
    `SELECT coalesce(max(line_no), 0)::int AS no FROM transfers WHERE batch_id = $1 AND state = 'approved'`,
    [batchId],
  );
  const pages = Array.from({ length: Math.ceil((last?.no ?? 0) / PAGE) }, (_, page) => page * PAGE).values();
  await sideBySide(LANES, async () => {
    for (const after of pages) await commitPage(house, batchId, after, executionDate);
  });
}

async function commitPage(house: House, batchId: string, after: number, executionDate: string): Promise<void> {
  const nowMs = house.systemNow();
  const lines = await house.database.read<Line>(
    worker,
    `SELECT ${lineColumns} WHERE t.batch_id = $1 AND t.state = 'approved' AND t.line_no > $2 AND t.line_no <= $3 ORDER BY t.line_no`,
    [batchId, after, after + PAGE],
  );
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

type Heading = { readonly batchNo: string; readonly executionOn: string };

/** Lines that stayed behind earlier follow in files of their own; a bank takes a file's name once. */
async function storeFiles(tx: Tx, house: House, batchId: string, heading: Heading): Promise<void> {
  await lockBatch(tx, batchId);
  const { rows: lines } = await tx.query<Line>(
    `SELECT ${lineColumns} WHERE t.batch_id = $1 AND t.state = 'submitting' AND NOT EXISTS (SELECT FROM bank_file_lines l WHERE l.transfer_id = t.id) ORDER BY t.line_no`,
    [batchId],
  );
  await tx.query(`UPDATE batches SET state = 'processing' WHERE id = $1 AND state = 'approved'`, [batchId]);
  if (lines.length === 0) return closeEmpty(tx, batchId);
  const { adapter, profile } = await railOfBatch(tx, batchId);
  const rendered = adapter.render(await orderOf(tx, house, batchId, heading, lines));
  if (!rendered.ok) throw new Error(`the file of ${heading.batchNo} was refused: ${JSON.stringify(rendered.faults.slice(0, 3))}`);
  for (const artifact of rendered.artifacts)
    await storeFile(tx, house, { batchId, kind: profile.format, executionOn: heading.executionOn, artifact, lines });
}

/** The bureau of the fund's district hands the file in; the debtor is the fund's own account. */
async function orderOf(tx: Tx, house: House, batchId: string, heading: Heading, lines: readonly Line[]): Promise<PaymentOrder> {
  const { rows } = await tx.query<{ name: string; uscc: string; parts: number }>(
    `SELECT o.name, o.uscc, (SELECT count(*)::int FROM bank_file_parts WHERE batch_id = b.id) AS parts FROM batches b JOIN funds f ON f.id = b.fund_id
     JOIN organisations o ON o.kind = 'bureau' AND o.district = f.district WHERE b.id = $1 ORDER BY o.id LIMIT 1`,
    [batchId],
  );
  const [initiator] = rows;
  const [first] = lines;
  if (!initiator || !first) throw new Error(`no bureau is registered in the district of ${heading.batchNo}`);
  return {
    reference: heading.batchNo,
    firstPart: initiator.parts + 1,
    createdAtMs: await legalNow(house),
    initiator: { name: initiator.name, uscc: initiator.uscc },
    debtor: { name: first.debtorName, accountNo: first.debtorAccountNo, bankNo: first.debtorBankNo },
    executionDate: heading.executionOn,
    lines: lines.map(paymentLineOf),
  };
}

type Stored = {
  readonly batchId: string;
  readonly kind: string;
  readonly executionOn: string;
  readonly artifact: Artifact;
  readonly lines: readonly Line[];
};

async function storeFile(tx: Tx, house: House, { batchId, kind, executionOn, artifact, lines }: Stored): Promise<void> {
  const id = house.newId();
  const { part, fileName, sha256, bytes, references, totalFen } = artifact;
  await tx.query(
    'INSERT INTO bank_files (id, batch_id, kind, file_name, sha256, content, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [id, batchId, kind, fileName, Buffer.from(sha256, 'hex'), Buffer.from(bytes), formatInstant(house.systemNow())],
  );
  await tx.query(
    'INSERT INTO bank_file_parts (bank_file_id, batch_id, part_no, line_count, total_fen, execution_on) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, batchId, part, references.length, totalFen.toString(), executionOn],
  );
  const idOf = new Map(lines.map((line) => [line.endToEndId, line.id]));
  await tx.query(
    'INSERT INTO bank_file_lines (bank_file_id, line_no, transfer_id) SELECT $1, r.no, r.id FROM unnest($2::uuid[]) WITH ORDINALITY AS r(id, no)',
    [id, references.map((reference) => idOf.get(reference))],
  );
}

/** A signed batch that lost every line has nothing to wait for. */
async function closeEmpty(tx: Tx, batchId: string): Promise<void> {
  await tx.query(
    `UPDATE batches b SET state = 'done' WHERE b.id = $1 AND b.state = 'processing'
       AND NOT EXISTS (SELECT FROM transfers t WHERE t.batch_id = b.id AND t.state NOT IN ('cancelled', 'rejected'))`,
    [batchId],
  );
}
