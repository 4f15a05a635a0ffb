import type { FindingKind, Findings } from './findings.js';
import { positionChecks } from './position-checks.js';

type Fault = { what: string };
/** One frozen view of the database: the auditor's own, or a transaction of the house. */
export type BookReader = { readonly read: (sql: string) => Promise<readonly object[]> };
export type Check = { readonly kind: FindingKind; readonly zh: string; readonly en: string; readonly sql: string };

/** More than anybody reads; the count of a report says when there were more. */
const MOST = 1_000;

/** Rows of a case that is gone, table by table. */
const ofNoCase = ['case_events', 'case_facts', 'case_duties', 'disbursements', 'recoveries', 'recovery_receipts', 'postings'].map(
  (table): Check => ({
    kind: 'rows-without-case',
    zh: `${table}：案件不存在`,
    en: `${table}: its case does not exist`,
    sql: `SELECT case_id::text AS what FROM ${table} t WHERE case_id IS NOT NULL AND NOT EXISTS (SELECT FROM cases c WHERE c.id = t.case_id) GROUP BY 1`,
  }),
);

const postings: readonly Check[] = [
  {
    kind: 'posting-unbalanced',
    zh: '凭证不平、不足两行，或用了其他资金、账簿的科目',
    en: 'a posting that is unbalanced, has fewer than two lines, or uses accounts of another fund or book',
    sql: `SELECT p.id::text AS what FROM postings p LEFT JOIN entries e ON e.posting_id = p.id LEFT JOIN accounts a ON a.id = e.account_id
      GROUP BY p.id HAVING count(e.line_no) < 2 OR sum(e.amount_fen) <> 0 OR NOT bool_and(a.fund_id = p.fund_id AND a.book = p.book)
        OR max(e.line_no) <> count(*) OR bool_or(a.id IS NULL)`,
  },
  {
    kind: 'posting-unbalanced',
    zh: '分录没有凭证',
    en: 'entries without a posting',
    sql: 'SELECT e.posting_id::text AS what FROM entries e WHERE NOT EXISTS (SELECT FROM postings p WHERE p.id = e.posting_id) GROUP BY 1',
  },
  {
    kind: 'account-balance-differs',
    zh: '科目余额',
    en: 'account balance',
    sql: `SELECT format('%s: %s ≠ %s', coalesce(b.account_id, a.id), b.posted_fen, coalesce(e.fen, 0)) AS what
      FROM (SELECT id FROM accounts WHERE min_zero) a FULL JOIN account_balances b ON b.account_id = a.id
      LEFT JOIN (SELECT account_id, sum(amount_fen) AS fen FROM entries GROUP BY 1) e ON e.account_id = coalesce(b.account_id, a.id)
      WHERE a.id IS NULL OR b.account_id IS NULL OR b.posted_fen <> coalesce(e.fen, 0)`,
  },
];

/** The event type under which an approved paper of this kind is posted. */
const paperOf = (alias: string): string =>
  `CASE ${alias}.kind WHEN 'increase' THEN 'appropriation.approved' WHEN 'decrease' THEN 'appropriation.decreased' ELSE 'treasury.remitted' END`;

/**
 * Postings of no case come from an appropriation, the closing of a year, a signed batch or a line dropped from one, or credits of a bank file that
 * nobody could explain, until somebody could (or two people said that they are no payment of ours); each says exactly that much.
 */
