import { createHash } from 'node:crypto';
import { dateOf, formatInstant } from '@tranche/calendar';
import { systemCommand } from '../command.js';
import { legalNow } from '../deadlines.js';
import { dispatchEach } from '../dispatch.js';
import type { BankRail, House } from '../house.js';
import { sideBySide } from '../lanes.js';
import { keepLease, type OutboxOutcome, type OutboxRow, worker } from '../outbox.js';
import { executionDay } from '../rails/execution-day.js';
import { openBankTask } from './bank-task.js';
import { dropLines, dropStaleAccounts } from './drop-lines.js';
import { instructionOf, type PayableLine } from './lines.js';
import { type News, recordAnswers } from './record-answer.js';

/** Lines committed as `submitting` in one transaction, then sent side by side: as many as leave at once, within these bounds. */
const PAGE = { least: 100, most: 500 };
const SIDE_BY_SIDE = 16;
/** Why a signed batch is not sent: its day moved, and nobody agreed to the new one yet. */
export const EXECUTION_DAY_MOVED = 'execution-day-moved';
/** A line whose case cannot be asked (a bug, a broken row) is tried again after this. */
const AGAIN_MS = 300_000;

type Line = PayableLine & { id: string; lineNo: number; caseId: string; disbursementId: string; payment: string };
type Packed = { readonly line: Line; readonly bytes: Uint8Array; readonly instrId: string };

/**
 * Sends a signed batch over the HTTP rail. For each page: commit `submitting` with the raw bytes, send exactly those bytes once,
 * record the answers. Whatever dies in between leaves a lease that runs out into `unknown`, never a second send.
 * A line whose case cannot be asked stays signed and keeps no other from being paid: a person is told, and it is tried again.
 */
export async function sendBatch(house: House, rail: BankRail, row: OutboxRow): Promise<OutboxOutcome> {
  const batchId = row.subject;
  if (!batchId) return { kind: 'dead', why: 'batch.send without a batch' };
  const first = await dayToSend(house, batchId);
  if (!first.ok) return first.outcome;
  await markProcessing(house, batchId);
  await dropStaleAccounts(house, batchId);
  let stuck = 0;
  for (let lines = await nextLines(house, rail, batchId, 0); lines.length > 0; ) {
    if (house.stopping()) return { kind: 'later', afterMs: 0, why: 'the worker stopped' };
    if (!(await keepLease(house, row))) return { kind: 'later', afterMs: 0, why: 'another worker took it over' };
    const day = await dayToSend(house, batchId);
    if (!day.ok) return day.outcome;
    const packed = lines.map((line) => pack(rail, line, day.date));
    const { sendable, failed } = await commitSubmitting(house, rail, packed, dateOf(await legalNow(house)));
    stuck += failed;
    house.checkpoint('after-submitting-before-send');
    const news = await sendAll(rail, sendable);
    house.checkpoint('after-send-before-record');
    await recordAnswers(house, rail, news);
    lines = await nextLines(house, rail, batchId, lines.at(-1)?.lineNo ?? 0);
  }
  await finishBatches(house);
  return stuck === 0 ? { kind: 'done' } : { kind: 'later', afterMs: AGAIN_MS, why: `${stuck} lines could not be committed` };
}

type DayToSend = { readonly ok: true; readonly date: string } | { readonly ok: false; readonly outcome: OutboxOutcome };

/** A batch whose day moved after its signature (cut-off, weekend) waits, and a cashier is asked; it never slips silently. */
async function dayToSend(house: House, batchId: string): Promise<DayToSend> {
  const day = await house.database.transaction(worker, (tx) => executionDay(tx, house, batchId));
  if (day.ok) return day;
  if (day.code === 'calendar-not-published')
    return { ok: false, outcome: { kind: 'later', afterMs: AGAIN_MS, why: `the calendar of ${day.year} is not published` } };
  await openBankTask(house, `execution-day:${batchId}:${day.date}`, {
    zh: `拨付单已签发但已过银行截止时间，银行将于 ${day.date} 执行；请确认新的执行日`,
    en: `A signed batch missed the bank's cut-off: it would be executed on ${day.date}; confirm the new day`,
  });
  return { ok: false, outcome: { kind: 'parked', reason: EXECUTION_DAY_MOVED, needs: { executionOn: day.date } } };
}

