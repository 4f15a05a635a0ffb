import { formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import { type Done, once, type Request } from '../administration/once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from '../administration/refused.js';
import type { House } from '../house.js';

export type Count = { readonly count: number; readonly fen: string };

/** One account on one day: what the bank's statement says against what stands here. Amounts in fen, as decimal strings. */
export type Reconciliation = {
  readonly accountNo: string;
  readonly on: string;
  /** null: no statement of this day was imported */
  readonly statement: {
    readonly ids: readonly string[];
    /** every page is there and its balances agree */
    readonly closed: boolean;
    readonly openingFen: string | null;
    readonly closingFen: string | null;
    readonly lines: number;
    readonly creditFen: string;
    readonly debitFen: string;
  } | null;
  /** the closing balance of the statement before; null: there is none */
  readonly previousClosingFen: string | null;
  readonly openingAgrees: boolean | null;
  readonly matched: Count;
  readonly unmatchedCredits: Count;
  readonly unmatchedDebits: Count;
  readonly amountDiffers: number;
  /** transfers said to have settled on this day that no line shows */
  readonly settledWithoutLine: Count;
  /** of this account, as of today: settled two working days ago or more, and still on no statement */
  readonly ageing: Count & { readonly oldest: string | null };
  readonly unknown: number;
  /** movement of the bank account (1001) in our books on this day, and its difference from the statement */
  readonly bookFen: string;
  readonly differenceFen: string;
  /** of the difference: bookings of this day that stand on another in our books, and the other way round */
  readonly otherDays: Count;
  /** what is left of the difference then */
  readonly unexplainedFen: string;
  readonly openItems: number;
  /** nothing is left to explain */
  readonly agrees: boolean;
};

const tally = (where: string, join = ''): string =>
  `(SELECT jsonb_build_object('count', count(*)::int, 'fen', coalesce(sum(l.amount_fen), 0)::text) FROM statement_lines l ${join} WHERE l.account_no = $1 AND l.booked_on = $2 AND ${where})`;
const unmatched = 'NOT EXISTS (SELECT FROM matches m WHERE m.line_id = l.id)';
const ofAccount = `FROM transfers t JOIN batches b ON b.id = t.batch_id JOIN funds f ON f.id = b.fund_id WHERE f.debtor_account_no = $1`;
const notShown = `t.state = 'settled' AND NOT EXISTS (SELECT FROM matches m WHERE m.transfer_id = t.id AND m.kind = 'settled')`;

/** Matched bookings of the account with the day they stand on in our books (`posted`) and what they are there (`fen`, plus: money in). */
const bookings = (days: string): string => `
  SELECT l.booked_on, t.settled_on AS posted, -l.amount_fen AS fen FROM statement_lines l JOIN matches m ON m.line_id = l.id AND m.kind = 'settled' JOIN transfers t ON t.id = m.transfer_id
   WHERE l.account_no = $1 AND ${days.replace('posted', 't.settled_on')}
  UNION ALL
  SELECT l.booked_on, p.business_date, l.amount_fen FROM statement_lines l JOIN matches m ON m.line_id = l.id AND m.kind = 'returned' JOIN transfers t ON t.id = m.transfer_id
    JOIN disbursements d ON d.id = t.disbursement_id JOIN case_events e ON e.case_id = d.case_id AND e.type = 'disbursement.returned' AND e.data ->> 'disbursement' = d.id::text
    JOIN LATERAL (SELECT q.business_date FROM postings q WHERE q.case_id = e.case_id AND q.event_type = e.type AND q.event_id = e.case_id || ':' || e.seq LIMIT 1) p ON true
   WHERE l.account_no = $1 AND ${days.replace('posted', 'p.business_date')}
  UNION ALL
  SELECT l.booked_on, p.business_date, CASE l.direction WHEN 'credit' THEN l.amount_fen ELSE -l.amount_fen END
    FROM statement_lines l JOIN matches m ON m.line_id = l.id AND m.kind = 'appropriation' JOIN appropriations g ON g.id = m.appropriation_id
    JOIN postings p ON p.fund_id = g.fund_id AND p.book = 'cash' AND p.event_id = g.id::text
   WHERE l.account_no = $1 AND ${days.replace('posted', 'p.business_date')}
  UNION ALL
  SELECT l.booked_on, x.on_date, l.amount_fen FROM statement_lines l JOIN matches m ON m.line_id = l.id JOIN recovery_receipts x ON x.id = m.receipt_id
   WHERE l.account_no = $1 AND ${days.replace('posted', 'x.on_date')}`;

const facts = `SELECT
  (SELECT CASE WHEN count(*) > 0 THEN jsonb_build_object('ids', jsonb_agg(DISTINCT s.statement_id), 'closed', bool_and(closed_statement(s.account_no, s.statement_id)),
      'openingFen', (array_agg(s.opening_fen ORDER BY s.page_no))[1]::text, 'closingFen', (array_agg(s.closing_fen ORDER BY s.page_no DESC))[1]::text,
      'lines', sum(s.line_count)::int, 'creditFen', sum(s.credit_fen)::text, 'debitFen', sum(s.debit_fen)::text) END
     FROM statements s WHERE s.account_no = $1 AND s.on_date = $2) AS statement,
  (SELECT s.closing_fen::text FROM statements s WHERE s.account_no = $1 AND s.on_date < $2 AND s.last_page AND s.final ORDER BY s.on_date DESC, s.page_no DESC LIMIT 1) AS "previousClosingFen",
  ${tally('true', 'JOIN matches m ON m.line_id = l.id')} AS matched,
  ${tally(`l.direction = 'credit' AND ${unmatched}`)} AS "unmatchedCredits", ${tally(`l.direction = 'debit' AND ${unmatched}`)} AS "unmatchedDebits",
  (SELECT count(*)::int FROM receipt_worklist w JOIN statement_lines l ON l.id = w.line_id WHERE l.account_no = $1 AND l.booked_on = $2 AND w.code = 'amount-differs' AND w.state = 'open') AS "amountDiffers",
  (SELECT jsonb_build_object('count', count(*)::int, 'fen', coalesce(sum(t.amount_fen), 0)::text) ${ofAccount} AND ${notShown} AND t.settled_on = $2) AS "settledWithoutLine",
  (SELECT jsonb_build_object('count', count(*)::int, 'fen', coalesce(sum(t.amount_fen), 0)::text, 'oldest', min(t.settled_on)) ${ofAccount} AND ${notShown} AND t.settled_on < $3) AS ageing,
  (SELECT count(*)::int ${ofAccount} AND t.state = 'unknown') AS unknown,
  (SELECT coalesce(sum(e.amount_fen), 0)::text FROM funds f JOIN accounts a ON a.fund_id = f.id AND a.book = 'cash' AND a.code = '1001' JOIN entries e ON e.account_id = a.id
     JOIN postings p ON p.id = e.posting_id AND p.business_date = $2 WHERE f.debtor_account_no = $1) AS "bookFen",
  (SELECT jsonb_build_object('count', count(*)::int, 'fen', coalesce(sum(CASE WHEN b.posted = $2 THEN b.fen ELSE -b.fen END), 0)::text)
     FROM (${bookings('(l.booked_on = $2) <> (posted = $2)')}) b) AS "otherDays",
  (SELECT count(*)::int FROM receipt_worklist w JOIN statement_lines l ON l.id = w.line_id WHERE l.account_no = $1 AND l.booked_on = $2 AND w.state = 'open') AS "openItems"`;

/** What one account and day come to, as this actor may see it. `agedBefore`: settlements before this day should have been on a statement. */
export async function reconcile(
  house: House,
  actor: Actor,
  { accountNo, on, agedBefore }: { readonly accountNo: string; readonly on: string; readonly agedBefore: string },
): Promise<Reconciliation> {
  type Facts = Omit<Reconciliation, 'accountNo' | 'on' | 'openingAgrees' | 'differenceFen' | 'unexplainedFen' | 'agrees'>;
  const [row] = await house.database.read<Facts>(actor, facts, [accountNo, on, agedBefore]);
  if (row === undefined) throw new Error('the reconciliation query returned no row');
  const { statement, previousClosingFen, unmatchedCredits, unmatchedDebits, settledWithoutLine, ageing } = row;
  const openingAgrees = statement?.openingFen && previousClosingFen !== null ? statement.openingFen === previousClosingFen : null;
  const movement = statement === null ? 0n : BigInt(statement.creditFen) - BigInt(statement.debitFen);
  const left = unmatchedCredits.count + unmatchedDebits.count + settledWithoutLine.count + ageing.count + row.amountDiffers + row.openItems;
  const differenceFen = BigInt(row.bookFen) - movement;
  const unexplainedFen = differenceFen - BigInt(row.otherDays.fen);
  return {
    accountNo,
    on,
    ...row,
    openingAgrees,
    differenceFen: differenceFen.toString(),
    unexplainedFen: unexplainedFen.toString(),
    agrees: statement?.closed === true && openingAgrees !== false && left === 0 && unexplainedFen === 0n,
  };
}

export type SignedDay = {
  readonly id: string;
  readonly accountNo: string;
  readonly on: string;
  readonly contentHash: string;
  readonly content: Reconciliation;
  readonly preparedBy: string;
  readonly signedBy: string | null;
  readonly signedAt: number | null;
};

const columns = `id, account_no AS "accountNo", on_date AS on, encode(content_hash, 'hex') AS "contentHash", content, prepared_by AS "preparedBy", signed_by AS "signedBy", signed_at AS "signedAt"`;

/** Reports that were prepared, the newest first; signed or not. */
export function listReconciliations(
  house: House,
  actor: Actor,
  asked: { readonly before: string | null; readonly limit: number; readonly accountNo?: string; readonly on?: string },
): Promise<SignedDay[]> {
  return house.database.read<SignedDay>(
    actor,
    `SELECT ${columns} FROM reconciliations WHERE ($1::uuid IS NULL OR id < $1) AND ($3::text IS NULL OR account_no = $3) AND ($4::date IS NULL OR on_date = $4) ORDER BY id DESC LIMIT $2`,
    [asked.before, asked.limit, asked.accountNo ?? null, asked.on ?? null],
  );
}

/** One account with a statement of a day, or settlements that await one. */
export type ReconciledDay = { readonly accountNo: string; readonly on: string; readonly signed: boolean };

/** Accounts and days that have something to reconcile, the latest first. */
export function daysToReconcile(house: House, actor: Actor, limit: number): Promise<ReconciledDay[]> {
  return house.database.read<ReconciledDay>(
    actor,
    `SELECT d.account_no AS "accountNo", d.on_date AS on, EXISTS (SELECT FROM reconciliations r WHERE r.account_no = d.account_no AND r.on_date = d.on_date AND r.signed_by IS NOT NULL) AS signed
     FROM (SELECT account_no, on_date FROM statements WHERE on_date IS NOT NULL
           UNION SELECT f.debtor_account_no, t.settled_on FROM transfers t JOIN batches b ON b.id = t.batch_id JOIN funds f ON f.id = b.fund_id WHERE ${notShown}) d
     ORDER BY d.on_date DESC, d.account_no LIMIT $1`,
    [limit],
  );
}

/** Fixes what a day comes to as a report with its hash; whoever prepares it cannot sign it. The same content again is the same report. */
export async function prepareReconciliation(
  house: House,
  request: Request,
  day: { readonly accountNo: string; readonly on: string; readonly agedBefore: string },
): Promise<Done<{ id: string; contentHash: string; agrees: boolean }> | NotDone> {
  const content = await reconcile(house, request.actor, day);
  if (content.statement === null)
    return notDone(
      'data-invalid',
      '该账户当日没有对账单，请先导入。',
      'No statement of this account and day was imported; import it first.',
      'accountNo',
    );
  return once(house, request, async (tx) => {
    const { rows } = await tx.query<{ id: string; contentHash: string }>(
      `INSERT INTO reconciliations (id, account_no, on_date, content, content_hash, prepared_by, recorded_at) VALUES ($1, $2, $3, $4, '', $5, $6)
       ON CONFLICT (account_no, on_date, content_hash) DO NOTHING RETURNING id, encode(content_hash, 'hex') AS "contentHash"`,
      [house.newId(), day.accountNo, day.on, JSON.stringify(content), request.actor.userId, formatInstant(house.systemNow())],
    );
    const [made] = rows;
    if (made) return { ...made, agrees: content.agrees };
    const { rows: known } = await tx.query<{ id: string; contentHash: string }>(
      `SELECT id, encode(content_hash, 'hex') AS "contentHash" FROM reconciliations WHERE account_no = $1 AND on_date = $2 AND content = $3::jsonb`,
      [day.accountNo, day.on, JSON.stringify(content)],
    );
    return known[0] ? { ...known[0], agrees: content.agrees } : notFound();
  });
}

/** Signs exactly the report whose hash was shown; another person than who prepared it. One report of an account and day is signed. */
export function signReconciliation(
  house: House,
  request: Request,
  { id, contentHash }: { readonly id: string; readonly contentHash: string },
): Promise<Done<{ id: string; contentHash: string }> | NotDone> {
  return once(house, request, async (tx) => {
    const { rows } = await tx.query<SignedDay>(`SELECT ${columns} FROM reconciliations WHERE id = $1`, [id]);
    const [found] = rows;
    if (found === undefined) return notFound();
    if (found.signedBy !== null) return decidedAlready();
    if (found.preparedBy === request.actor.userId) return anotherPerson();
    if (found.contentHash !== contentHash)
      return notDone('data-invalid', '内容与您所见不同，请重新核对。', 'This is not the content you saw; look at it again.', 'contentHash');
    const { rowCount } = await tx.query(
      `UPDATE reconciliations r SET signed_by = $2, signed_at = $3 WHERE id = $1
         AND NOT EXISTS (SELECT FROM reconciliations o WHERE o.account_no = r.account_no AND o.on_date = r.on_date AND o.signed_by IS NOT NULL)`,
      [id, request.actor.userId, formatInstant(house.systemNow())],
    );
    return rowCount === 0 ? decidedAlready() : { id, contentHash };
  });
}