const funds: readonly Check[] = [
  {
    kind: 'fund-differs',
    zh: '无案件的凭证没有依据，或金额不符',
    en: 'a posting of no case has no paper behind it, or another amount',
    sql: `SELECT p.id::text AS what FROM postings p
      JOIN LATERAL (SELECT string_agg(a.code || ' ' || e.amount_fen, ',' ORDER BY a.code) AS said FROM entries e JOIN accounts a ON a.id = e.account_id WHERE e.posting_id = p.id) s ON true
      LEFT JOIN appropriations g ON p.event_type = ${paperOf('g')} AND g.id::text = p.event_id AND g.state = 'approved' AND g.fund_id = p.fund_id
      LEFT JOIN fund_closings y ON p.event_type = 'fund.closed' AND y.id::text = p.event_id AND y.state = 'approved' AND y.fund_id = p.fund_id
      LEFT JOIN batches b ON p.event_type = 'batch.approved' AND b.id::text = p.event_id AND b.id = p.batch_id AND b.fund_id = p.fund_id AND b.state IN ('approved', 'processing', 'done', 'cancelled')
        AND NOT EXISTS (SELECT FROM transfers l JOIN disbursements d ON d.id = l.disbursement_id WHERE l.batch_id = b.id AND d.fund_shares IS NOT NULL)
      LEFT JOIN batches s2 ON p.event_type = 'batch.approved' AND s2.id::text = p.event_id AND s2.id = p.batch_id AND b.id IS NULL AND s2.state IN ('approved', 'processing', 'done', 'cancelled')
        AND EXISTS (SELECT FROM transfers l JOIN disbursements d ON d.id = l.disbursement_id WHERE l.batch_id = s2.id AND d.fund_shares IS NOT NULL)
      LEFT JOIN LATERAL (SELECT sum(e.amount_fen) FILTER (WHERE a.code = 'B4') AS together, max(e.amount_fen) FILTER (WHERE a.code = 'B4' AND q.id = p.id) AS own
        FROM postings q JOIN entries e ON e.posting_id = q.id JOIN accounts a ON a.id = e.account_id WHERE q.event_type = 'batch.approved' AND q.batch_id = s2.id) w ON true
      LEFT JOIN transfers t ON p.event_type = 'batch.line-dropped' AND t.id::text = p.event_id AND t.batch_id = p.batch_id AND t.state = 'cancelled'
      LEFT JOIN disbursements td ON td.id = t.disbursement_id
      LEFT JOIN LATERAL (SELECT sum(i.amount_fen) AS fen FROM suspense_items i WHERE p.event_type = 'statement.unidentified' AND i.posted_as = p.event_id AND i.fund_id = p.fund_id
        AND i.booked_on = p.business_date) h ON true
      LEFT JOIN LATERAL (SELECT i.amount_fen FROM suspense_items i JOIN matches m ON m.line_id = i.line_id WHERE p.event_type = 'statement.identified' AND i.line_id::text = p.event_id
        AND i.fund_id = p.fund_id AND m.kind IN ('returned', 'recovery', 'appropriation')) x ON true
      LEFT JOIN LATERAL (SELECT l.amount_fen AS fen, l.direction, i.line_id IS NOT NULL AS held, CASE m.kind WHEN 'interest' THEN '2103' WHEN 'bank-fee' THEN '1203' ELSE '2106' END AS own
        FROM matches m JOIN statement_lines l ON l.id = m.line_id LEFT JOIN suspense_items i ON i.line_id = m.line_id AND i.fund_id = p.fund_id
        WHERE p.event_type IN ('statement.interest', 'statement.bank-fee', 'statement.foreign') AND p.event_type = 'statement.' || m.kind AND m.line_id::text = p.event_id) o ON true
      WHERE p.case_id IS NULL AND s.said IS DISTINCT FROM CASE
        WHEN o.direction = 'debit' AND p.book = 'cash' THEN format('1001 %s,%s %s', -o.fen, o.own, o.fen)
        WHEN NOT o.held AND p.book = 'cash' THEN format('1001 %s,%s %s', o.fen, o.own, -o.fen)
        WHEN o.held AND o.own < '2102' AND p.book = 'cash' THEN format('%s %s,2102 %s', o.own, -o.fen, o.fen)
        WHEN o.held AND p.book = 'cash' THEN format('2102 %s,%s %s', o.fen, o.own, -o.fen)
        WHEN h.fen IS NOT NULL AND p.book = 'cash' THEN format('1001 %s,2102 %s', h.fen, -h.fen)
        WHEN x.amount_fen IS NOT NULL AND p.book = 'cash' THEN format('1001 %s,2102 %s', -x.amount_fen, x.amount_fen)
        WHEN g.kind = 'increase' AND p.book = 'cash' THEN format('1001 %s,3001 %s', g.amount_fen, -g.amount_fen)
        WHEN g.kind = 'increase' AND p.book = 'budget' THEN format('B1 %s,B2 %s', -g.amount_fen, g.amount_fen)
        WHEN g.kind = 'decrease' AND p.book = 'cash' THEN format('1001 %s,3001 %s', -g.amount_fen, g.amount_fen)
        WHEN g.kind = 'decrease' AND p.book = 'budget' THEN format('B2 %s,B9 %s', -g.amount_fen, g.amount_fen)
        WHEN g.kind = 'remittance' AND p.book = 'cash' THEN format('1001 %s,2103 %s', -g.amount_fen, g.amount_fen)
        WHEN y.id IS NOT NULL AND p.book = 'cash' THEN format('2103 %s,3001 %s', -y.lapsed_fen, y.lapsed_fen)
        WHEN y.id IS NOT NULL AND p.book = 'budget' THEN format('B2 %s,B9 %s', -y.lapsed_fen, y.lapsed_fen)
        WHEN b.id IS NOT NULL AND p.book = 'budget' THEN format('B3 %s,B4 %s', -b.total_fen, b.total_fen)
        WHEN s2.id IS NOT NULL AND p.book = 'budget' AND w.together = s2.total_fen THEN format('B3 %s,B4 %s', -w.own, w.own)
        WHEN t.id IS NOT NULL AND p.book = 'budget' THEN format('B3 %s,B4 %s', fund_share(td.fund_id, td.fund_shares, t.amount_fen, p.fund_id), -fund_share(td.fund_id, td.fund_shares, t.amount_fen, p.fund_id)) END`,
  },
  {
    kind: 'fund-differs',
    zh: '待查收款与未认领的来款不符',
    en: 'unidentified receipts are not the sum of credits that nobody has explained',
    sql: `SELECT format('%s: 2102 %s ≠ %s', f.id, coalesce(x.fen, 0), -coalesce(y.fen, 0)) AS what FROM funds f
      LEFT JOIN (SELECT a.fund_id, sum(e.amount_fen) AS fen FROM entries e JOIN accounts a ON a.id = e.account_id AND a.code = '2102' GROUP BY 1) x ON x.fund_id = f.id
      LEFT JOIN (SELECT i.fund_id, sum(i.amount_fen) AS fen FROM suspense_items i
        WHERE NOT EXISTS (SELECT FROM matches m WHERE m.line_id = i.line_id AND m.kind NOT IN ('settled', 'other')) GROUP BY 1) y ON y.fund_id = f.id
      WHERE coalesce(x.fen, 0) <> -coalesce(y.fen, 0)`,
  },
  {
    kind: 'fund-differs',
    zh: '已批准的指标没有入账',
    en: 'an approved appropriation is not in the books',
    sql: `SELECT g.id::text AS what FROM appropriations g WHERE g.state = 'approved'
      AND (SELECT count(*) FROM postings p WHERE p.event_type = ${paperOf('g')} AND p.event_id = g.id::text) <> CASE g.kind WHEN 'remittance' THEN 1 ELSE 2 END`,
  },
  {
    kind: 'fund-differs',
    zh: '已关账年度仍有可用指标，或关账没有入账',
    en: 'a closed year still has available budget, or its closing is not in the books',
    sql: `SELECT y.id::text AS what FROM fund_closings y WHERE y.state = 'approved' AND (
        (SELECT count(*) FROM postings p WHERE p.event_type = 'fund.closed' AND p.event_id = y.id::text) <> CASE y.lapsed_fen WHEN 0 THEN 0 ELSE 2 END
        OR EXISTS (SELECT FROM accounts a JOIN account_balances b ON b.account_id = a.id WHERE a.fund_id = y.fund_id AND a.code = 'B2' AND (b.posted_fen <> 0 OR NOT b.closed)))`,
  },
  {
    kind: 'fund-differs',
    zh: '已签批的拨付单没有占用指标',
    en: 'a signed batch did not move its budget',
    sql: `SELECT b.id::text AS what FROM batches b WHERE b.approved_at IS NOT NULL
      AND NOT EXISTS (SELECT FROM postings p WHERE p.event_type = 'batch.approved' AND p.event_id = b.id::text)`,
  },
  {
    kind: 'fund-differs',
    zh: '支付中指标与已签批未完结的转账不符',
    en: 'budget in payment is not the sum of signed transfers under way',
    sql: `SELECT format('%s: B4 %s ≠ %s', f.id, coalesce(x.fen, 0), coalesce(y.fen, 0)) AS what FROM funds f
      LEFT JOIN (SELECT a.fund_id, sum(e.amount_fen) AS fen FROM entries e JOIN accounts a ON a.id = e.account_id AND a.code = 'B4' GROUP BY 1) x ON x.fund_id = f.id
      LEFT JOIN (SELECT s.fund_id, sum(s.fen) AS fen FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id
        CROSS JOIN LATERAL fund_shares_of(d.fund_id, d.fund_shares, t.amount_fen) s
        WHERE t.state IN ('approved', 'submitting', 'submitted', 'accepted', 'unknown') GROUP BY 1) y ON y.fund_id = f.id
      WHERE coalesce(x.fen, 0) <> coalesce(y.fen, 0)`,
  },
];

