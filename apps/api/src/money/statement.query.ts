import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { found } from '../http/outcome.js';
import { Problem } from '../http/problem.js';

export type Asked = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly limit: number;
  readonly cursor?: string | undefined;
};
type Line = {
  postingId: string;
  line: number;
  businessDate: string;
  eventType: string;
  eventId: string;
  amountFen: string;
  caseNo: string | null;
  batchNo: string | null;
};
export type Statement = {
  readonly openingFen: string;
  readonly closingFen: string;
  readonly debitFen: string;
  readonly creditFen: string;
  readonly items: readonly Line[];
  readonly nextCursor: string | null;
};

/** Day, posting and line of the last row shown. */
function after(cursor: string | undefined): readonly [string, string, number] | null {
  if (cursor === undefined) return null;
  const [, day, posting, line] =
    /^(\d{4}-\d{2}-\d{2}) ([0-9a-f-]{36}) (\d{1,6})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (day === undefined || posting === undefined) throw new Problem('cursor-invalid');
  return [day, posting, Number(line)];
}

/** An account from one day to another: opening balance, entries in the order of their days, closing balance. */
export async function statementOf(house: House, actor: Actor, { id, from, to, limit, cursor }: Asked): Promise<Statement> {
  const [sums] = await house.database.read<Pick<Statement, 'openingFen' | 'closingFen' | 'debitFen' | 'creditFen'>>(
    actor,
    `SELECT coalesce(sum(e.amount_fen) FILTER (WHERE p.business_date < $2), 0)::text AS "openingFen",
       coalesce(sum(e.amount_fen) FILTER (WHERE p.business_date <= $3), 0)::text AS "closingFen",
       coalesce(sum(e.amount_fen) FILTER (WHERE p.business_date BETWEEN $2 AND $3 AND e.amount_fen > 0), 0)::text AS "debitFen",
       coalesce(-sum(e.amount_fen) FILTER (WHERE p.business_date BETWEEN $2 AND $3 AND e.amount_fen < 0), 0)::text AS "creditFen"
     FROM accounts a JOIN funds f ON f.id = a.fund_id LEFT JOIN entries e ON e.account_id = a.id LEFT JOIN postings p ON p.id = e.posting_id
     WHERE a.id = $1 GROUP BY a.id`,
    [id, from, to],
  );
  const [day, posting, line] = after(cursor) ?? [null, null, null];
  const rows = await house.database.read<Line>(
    actor,
    `SELECT e.posting_id AS "postingId", e.line_no AS line, p.business_date AS "businessDate", p.event_type AS "eventType", p.event_id AS "eventId",
       e.amount_fen::text AS "amountFen", c.case_no AS "caseNo", b.batch_no AS "batchNo"
     FROM entries e JOIN postings p ON p.id = e.posting_id LEFT JOIN cases c ON c.id = p.case_id LEFT JOIN batches b ON b.id = p.batch_id
     WHERE e.account_id = $1 AND p.business_date BETWEEN $2 AND $3
       AND ($4::date IS NULL OR (p.business_date, e.posting_id, e.line_no) > ($4::date, $5::uuid, $6::int))
     ORDER BY p.business_date, e.posting_id, e.line_no LIMIT $7`,
    [id, from, to, day, posting, line, limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor =
    rows.length > limit && last ? Buffer.from(`${last.businessDate} ${last.postingId} ${last.line}`).toString('base64url') : null;
  return { ...found(sums), items, nextCursor };
}
