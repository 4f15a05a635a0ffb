import { formatInstant } from '@tranche/calendar';
import type { Tx } from '@tranche/database';
import type { Entry } from '@tranche/ledger';
import type { House } from '../house.js';
import { groupEntries } from '../post.js';

/** Posts a movement of a whole batch: one posting per fund and book. */
export async function postForBatch(
  tx: Tx,
  house: House,
  batchId: string,
  eventType: string,
  eventId: string,
  businessDate: string,
  entries: readonly Entry[],
): Promise<void> {
  for (const group of groupEntries(entries).values()) {
    const [first] = group;
    if (!first) continue;
    const id = house.newId();
    await tx.query(
      `INSERT INTO postings (id, fund_id, book, event_type, event_id, business_date, batch_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, first.fund, first.book, eventType, eventId, businessDate, batchId, formatInstant(house.systemNow())],
    );
    await tx.query(
      `INSERT INTO entries (posting_id, line_no, account_id, amount_fen)
       SELECT $1, r.line_no, a.id, r.amount_fen FROM jsonb_to_recordset($2::jsonb) AS r(line_no int, code text, amount_fen bigint)
       JOIN accounts a ON a.fund_id = $3 AND a.book = $4 AND a.code = r.code`,
      [
        id,
        JSON.stringify(
          group.map(({ account, amountFen }, index) => ({ line_no: index + 1, code: account, amount_fen: amountFen.toString() })),
        ),
        first.fund,
        first.book,
      ],
    );
  }
}