const charts: readonly Check[] = [
  {
    kind: 'fund-differs',
    zh: '科目不属于任何资金',
    en: 'an account of no fund',
    sql: 'SELECT a.id::text AS what FROM accounts a WHERE NOT EXISTS (SELECT FROM funds f WHERE f.id = a.fund_id)',
  },
];

/** Instants are written in milliseconds: a finer one was put there by somebody else. */
const fine = (column: string): string => `${column} <> date_trunc('milliseconds', ${column})`;

const times: readonly Check[] = [
  {
    kind: 'fund-differs',
    zh: '无案件的凭证地区、时间不符，或两本账日期不一',
    en: 'a posting of no case is of another district, has a time finer than we write, or its two books disagree on the day',
    sql: `SELECT p.id::text AS what FROM postings p LEFT JOIN funds f ON f.id = p.fund_id WHERE p.case_id IS NULL AND (
        p.district IS DISTINCT FROM CASE WHEN p.batch_id IS NULL THEN f.district END OR p.organisation_id IS NOT NULL OR ${fine('p.recorded_at')}
        OR EXISTS (SELECT FROM postings q WHERE (q.event_type, q.event_id) = (p.event_type, p.event_id) AND q.business_date <> p.business_date))`,
  },
  {
    kind: 'checkpoint-chain',
    zh: '检查点时间精度异常',
    en: 'a checkpoint with a time finer than was signed',
    sql: `SELECT no::text AS what FROM checkpoints WHERE ${fine('taken_at')}`,
  },
];

