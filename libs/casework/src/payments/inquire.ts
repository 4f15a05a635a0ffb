import type { BankAnswer, Exchange, InquiryAnswer } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import type { BankRail, House } from '../house.js';
import { sideBySide } from '../lanes.js';
import { worker } from '../outbox.js';
import { type News, recordAnswers } from './record-answer.js';
import { finishBatches } from './send-batch.js';

const PAGE = 200;
const SIDE_BY_SIDE = 8;

type Open = { id: string; endToEndId: string; amountFen: string; inquiries: number; sentAtMs: number; request: Buffer };

/**
 * Attempts whose lease ran out: nobody knows what became of them, so they are `unknown` and will be inquired, never re-queued. A file the bank
 * left without an answer ends the same way, and is asked about by nobody but people and statements.
 */
export async function expireLeases(house: House): Promise<number> {
  const now = formatInstant(house.systemNow());
  return house.database.transaction(worker, async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE transfers SET state = 'unknown', reason = '银行逾时未答复 no answer in time', lease_until = NULL, next_inquiry_at = $1, updated_at = $1
       WHERE id IN (SELECT id FROM transfers WHERE state IN ('submitting', 'submitted') AND lease_until < $1 ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED)`,
      [now],
    );
    return rowCount ?? 0;
  });
}

/**
 * Asks the bank what became of transfers without a final answer, always with the same reference, with growing pauses.
 * "Not found" counts only after the bank's settle time, and leads to a second send of the very same bytes only where
 * the bank itself recognises a repeated reference (caps.dedup = item); otherwise the transfer waits for the statement.
 */
export async function inquireTransfers(house: House, rail: BankRail): Promise<number> {
  const open = await claimInquiries(house, rail);
  const waiting = open.values();
  const heard = await sideBySide(SIDE_BY_SIDE, async () => {
    const said: News[] = [];
    for (const transfer of waiting) {
      const exchange = await askOnce(house, rail, transfer);
      if (exchange) said.push({ transferId: transfer.id, exchange });
    }
    return said;
  });
  const news = heard.flat();
  await recordAnswers(house, rail, news);
  if (news.length > 0) await finishBatches(house);
  return open.length;
}

/** Claims by moving the next inquiry on, so that two workers never ask for the same transfer at once. */
function claimInquiries(house: House, rail: BankRail): Promise<Open[]> {
  const now = house.systemNow();
  const pauses = rail.inquireAfterMs.map((ms) => `${ms} milliseconds`);
  return house.database.transaction(worker, async (tx) => {
    const { rows } = await tx.query<Open>(
      `WITH due AS (
         SELECT t.id FROM transfers t JOIN batches b ON b.id = t.batch_id AND b.rail = 'http'
         WHERE t.state IN ('submitted', 'accepted', 'unknown') AND t.next_inquiry_at <= $1 ORDER BY t.next_inquiry_at LIMIT ${PAGE} FOR UPDATE OF t SKIP LOCKED)
       UPDATE transfers t SET inquiries = t.inquiries + 1, next_inquiry_at = $1::timestamptz + ($2::text[])[least(t.inquiries + 2, array_length($2::text[], 1))]::interval
       FROM due, attempts a WHERE t.id = due.id AND a.transfer_id = t.id AND a.attempt_no = (SELECT max(attempt_no) FROM attempts WHERE transfer_id = t.id)
       RETURNING t.id, t.end_to_end_id AS "endToEndId", t.amount_fen::text AS "amountFen", t.inquiries, (extract(epoch FROM a.sent_at) * 1000)::float8 AS "sentAtMs", a.request`,
      [formatInstant(now), pauses],
    );
    return rows;
  });
}

/** The bank's word, or null when it said nothing that counts. */
async function askOnce(house: House, rail: BankRail, transfer: Open): Promise<Exchange<BankAnswer> | null> {
  const exchange = await rail.adapter.inquire(transfer.endToEndId, BigInt(transfer.amountFen));
  if (counts(exchange.answer)) return { ...exchange, answer: exchange.answer };
  const believed = exchange.answer.kind === 'not-found' && house.systemNow() - transfer.sentAtMs >= rail.settleMs;
  return believed && rail.adapter.caps.dedup === 'item' ? rail.adapter.send(transfer.request) : null;
}

const counts = (answer: InquiryAnswer): answer is Exclude<BankAnswer, { kind: 'unknown' }> =>
  answer.kind !== 'not-found' && answer.kind !== 'unavailable' && answer.kind !== 'unknown';
