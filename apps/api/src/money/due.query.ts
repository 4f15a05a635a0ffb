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
type DueRow = Omit<Due, 'payableFrom'> & { payableFrom: number | null };
export type DueQuery = { readonly limit: number; readonly cursor?: string | undefined; readonly show?: 'ready' | 'waiting' | undefined };

/** Behind everything that has a last day. */
const noDay = '9999-12-31';

/** Payments that are owed and in no batch yet, the most urgent first: what can be collected now (no reason), and why the others wait. */
export async function dueList<View>(
  house: House,
  actor: Actor,
  { limit, cursor, show }: DueQuery,
  view: (row: Due) => View,
): Promise<Page<View>> {
  const after = afterDue(cursor);
  const rows = await house.database.read<DueRow>(
    actor,
    `WITH owed AS (
       SELECT l.case_id, substr(l.key, 9) AS payment, l.last_day, d.id, d.amount_fen, d.fund_id FROM deadlines l
       LEFT JOIN disbursements d ON d.case_id = l.case_id AND d.payment = substr(l.key, 9) AND d.state IN ('requested', 'sent')
       WHERE l.key LIKE 'payment:%' AND l.status IN ('running', 'suspected') AND (d.id IS NULL OR d.batch_id IS NULL)
       UNION ALL
       SELECT d.case_id, d.payment, NULL, d.id, d.amount_fen, d.fund_id FROM disbursements d WHERE d.state = 'requested' AND d.batch_id IS NULL
         AND NOT EXISTS (SELECT FROM deadlines l WHERE l.case_id = d.case_id AND l.key = 'payment:' || d.payment AND l.status IN ('running', 'suspected'))),
     told AS (
     SELECT w.case_id AS "caseId", c.case_no AS "caseNo", w.payment, w.last_day AS "lastDay", w.id AS "disbursementId", w.amount_fen::text AS "amountFen", o.name AS organisation,
       w.fund_id AS "fundId", f.code || '/' || f.fiscal_year AS fund, c.policy_id AS "policyId", c.policy_version AS "policyVersion", c.jurisdiction,
       CASE WHEN c.standing = 'held' THEN 'case-held' WHEN o.status <> 'active' THEN 'organisation-suspended'
         WHEN EXISTS (SELECT FROM tasks k WHERE k.case_id = w.case_id AND k.kind = 'fund-short:' || w.payment AND k.state IN ('open', 'claimed')) THEN 'fund-short'
         WHEN w.id IS NULL AND advance_stopped_by(c.organisation_id, c.district, legal_today()) IS NOT NULL THEN 'recovery-overdue'
         WHEN w.id IS NULL THEN 'not-requested' WHEN p.id IS NULL THEN 'payee-account-missing'
         WHEN EXISTS (SELECT FROM payee_account_doubts q WHERE q.payee_account_id = p.id) THEN 'payee-account-doubted'
         WHEN p.changed AND p.usable_from > legal_now() THEN 'payee-account-cooling' END AS reason,
       CASE WHEN p.changed AND p.usable_from > legal_now() THEN p.usable_from END AS "payableFrom"
     FROM owed w JOIN cases c ON c.id = w.case_id JOIN organisations o ON o.id = c.organisation_id
     LEFT JOIN payee_accounts p ON p.organisation_id = o.id AND p.state = 'approved' LEFT JOIN funds f ON f.id = w.fund_id
     WHERE $2::date IS NULL OR (coalesce(w.last_day, DATE '${noDay}'), w.case_id, w.payment) > ($2, $3::uuid, $4))
     SELECT * FROM told WHERE $5::text IS NULL OR ($5 = 'ready') = (reason IS NULL) ORDER BY "lastDay" NULLS LAST, "caseId", payment LIMIT $1`,
    [limit + 1, ...after, show ?? null],
  );
  return page(
    rows,
    limit,
    ({ lastDay, caseId, payment }) => `${lastDay ?? noDay} ${caseId} ${payment}`,
    ({ payableFrom, ...row }) => view({ ...row, payableFrom: payableFrom === null ? null : formatInstant(payableFrom) }),
  );
}

/** The cursor: last day, case and payment of the page's last row. */
function afterDue(cursor: string | undefined): readonly (string | null)[] {
  if (cursor === undefined) return [null, null, null];
  const [lastDay = '', caseId = '', payment = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(lastDay) || Number.isNaN(Date.parse(lastDay)) || payment === '') throw new Problem('cursor-invalid');
  return [lastDay, afterId(Buffer.from(caseId).toString('base64url')), payment];
}