const transfers: readonly Check[] = [
  {
    kind: 'transfer-differs',
    zh: '分担拨付的付款资金不是最后一份',
    en: 'a shared disbursement that is not paid out by the fund of its last share',
    sql: `SELECT d.id::text AS what FROM disbursements d WHERE d.fund_shares IS NOT NULL
      AND d.fund_id::text <> split_part(regexp_replace(d.fund_shares, '^.*\\+', ''), '=', 1)`,
  },
  {
    kind: 'transfer-differs',
    zh: '转账金额、归属或状态与拨付不符',
    en: 'a transfer whose amount, place or state is not that of its disbursement',
    sql: `SELECT t.id::text AS what FROM transfers t LEFT JOIN disbursements d ON d.id = t.disbursement_id
      WHERE d.id IS NULL OR t.amount_fen <> d.amount_fen OR (t.organisation_id, t.district) <> (d.organisation_id, d.district) OR CASE
        WHEN t.state NOT IN ('rejected', 'cancelled') AND d.batch_id IS DISTINCT FROM t.batch_id THEN true
        WHEN t.state IN ('draft', 'pending_approval', 'approved') THEN d.state <> 'requested'
        WHEN t.state IN ('submitting', 'submitted', 'accepted', 'unknown') THEN d.state <> 'sent'
        WHEN t.state = 'settled' THEN d.state <> 'settled' OR t.settled_on IS DISTINCT FROM d.settled_on
        WHEN t.state = 'returned' THEN d.state <> 'returned'
        WHEN t.state = 'failed' THEN d.state <> 'failed' ELSE false END`,
  },
  {
    kind: 'transfer-differs',
    zh: '拨付所在拨付单中没有它的转账',
    en: 'a disbursement is in a batch that has no transfer of it',
    sql: `SELECT d.id::text AS what FROM disbursements d WHERE d.batch_id IS NOT NULL AND d.state <> 'cancelled'
      AND NOT EXISTS (SELECT FROM transfers t WHERE t.disbursement_id = d.id AND t.batch_id = d.batch_id AND t.state NOT IN ('rejected', 'cancelled'))`,
  },
  {
    kind: 'transfer-differs',
    zh: '已发送或已到账的拨付没有对应的转账',
    en: 'a disbursement that was sent or arrived has no such transfer',
    sql: `SELECT d.id::text AS what FROM disbursements d WHERE d.state IN ('sent', 'settled', 'failed', 'returned')
      AND NOT EXISTS (SELECT FROM transfers t WHERE t.disbursement_id = d.id AND t.state NOT IN ('draft', 'pending_approval', 'approved', 'rejected', 'cancelled'))`,
  },
];

/** What only the whole database shows: books, funds, transfers, and rows that no case owns. */
export async function checkBooks(reader: BookReader, findings: Findings): Promise<void> {
  for (const { kind, zh, en, sql } of [...ofNoCase, ...postings, ...funds, ...charts, ...times, ...transfers, ...positionChecks]) {
    const faults = (await reader.read(`${sql} LIMIT ${MOST}`)) as readonly Fault[];
    findings.add(...faults.map(({ what }) => ({ kind, text: { zh: `${zh}：${what}`, en: `${en}: ${what}` } })));
  }
}
