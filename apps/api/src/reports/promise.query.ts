import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';

/** Payments with a legal deadline whose last day lies in the period: kept, broken, still open; by policy and district. */
export const onTime = (house: House, actor: Actor, from: string, to: string) =>
  house.database.read<OnTime>(
    actor,
    `SELECT c.policy_id AS "policyId", d.district, count(*) FILTER (WHERE d.status IN ('met', 'cleared'))::int AS kept, count(*) FILTER (WHERE d.status = 'confirmed')::int AS broken,
       count(*) FILTER (WHERE d.status IN ('running', 'suspected'))::int AS open,
       CASE WHEN count(*) FILTER (WHERE d.status IN ('met', 'cleared', 'confirmed')) = 0 THEN NULL
         ELSE round(100.0 * count(*) FILTER (WHERE d.status IN ('met', 'cleared')) / count(*) FILTER (WHERE d.status IN ('met', 'cleared', 'confirmed')), 2)::text END AS "keptPercent"
     FROM deadlines d JOIN cases c ON c.id = d.case_id
     WHERE d.key LIKE 'payment:%' AND d.kind = 'statutory' AND d.last_day BETWEEN $1 AND $2 GROUP BY 1, 2 ORDER BY 1, 2`,
    [from, to],
  );
export type OnTime = { policyId: string; district: string; kept: number; broken: number; open: number; keptPercent: string | null };

/** Advances that are neither earned, recovered nor written off (1201), by institution and by how long ago the first of them was settled. */
export const advances = (house: House, actor: Actor, today: string) =>
  house.database.read<Advances>(
    actor,
    `WITH open AS (
       SELECT p.case_id, sum(e.amount_fen) AS fen FROM postings p JOIN entries e ON e.posting_id = p.id JOIN accounts a ON a.id = e.account_id
       WHERE a.code = '1201' AND p.case_id IS NOT NULL GROUP BY 1 HAVING sum(e.amount_fen) > 0),
     aged AS (
       SELECT c.organisation_id, c.district, o.fen, $1::date - coalesce((SELECT min(d.settled_on) FROM disbursements d WHERE d.case_id = c.id AND d.state = 'settled'), $1::date) AS days
       FROM open o JOIN cases c ON c.id = o.case_id)
     SELECT a.organisation_id AS "organisationId", g.name AS organisation, a.district, count(*)::int AS cases, sum(a.fen)::text AS "totalFen",
       coalesce(sum(a.fen) FILTER (WHERE days <= 30), 0)::text AS "upTo30Fen", coalesce(sum(a.fen) FILTER (WHERE days BETWEEN 31 AND 90), 0)::text AS "upTo90Fen",
       coalesce(sum(a.fen) FILTER (WHERE days BETWEEN 91 AND 180), 0)::text AS "upTo180Fen", coalesce(sum(a.fen) FILTER (WHERE days > 180), 0)::text AS "over180Fen",
       max(days)::int AS "oldestDays"
     FROM aged a JOIN organisations g ON g.id = a.organisation_id GROUP BY 1, 2, 3 ORDER BY sum(a.fen) DESC, 1 LIMIT 500`,
    [today],
  );
export type Advances = {
  organisationId: string;
  organisation: string;
  district: string;
  cases: number;
  totalFen: string;
  upTo30Fen: string;
  upTo90Fen: string;
  upTo180Fen: string;
  over180Fen: string;
  oldestDays: number;
};

/**
 * What open cases ask for within ninety days: promised payments and due ones, by the last legal day to pay, week by week; without a day by
 * themselves. A tranche that no milestone has opened yet promises nothing and is not counted.
 */
