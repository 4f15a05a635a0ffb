import { formatInstant } from '@tranche/calendar';
import type { Row, Tx } from '@tranche/database';
import { type Entry, type Explanation, explained, identified, unidentified } from '@tranche/ledger';
import type { House } from '../house.js';
import { worker } from '../outbox.js';

type Item = { readonly fundId: string; readonly district: string; readonly bookedOn: string; readonly fen: string };

/** The fund whose money a credit is held with: one of the account, of the year it was booked in where there is one. */
const fundOf = `SELECT f.id FROM funds f WHERE f.debtor_account_no = l.account_no
  ORDER BY f.fiscal_year = extract(year FROM l.booked_on) DESC, f.fiscal_year DESC, f.code LIMIT 1`;

/**
 * Credits of a file that nobody could explain go into the books as unidentified receipts (2102): one posting per fund and day. Money that came
 * is in the bank whether or not anybody knows why.
 */
export async function postSuspense(house: House, fileId: string): Promise<void> {
  const now = formatInstant(house.systemNow());
  await house.database.transaction(worker, async (tx) => {
    const { rows } = await tx.query<Item>(
      `WITH held AS (
         INSERT INTO suspense_items (line_id, fund_id, amount_fen, booked_on, posted_as, recorded_at)
         SELECT l.id, f.id, l.amount_fen, l.booked_on, $1::text || ':' || l.booked_on, $2 FROM statement_lines l CROSS JOIN LATERAL (${fundOf}) f
          WHERE l.file_id = $1::uuid AND l.direction = 'credit' AND NOT EXISTS (SELECT FROM matches m WHERE m.line_id = l.id)
         ON CONFLICT DO NOTHING RETURNING fund_id, booked_on, amount_fen)
       SELECT h.fund_id AS "fundId", f.district, h.booked_on AS "bookedOn", sum(h.amount_fen)::text AS fen FROM held h JOIN funds f ON f.id = h.fund_id
       GROUP BY 1, 2, 3 ORDER BY 1, 3`,
      [fileId, now],
    );
    for (const { fundId, district, bookedOn, fen } of rows)
      await post(
        tx,
        { id: house.newId(), fundId, district, on: bookedOn, eventType: 'statement.unidentified', eventId: `${fileId}:${bookedOn}`, now },
        unidentified(fundId, BigInt(fen)),
      );
  });
}

type Posting = {
  readonly id: string;
  readonly fundId: string;
  readonly district: string;
  readonly on: string;
  readonly eventType: string;
  readonly eventId: string;
  readonly now: string;
};

async function post(tx: Tx, posting: Posting, entries: readonly Entry[]): Promise<void> {
  await tx.query(
    `INSERT INTO postings (id, fund_id, book, event_type, event_id, business_date, district, recorded_at) VALUES ($1, $2, 'cash', $3, $4, $5, $6, $7)`,
    [posting.id, posting.fundId, posting.eventType, posting.eventId, posting.on, posting.district, posting.now],
  );
  await tx.query(
    `INSERT INTO entries (posting_id, line_no, account_id, amount_fen)
     SELECT $1, e.no, a.id, e.fen FROM unnest($3::text[], $4::bigint[]) WITH ORDINALITY AS e(code, fen, no) JOIN accounts a ON a.fund_id = $2 AND a.book = 'cash' AND a.code = e.code`,
    [posting.id, posting.fundId, entries.map(({ account }) => account), entries.map(({ amountFen }) => amountFen.toString())],
  );
}

/**
 * The rows that take a line out of the unidentified receipts, to go along with what it turned out to be; none where it was not in them. They
 * stand on the day the bank booked it, as what it turned out to be does.
 */
export async function identifiedRows(house: House, lineId: string): Promise<{ postings: Row[]; entries: Row[] }> {
  const [item] = await house.database.read<{ fundId: string; district: string; fen: string; on: string }>(
    worker,
    `SELECT s.fund_id AS "fundId", f.district, s.amount_fen::text AS fen, s.booked_on AS "on" FROM suspense_items s JOIN funds f ON f.id = s.fund_id WHERE s.line_id = $1`,
    [lineId],
  );
  if (item === undefined) return { postings: [], entries: [] };
  return rowsOf(house, { ...item, eventType: 'statement.identified', lineId }, identified(item.fundId, BigInt(item.fen)));
}

/**
 * The rows that post a line as what two people said it is; it leaves the unidentified receipts where it stood in them. A debit, which is in
 * no book yet, is dated as the bank booked it. Null: its account belongs to no fund.
 */
export async function explainedRows(
  house: House,
  lineId: string,
  as: Explanation,
  on: string,
): Promise<{ postings: Row[]; entries: Row[] } | null> {
  const [line] = await house.database.read<{
    fundId: string;
    district: string;
    fen: string;
    direction: 'credit' | 'debit';
    bookedOn: string;
    held: boolean;
  }>(
    worker,
    `SELECT f.id AS "fundId", f.district, l.amount_fen::text AS fen, l.direction, l.booked_on AS "bookedOn", s.line_id IS NOT NULL AS held
     FROM statement_lines l LEFT JOIN suspense_items s ON s.line_id = l.id JOIN funds f ON f.id = coalesce(s.fund_id, (${fundOf})) WHERE l.id = $1`,
    [lineId],
  );
  if (line === undefined) return null;
  const { fundId, district, direction, held, fen } = line;
  const entries = explained(fundId, { as, direction, held, amountFen: BigInt(fen) });
  return rowsOf(house, { fundId, district, on: held ? on : line.bookedOn, eventType: `statement.${as}`, lineId }, entries);
}

type OfLine = {
  readonly fundId: string;
  readonly district: string;
  readonly on: string;
  readonly eventType: string;
  readonly lineId: string;
};

function rowsOf(house: House, { fundId, district, on, eventType, lineId }: OfLine, entries: readonly Entry[]) {
  const id = house.newId();
  const posting = {
    id,
    fund_id: fundId,
    book: 'cash',
    event_type: eventType,
    event_id: lineId,
    business_date: on,
    district,
    recorded_at: formatInstant(house.systemNow()),
  };
  return {
    postings: [posting],
    entries: entries.map(({ account, amountFen }, index) => ({
      posting_id: id,
      line_no: index + 1,
      fund_id: fundId,
      book: 'cash',
      code: account,
      amount_fen: amountFen.toString(),
    })),
  };
}
