import type { Entry } from '@tranche/ledger';
import { groupEntries } from '../post.js';
import type { Office, Tx } from './once.js';

export type FundEvent = {
  readonly fundId: string;
  readonly district: string;
  readonly type: 'appropriation.approved' | 'appropriation.decreased' | 'treasury.remitted' | 'fund.closed';
  /** the paper behind it */
  readonly id: string;
  readonly on: string;
};

/** Writes what a decision on a fund means for its books: one posting for each book it moves. Nothing where nothing moves. */
export async function postForFund(office: Office, tx: Tx, event: FundEvent, entries: readonly Entry[]): Promise<void> {
  for (const group of groupEntries(entries).values()) {
    const postingId = office.newId();
    await tx.query(
      `INSERT INTO postings (id, fund_id, book, event_type, event_id, business_date, district, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [postingId, event.fundId, group[0]?.book, event.type, event.id, event.on, event.district, new Date(office.systemNow())],
    );
    const { rowCount } = await tx.query(
      `INSERT INTO entries (posting_id, line_no, account_id, amount_fen)
       SELECT $1, line.no, a.id, line.fen FROM unnest($3::text[], $4::text[], $5::bigint[]) WITH ORDINALITY AS line(book, code, fen, no)
       JOIN accounts a ON a.fund_id = $2 AND a.book = line.book AND a.code = line.code`,
      [
        postingId,
        event.fundId,
        group.map((entry) => entry.book),
        group.map((entry) => entry.account),
        group.map((entry) => entry.amountFen.toString()),
      ],
    );
    if (rowCount !== group.length) throw new Error(`fund ${event.fundId} lacks accounts: ${rowCount} of ${group.length} entries posted`);
  }
}
