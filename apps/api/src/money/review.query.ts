import { formatInstant } from '@tranche/calendar';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';

export type Subtotal = { by: 'policy' | 'organisation' | 'district'; key: string; name: string; lines: number; amountFen: string };

const live = `transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN cases c ON c.id = d.case_id JOIN organisations o ON o.id = d.organisation_id
  WHERE t.batch_id = $1 AND t.state NOT IN ('cancelled', 'rejected')`;

/** What a batch pays: by policy, by institution, by district. */
export const subtotals = (house: House, actor: Actor, batchId: string) =>
  house.database.read<Subtotal>(
    actor,
    `SELECT s.by, s.key, coalesce(g.name, s.key) AS name, s.lines, s.fen::text AS "amountFen" FROM (
       SELECT CASE WHEN grouping(c.policy_id) = 0 THEN 'policy' WHEN grouping(o.id) = 0 THEN 'organisation' ELSE 'district' END AS by,
         coalesce(c.policy_id, o.id::text, d.district) AS key, count(*)::int AS lines, sum(t.amount_fen) AS fen
       FROM ${live} GROUP BY GROUPING SETS ((c.policy_id), (o.id), (d.district))) s
     LEFT JOIN organisations g ON s.by = 'organisation' AND g.id::text = s.key ORDER BY s.by, s.fen DESC, s.key`,
    [batchId],
  );

export type BudgetMove = {
  fundId: string;
  fund: string;
  fiscalYear: number;
  amountFen: string;
  before: { availableFen: string; reservedFen: string; inPaymentFen: string; spentFen: string };
  after: { availableFen: string; reservedFen: string; inPaymentFen: string; spentFen: string };
};

/** Each fund that bears a part: its budget now, and once the batch is signed (the same where it was signed already). */
export const budgetMoves = (house: House, actor: Actor, batchId: string) =>
  house.database.read<BudgetMove>(
    actor,
    `WITH parts AS (
       SELECT s.fund_id, sum(s.fen) AS fen, CASE WHEN max(b.approved_at) IS NULL THEN sum(s.fen) ELSE 0 END AS moving
       FROM transfers t JOIN batches b ON b.id = t.batch_id JOIN disbursements d ON d.id = t.disbursement_id
       CROSS JOIN LATERAL fund_shares_of(d.fund_id, d.fund_shares, t.amount_fen) s
       WHERE t.batch_id = $1 AND t.state NOT IN ('cancelled', 'rejected') GROUP BY 1),
     now AS (
       SELECT p.fund_id, coalesce(sum(e.amount_fen) FILTER (WHERE a.code = 'B2'), 0) AS b2, coalesce(sum(e.amount_fen) FILTER (WHERE a.code = 'B3'), 0) AS b3,
         coalesce(sum(e.amount_fen) FILTER (WHERE a.code = 'B4'), 0) AS b4, coalesce(sum(e.amount_fen) FILTER (WHERE a.code = 'B5'), 0) AS b5
       FROM parts p JOIN accounts a ON a.fund_id = p.fund_id AND a.book = 'budget' LEFT JOIN entries e ON e.account_id = a.id GROUP BY 1)
     SELECT f.id AS "fundId", f.code AS fund, f.fiscal_year AS "fiscalYear", p.fen::text AS "amountFen",
       jsonb_build_object('availableFen', n.b2::text, 'reservedFen', n.b3::text, 'inPaymentFen', n.b4::text, 'spentFen', n.b5::text) AS before,
       jsonb_build_object('availableFen', n.b2::text, 'reservedFen', (n.b3 - p.moving)::text, 'inPaymentFen', (n.b4 + p.moving)::text, 'spentFen', n.b5::text) AS after
     FROM parts p JOIN now n ON n.fund_id = p.fund_id JOIN funds f ON f.id = p.fund_id ORDER BY f.code`,
    [batchId],
  );

export const changeKinds = ['new-payee', 'account-changed', 'amount-differs', 'raised-again'] as const;
export type Change = {
  line: number;
  caseNo: string;
  payment: string;
  organisation: string;
  amountFen: string;
  kinds: (typeof changeKinds)[number][];
  /** last four digits of the account that was paid before */
  formerAccount: string | null;
  plannedFen: string | null;
};

/**
 * What a checker should look at twice: payees nobody paid before, accounts that differ from the one paid last, amounts that are not what
 * the tranche stands for, and payments raised again after one that failed or came back.
 */