function nextLines(house: House, { adapter }: BankRail, batchId: string, after: number): Promise<Line[]> {
  const page = Math.min(PAGE.most, Math.max(PAGE.least, SIDE_BY_SIDE * (adapter.lists?.max ?? 1)));
  return house.database.read<Line>(
    worker,
    `SELECT t.id, t.line_no AS "lineNo", d.case_id AS "caseId", d.id AS "disbursementId", d.payment, t.end_to_end_id AS "endToEndId", t.amount_fen::text AS "amountFen", t.holder_name AS "holderName",
            t.account_no AS "accountNo", t.bank_no AS "bankNo", t.remittance, f.debtor_name AS "debtorName", f.debtor_account_no AS "debtorAccountNo", f.debtor_bank_no AS "debtorBankNo"
     FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN batches b ON b.id = t.batch_id JOIN funds f ON f.id = b.fund_id
     WHERE t.batch_id = $1 AND t.state = 'approved' AND t.line_no > $2 ORDER BY t.line_no LIMIT $3`,
    [batchId, after, page],
  );
}

function pack(rail: BankRail, line: Line, executionDate: string): Packed {
  const instruction = instructionOf(line, executionDate);
  return { line, instrId: instruction.instrId, bytes: rail.adapter.renderRequest(instruction) };
}

/** One transaction locks the cases and asks each again; a line whose case is held or has failed leaves the batch instead. */
async function commitSubmitting(
  house: House,
  rail: BankRail,
  packed: readonly Packed[],
  today: string,
): Promise<{ readonly sendable: readonly Packed[]; readonly failed: number }> {
  const now = house.systemNow();
  // the lines of a page are sent in turns and recorded together: none may count as unknown before its turn has come
  const leaseUntil = formatInstant(now + rail.leaseMs * Math.ceil(callsOf(rail, packed).length / SIDE_BY_SIDE));
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
            sent_on: today,
            lease_until: leaseUntil,
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
  const { answers } = await dispatchEach(house, worker, commands);
  const refused = packed.filter((_, index) => answers[index]?.ok === false);
  await dropLines(
    house,
    refused.map(({ line }) => line.id),
  );
  const failed = packed.filter((_, index) => answers[index] === null);
  await tellOfStuckLines(
    house,
    failed.map(({ line }) => line.id),
  );
  const sendable = packed.filter((_, index) => {
    const answer = answers[index];
    return answer?.ok === true && !answer.replayed;
  });
  return { sendable, failed: failed.length };
}

/** Signed lines that stay behind because their case could not be asked: once each, to the cashier. */
export async function tellOfStuckLines(house: House, transferIds: readonly string[]): Promise<void> {
  for (const id of transferIds)
    await openBankTask(house, `unsent:${id}`, {
      zh: `转账 ${id} 已签发而未能发送：其案件无法办理，其余明细照常拨付，请查明原因`,
      en: `Transfer ${id} is signed and could not be sent: its case cannot be processed; the other lines are paid, find out why`,
    });
}

/** What leaves in one call each. */
function callsOf({ adapter }: BankRail, packed: readonly Packed[]): (readonly Packed[])[] {
  const size = adapter.lists?.max ?? 1;
  return Array.from({ length: Math.ceil(packed.length / size) }, (_, no) => packed.slice(no * size, (no + 1) * size));
}

/** Each request leaves once: in lists where the bank takes them, otherwise alone. */
async function sendAll(rail: BankRail, packed: readonly Packed[]): Promise<News[]> {
  const { adapter } = rail;
  const calls = callsOf(rail, packed).values();
  const heard = await sideBySide(SIDE_BY_SIDE, async () => {
    const news: News[] = [];
    for (const call of calls) {
      const requests = call.map(({ bytes }) => bytes);
      const exchanges = adapter.lists ? await adapter.lists.send(requests) : await Promise.all(requests.map((each) => adapter.send(each)));
      news.push(...call.map(({ line }, index) => ({ transferId: line.id, exchange: exchanges[index]! })));
    }
    return news;
  });
  return heard.flat();
}

export async function markProcessing(house: House, batchId: string): Promise<void> {
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
