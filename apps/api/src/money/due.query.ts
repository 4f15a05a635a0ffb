import { formatInstant } from '@tranche/calendar';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { afterId, type Page, page } from '../fields/paging.js';
import { Problem } from '../http/problem.js';

export type Due = {
  caseId: string;
  caseNo: string;
  payment: string;
  lastDay: string | null;
  disbursementId: string | null;
  amountFen: string | null;
  organisation: string;
  fundId: string | null;
  fund: string | null;
  policyId: string;
  policyVersion: string;
  jurisdiction: string;
  reason: string | null;
  payableFrom: string | null;
};
type Part = 'clocked' | 'unclocked';
type DueRow = Omit<Due, 'payableFrom'> & { payableFrom: number | null; part: Part };
export type DueQuery = { readonly limit: number; readonly cursor?: string | undefined; readonly show?: 'ready' | 'waiting' | undefined };

/** Behind everything that has a last day. */
const noDay = '9999-12-31';
const mostAtOnce = 500;
/** Before every case. */
const noCase = '00000000-0000-0000-0000-000000000000';

/** Payments that are owed and in no batch yet, the most urgent first: what can be collected now (no reason), and why the others wait. */
export async function dueList<View>(
  house: House,
  actor: Actor,
  { limit, cursor, show }: DueQuery,
  view: (row: Due) => View,
): Promise<Page<View>> {
  const rows: DueRow[] = [];
  let from: After | null = afterDue(cursor);
  // of those that are ready some may wait: where few are found at once, more are looked at
  for (let atOnce = limit + 1; from !== null && rows.length <= limit; atOnce = Math.min(4 * atOnce, Math.max(mostAtOnce, limit + 1))) {
    const judged: DueRow[] = await house.database.read<DueRow>(actor, ...asked(from, atOnce));
    rows.push(...judged.filter(({ reason }) => show === undefined || (show === 'ready') === (reason === null)));
    from = onward(from.part, judged, atOnce);
  }
  return page(
    rows,
    limit,
    (row) => `${row.part} ${row.lastDay ?? noDay} ${row.caseId} ${row.payment}`,
    ({ payableFrom, part: _, ...row }) => view({ ...row, payableFrom: payableFrom === null ? null : formatInstant(payableFrom) }),
  );
}

const asked = ({ part, day, caseId, payment }: After, atOnce: number): [string, unknown[]] =>
  part === 'clocked' ? [clocked, [atOnce, day, caseId, payment]] : [unclocked, [atOnce, caseId, payment]];

/** Where to look on: behind the last one; what no clock runs for comes behind all that have one. */
function onward(part: Part, judged: readonly DueRow[], atOnce: number): After | null {
  const last = judged.at(-1);
  if (last !== undefined && judged.length === atOnce)
    return { part, day: last.lastDay ?? noDay, caseId: last.caseId, payment: last.payment };
  return part === 'clocked' ? { part: 'unclocked', day: null, caseId: null, payment: null } : null;
}

/** Rows of a part in their order, each judged: why it waits, if it does. */
const judging = (
  owed: string,
): string => `SELECT w.case_id AS "caseId", w.payment, w.last_day AS "lastDay", w.id AS "disbursementId", w.amount_fen::text AS "amountFen",
     w.fund_id AS "fundId", w.part, t.* FROM (${owed}) w CROSS JOIN LATERAL (
     SELECT c.case_no AS "caseNo", o.name AS organisation, f.code || '/' || f.fiscal_year AS fund, c.policy_id AS "policyId", c.policy_version AS "policyVersion", c.jurisdiction,
       CASE WHEN c.standing = 'held' THEN 'case-held' WHEN o.status <> 'active' THEN 'organisation-suspended'
         WHEN EXISTS (SELECT FROM tasks k WHERE k.case_id = w.case_id AND k.kind = 'fund-short:' || w.payment AND k.state IN ('open', 'claimed')) THEN 'fund-short'
         WHEN w.id IS NULL AND advance_stopped_by(c.organisation_id, c.district, legal_today()) IS NOT NULL THEN 'recovery-overdue'
         WHEN w.id IS NULL THEN 'not-requested' WHEN p.id IS NULL THEN 'payee-account-missing'
         WHEN EXISTS (SELECT FROM payee_account_doubts q WHERE q.payee_account_id = p.id) THEN 'payee-account-doubted'
         WHEN p.changed AND p.usable_from > legal_now() THEN 'payee-account-cooling' END AS reason,
       CASE WHEN p.changed AND p.usable_from > legal_now() THEN p.usable_from END AS "payableFrom"
     FROM cases c JOIN organisations o ON o.id = c.organisation_id
     LEFT JOIN payee_accounts p ON p.organisation_id = o.id AND p.state = 'approved' LEFT JOIN funds f ON f.id = w.fund_id
     WHERE c.id = w.case_id) t ORDER BY w.day, w.case_id, w.payment`;

/** Owed under a running clock: found by an index of the last days, within reach (migration 0230), and judged again by row security here. */
const clocked =
  judging(`SELECT 'clocked' AS part, coalesce(l.last_day, DATE '${noDay}') AS day, l.case_id, substr(l.key, 9) AS payment, l.last_day, d.id, d.amount_fen, d.fund_id
  FROM clocked_payments(coalesce($2::date, '-infinity'), coalesce($3::uuid, '${noCase}'), 'payment:' || coalesce($4, ''), $1) n
  JOIN LATERAL (SELECT * FROM deadlines x WHERE x.id = n.deadline_id OFFSET 0) l ON true
  LEFT JOIN LATERAL (SELECT * FROM disbursements x WHERE x.id = n.disbursement_id OFFSET 0) d ON true`);
/** Requested, and no clock runs for it. */
const unclocked =
  judging(`SELECT 'unclocked' AS part, DATE '${noDay}' AS day, d.case_id, d.payment, NULL::date AS last_day, d.id, d.amount_fen, d.fund_id
  FROM unclocked_payments(coalesce($2::uuid, '${noCase}'), coalesce($3, ''), $1) n
  JOIN LATERAL (SELECT * FROM disbursements x WHERE x.id = n OFFSET 0) d ON true`);

type After = { readonly part: Part; readonly day: string | null; readonly caseId: string | null; readonly payment: string | null };

/** The cursor: part, last day, case and payment of the page's last row. */
function afterDue(cursor: string | undefined): After {
  if (cursor === undefined) return { part: 'clocked', day: null, caseId: null, payment: null };
  const [part = '', day = '', caseId = '', payment = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const known = part === 'clocked' || part === 'unclocked';
  if (!known || !/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)) || payment === '') throw new Problem('cursor-invalid');
  return { part, day, caseId: afterId(Buffer.from(caseId).toString('base64url')), payment };
}
