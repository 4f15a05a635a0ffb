import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { policyColumns } from '../cases/payment-label.js';

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
  policyId: string;
  policyVersion: string;
  jurisdiction: string;
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
       SELECT ${policyColumns}, t.line_no AS line, c.case_no AS "caseNo", d.payment, o.name AS organisation, t.amount_fen::text AS "amountFen", right(last.account_no, 4) AS "formerAccount",
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
       LEFT JOIN LATERAL (SELECT (c.snapshot::jsonb #>> ARRAY['context', 'payments', d.payment, 'claimFen'])::bigint AS fen) plan ON true
       WHERE t.batch_id = $1 AND t.state NOT IN ('cancelled', 'rejected')) s
     WHERE cardinality(kinds) > 0 ORDER BY line LIMIT 1000`,
    [batchId],
  );
