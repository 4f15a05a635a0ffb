import { createHash } from 'node:crypto';
import { dateOf, formatInstant } from '@tranche/calendar';
import { systemCommand } from '../command.js';
import { legalNow } from '../deadlines.js';
import { dispatchMany } from '../dispatch.js';
import type { BankRail, House } from '../house.js';
import { type OutboxOutcome, type OutboxRow, worker } from '../outbox.js';
import { dropLines } from './drop-lines.js';
import { instructionOf, type PayableLine } from './lines.js';
import { recordAnswers } from './record-answer.js';

/** Lines committed as `submitting` in one transaction, then sent side by side. */
const PAGE = 50;
const SIDE_BY_SIDE = 8;

type Line = PayableLine & { id: string; caseId: string; disbursementId: string; payment: string };
type Packed = { readonly line: Line; readonly bytes: Uint8Array; readonly instrId: string };

/**
 * Sends a signed batch over the HTTP rail. For each page: commit `submitting` with the raw bytes, send exactly those bytes once,
 * record the answers. Whatever dies in between leaves a lease that runs out into `unknown`, never a second send.
 */
export async function sendBatch(house: House, rail: BankRail, row: OutboxRow): Promise<OutboxOutcome> {
  if (!row.subject) return { kind: 'dead', why: 'batch.send without a batch' };
  await markProcessing(house, row.subject);
  for (let lines = await nextLines(house, row.subject); lines.length > 0; lines = await nextLines(house, row.subject)) {
    if (house.stopping()) return { kind: 'later', afterMs: 0, why: 'the worker stopped' };
    const executionDate = dateOf(await legalNow(house));
    const packed = lines.map((line) => pack(rail, line, executionDate));
    const sendable = await commitSubmitting(house, rail, packed);
    house.checkpoint('after-submitting-before-send');
    const news = await sendAll(rail, sendable);
    house.checkpoint('after-send-before-record');
    await recordAnswers(house, rail, news);
  }
  await finishBatches(house);
  return { kind: 'done' };
}

function nextLines(house: House, batchId: string): Promise<Line[]> {
  return house.database.read<Line>(
    worker,
    `SELECT t.id, d.case_id AS "caseId", d.id AS "disbursementId", d.payment, t.end_to_end_id AS "endToEndId", t.amount_fen::text AS "amountFen", t.holder_name AS "holderName",
            t.account_no AS "accountNo", t.bank_no AS "bankNo", t.remittance, f.debtor_name AS "debtorName", f.debtor_account_no AS "debtorAccountNo", f.debtor_bank_no AS "debtorBankNo"
     FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN batches b ON b.id = t.batch_id JOIN funds f ON f.id = b.fund_id
     WHERE t.batch_id = $1 AND t.state = 'approved' ORDER BY t.line_no LIMIT ${PAGE}`,
    [batchId],
  );
}

function pack(rail: BankRail, line: Line, executionDate: string): Packed {
  const instruction = instructionOf(line, executionDate);
  return { line, instrId: instruction.instrId, bytes: rail.adapter.renderRequest(instruction) };
}

/** One transaction locks the cases and asks each again; a line whose case is held or has failed leaves the batch instead. */
async function commitSubmitting(house: House, rail: BankRail, packed: readonly Packed[]): Promise<Packed[]> {
  const now = house.systemNow();
  const commands = packed.map(({ line, bytes, instrId }) =>
    systemCommand({
      caseId: line.caseId,
      type: 'disbursement.submitted',
      data: { payment: line.payment, disbursement: line.disbursementId },
      key: `transfer:${line.id}:submitting`,
      cause: 'worker',
      along: {
        moveTransfers: [
          {
            id: line.id,
            from_state: 'approved',
            state: 'submitting',
            lease_until: formatInstant(now + rail.leaseMs),
            updated_at: formatInstant(now),
          },
        ],
        attempts: [
          {
            id: house.newId(),
            transfer_id: line.id,
            attempt_no: 1,
            instr_id: instrId,
            request: `\\x${Buffer.from(bytes).toString('hex')}`,
            request_sha256: `\\x${createHash('sha256').update(bytes).digest('hex')}`,
            sent_at: formatInstant(now),
          },
        ],
      },
    }),
  );
  const answers = await dispatchMany(house, worker, commands);
  const refused = packed.filter((_, index) => answers[index]?.ok === false);
  await dropLines(
    house,
    refused.map(({ line }) => line.id),
  );
  return packed.filter((_, index) => {
    const answer = answers[index];
    return answer?.ok === true && !answer.replayed;
  });
}

async function sendAll(rail: BankRail, packed: readonly Packed[]) {
  const news = [];
  for (let at = 0; at < packed.length; at += SIDE_BY_SIDE) {
    const some = packed.slice(at, at + SIDE_BY_SIDE);
    news.push(
      ...(await Promise.all(some.map(async ({ line, bytes }) => ({ transferId: line.id, exchange: await rail.adapter.send(bytes) })))),
    );
  }
  return news;
}

async function markProcessing(house: House, batchId: string): Promise<void> {
  await house.database.transaction(worker, (tx) =>
    tx.query(`UPDATE batches SET state = 'processing' WHERE id = $1 AND state = 'approved'`, [batchId]),
  );
}

/** A batch is done when every line has a final answer. */
export async function finishBatches(house: House): Promise<void> {
  await house.database.transaction(worker, (tx) =>
    tx.query(
      `UPDATE batches b SET state = 'done' WHERE b.state = 'processing' AND NOT EXISTS (
         SELECT 1 FROM transfers t WHERE t.batch_id = b.id AND t.state IN ('approved', 'submitting', 'submitted', 'accepted', 'unknown'))`,
    ),
  );
}