export const changes = (house: House, actor: Actor, batchId: string) =>
  house.database.read<Change>(
    actor,
    `SELECT * FROM (
       SELECT t.line_no AS line, c.case_no AS "caseNo", d.payment, o.name AS organisation, t.amount_fen::text AS "amountFen", right(last.account_no, 4) AS "formerAccount",
         plan.fen::text AS "plannedFen",
         array_remove(ARRAY[
           CASE WHEN last.account_no IS NULL THEN 'new-payee' END,
           CASE WHEN last.account_no <> t.account_no OR (last.account_no IS NULL AND p.changed) THEN 'account-changed' END,
           CASE WHEN plan.fen <> t.amount_fen THEN 'amount-differs' END,
           CASE WHEN d.round > 1 THEN 'raised-again' END], NULL) AS kinds
       FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN cases c ON c.id = d.case_id JOIN organisations o ON o.id = d.organisation_id
       JOIN payee_accounts p ON p.id = d.payee_account_id
       LEFT JOIN LATERAL (SELECT x.account_no FROM transfers x JOIN disbursements y ON y.id = x.disbursement_id
         WHERE y.organisation_id = d.organisation_id AND x.batch_id <> t.batch_id AND x.state IN ('settled', 'returned') ORDER BY x.id DESC LIMIT 1) last ON true
       LEFT JOIN LATERAL (SELECT (c.snapshot #>> ARRAY['context', 'payments', d.payment, 'claimFen'])::bigint AS fen) plan ON true
       WHERE t.batch_id = $1 AND t.state NOT IN ('cancelled', 'rejected')) s
     WHERE cardinality(kinds) > 0 ORDER BY line LIMIT 1000`,
    [batchId],
  );

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

/** Payments that are owed and in no batch yet, the most urgent first: what can be collected now (no reason), and why the others wait. */
export async function dueList(house: House, actor: Actor, limit: number): Promise<Due[]> {
  const rows = await house.database.read<DueRow>(
    actor,
    `WITH owed AS (
       SELECT l.case_id, substr(l.key, 9) AS payment, l.last_day, d.id, d.amount_fen, d.fund_id FROM deadlines l
       LEFT JOIN disbursements d ON d.case_id = l.case_id AND d.payment = substr(l.key, 9) AND d.state IN ('requested', 'sent')
       WHERE l.key LIKE 'payment:%' AND l.status IN ('running', 'suspected') AND (d.id IS NULL OR d.batch_id IS NULL)
       UNION ALL
       SELECT d.case_id, d.payment, NULL, d.id, d.amount_fen, d.fund_id FROM disbursements d WHERE d.state = 'requested' AND d.batch_id IS NULL
         AND NOT EXISTS (SELECT FROM deadlines l WHERE l.case_id = d.case_id AND l.key = 'payment:' || d.payment AND l.status IN ('running', 'suspected')))
     SELECT w.case_id AS "caseId", c.case_no AS "caseNo", w.payment, w.last_day AS "lastDay", w.id AS "disbursementId", w.amount_fen::text AS "amountFen", o.name AS organisation,
       w.fund_id AS "fundId", f.code || '/' || f.fiscal_year AS fund, c.policy_id AS "policyId", c.policy_version AS "policyVersion", c.jurisdiction,
       CASE WHEN c.standing = 'held' THEN 'case-held' WHEN o.status <> 'active' THEN 'organisation-suspended'
         WHEN EXISTS (SELECT FROM tasks k WHERE k.case_id = w.case_id AND k.kind = 'fund-short:' || w.payment AND k.state IN ('open', 'claimed')) THEN 'fund-short'
         WHEN w.id IS NULL AND advance_stopped_by(c.organisation_id, c.district, legal_today()) IS NOT NULL THEN 'recovery-overdue'
         WHEN w.id IS NULL THEN 'not-requested' WHEN p.id IS NULL THEN 'payee-account-missing' WHEN p.changed AND p.usable_from > legal_now() THEN 'payee-account-cooling' END AS reason,
       CASE WHEN p.changed AND p.usable_from > legal_now() THEN p.usable_from END AS "payableFrom"
     FROM owed w JOIN cases c ON c.id = w.case_id JOIN organisations o ON o.id = c.organisation_id
     LEFT JOIN payee_accounts p ON p.organisation_id = o.id AND p.state = 'approved' LEFT JOIN funds f ON f.id = w.fund_id
     ORDER BY w.last_day NULLS LAST, w.case_id, w.payment LIMIT $1`,
    [limit],
  );
  return rows.map((row) => ({ ...row, payableFrom: row.payableFrom === null ? null : formatInstant(row.payableFrom) }));
}