export const forecast = (house: House, actor: Actor, today: string, until: string) =>
  house.database.read<Forecast>(
    actor,
    `WITH clocks AS (
       SELECT case_id, substr(key, 9) AS payment, last_day FROM deadlines
       WHERE key LIKE 'payment:%' AND status IN ('running', 'suspected') AND (last_day IS NULL OR last_day <= $2)),
     promised AS MATERIALIZED (
       SELECT l.* FROM clocks l WHERE NOT EXISTS (
         SELECT FROM disbursements d WHERE d.case_id = l.case_id AND d.payment = l.payment AND d.state IN ('requested', 'sent', 'settled'))),
     due AS (
       SELECT c.policy_id, d.district, d.amount_fen AS fen, l.last_day FROM disbursements d JOIN cases c ON c.id = d.case_id
       LEFT JOIN deadlines l ON l.case_id = d.case_id AND l.key = 'payment:' || d.payment AND l.status IN ('running', 'suspected')
       WHERE d.state = 'requested'
       UNION ALL
       SELECT c.policy_id, c.district, o.fen, l.last_day FROM promised l JOIN cases c ON c.id = l.case_id
       CROSS JOIN LATERAL (SELECT (c.snapshot #>> ARRAY['context', 'payments', l.payment, 'claimFen'])::numeric AS fen) o
       WHERE c.standing <> 'closed' AND o.fen > 0)
     SELECT policy_id AS "policyId", district, CASE WHEN last_day IS NULL THEN NULL ELSE greatest(date_trunc('week', last_day::timestamp)::date, $1::date)::text END AS "weekOf",
       count(*)::int AS payments, sum(fen)::text AS "amountFen"
     FROM due WHERE last_day IS NULL OR last_day <= $2 GROUP BY 1, 2, 3 ORDER BY 3 NULLS LAST, 1, 2`,
    [today, until],
  );
export type Forecast = { policyId: string; district: string; weekOf: string | null; payments: number; amountFen: string };

/** Legal limits that were broken or may be: the newest first. */
export const breaches = (house: House, actor: Actor, after: string | null, limit: number, district: string | null) =>
  house.database.read<Breach>(
    actor,
    `SELECT d.id, d.case_id AS "caseId", c.case_no AS "caseNo", c.policy_id AS "policyId", d.district, d.key, d.label, d.last_day AS "lastDay", d.status, d.ended_on AS "endedOn", d.cite
     FROM deadlines d JOIN cases c ON c.id = d.case_id
     WHERE d.kind = 'statutory' AND d.status IN ('suspected', 'confirmed') AND ($1::uuid IS NULL OR d.id < $1)
       AND ($3::text IS NULL OR d.district = $3) ORDER BY d.id DESC LIMIT $2`,
    [after, limit, district],
  );
export type Breach = {
  id: string;
  caseId: string;
  caseNo: string;
  policyId: string;
  district: string;
  key: string;
  label: { zh: string; en: string };
  lastDay: string | null;
  status: string;
  endedOn: string | null;
  cite: { doc: string; clause: string; basis: 'stated' | 'inferred' | 'open' | 'external' };
};

/** Budget of a year, month by month: authorised, spent so far, and the part of it; by fund and district. */
export const execution = (house: House, actor: Actor, year: number) =>
  house.database.read<Execution>(
    actor,
    `WITH months AS (
       SELECT f.id, f.code, f.name, f.district, m.month, a.code AS account, coalesce(sum(e.amount_fen), 0) AS fen
       FROM funds f CROSS JOIN generate_series(1, 12) AS m(month) JOIN accounts a ON a.fund_id = f.id AND a.code IN ('B1', 'B5', 'B9')
       LEFT JOIN (entries e JOIN postings p ON p.id = e.posting_id) ON e.account_id = a.id AND p.business_date < make_date(f.fiscal_year, 1, 1) + make_interval(months => m.month)
       WHERE f.fiscal_year = $1 GROUP BY f.id, m.month, a.code)
     SELECT id AS "fundId", code AS fund, name, district, month, (-sum(fen) FILTER (WHERE account = 'B1'))::text AS "authorisedFen", (sum(fen) FILTER (WHERE account = 'B5'))::text AS "spentFen",
       (sum(fen) FILTER (WHERE account = 'B9'))::text AS "lapsedFen",
       round(100 * sum(fen) FILTER (WHERE account = 'B5') / nullif(-sum(fen) FILTER (WHERE account = 'B1'), 0), 2)::text AS "executedPercent"
     FROM months GROUP BY 1, 2, 3, 4, 5 ORDER BY 4, 2, 5`,
    [year],
  );
export type Execution = {
  fundId: string;
  fund: string;
  name: { zh: string; en: string };
  district: string;
  month: number;
  authorisedFen: string;
  spentFen: string;
  lapsedFen: string;
  executedPercent: string | null;
};
