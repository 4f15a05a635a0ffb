import type { Check } from './books.js';

/** Of the shares of disbursements in some states, and of the entries of some kind: both per fund, and they must be equal. */
const perFund = (what: string, ledger: string, rows: string): string =>
  `SELECT format('%s ${what}: %s ≠ %s', f.code || '/' || f.fiscal_year, coalesce(x.fen, 0), coalesce(y.fen, 0)) AS what FROM funds f
   LEFT JOIN (${ledger}) x ON x.fund_id = f.id LEFT JOIN (${rows}) y ON y.fund_id = f.id WHERE coalesce(x.fen, 0) <> coalesce(y.fen, 0)`;

const entriesOn = (codes: string, sign = ''): string =>
  `SELECT a.fund_id, ${sign}sum(e.amount_fen) AS fen FROM entries e JOIN accounts a ON a.id = e.account_id WHERE a.code IN (${codes}) GROUP BY 1`;

const entriesOf = (type: string, code: string, sign = ''): string =>
  `SELECT p.fund_id, ${sign}sum(e.amount_fen) AS fen FROM postings p JOIN entries e ON e.posting_id = p.id JOIN accounts a ON a.id = e.account_id
   WHERE p.event_type = '${type}' AND a.code = '${code}' GROUP BY 1`;

const owed = (states: string): string =>
  `SELECT s.fund_id, sum(s.fen) AS fen FROM disbursements d CROSS JOIN LATERAL fund_shares_of(d.fund_id, d.fund_shares, d.amount_fen) s
   WHERE d.state IN (${states}) GROUP BY 1`;

/** The books against the obligations and transfers they speak of, fund by fund, and against where each case says it stands. */
export const positionChecks: readonly Check[] = [
  {
    kind: 'fund-differs',
    zh: '应付补贴与待付拨付不符',
    en: 'subsidies payable are not the requested disbursements',
    sql: perFund('2001', entriesOn("'2001'", '-'), owed("'requested'")),
  },
  {
    kind: 'fund-differs',
    zh: '在途资金与已发送拨付不符',
    en: 'money in transit is not that of the disbursements sent',
    sql: perFund('1002', entriesOn("'1002'", '-'), owed("'sent'")),
  },
  {
    kind: 'fund-differs',
    zh: '预占和支付中指标与待付、已发送拨付不符',
    en: 'budget reserved and in payment is not that of the disbursements requested and sent',
    sql: perFund('B3+B4', entriesOn("'B3', 'B4'"), owed("'requested', 'sent'")),
  },
  {
    kind: 'fund-differs',
    zh: '已支出与到账拨付不符',
    en: 'what was booked as settled is not the disbursements that settled',
    sql: perFund('B5', entriesOf('disbursement.settled', 'B5'), owed("'settled', 'returned'")),
  },
  {
    kind: 'fund-differs',
    zh: '退回与退票拨付不符',
    en: 'what was booked as returned is not the disbursements that came back',
    sql: perFund('B5', entriesOf('disbursement.returned', 'B5', '-'), owed("'returned'")),
  },
  {
    kind: 'fund-differs',
    zh: '追回入账与追回到账记录不符',
    en: 'recoveries in the bank account are not the receipts of recoveries',
    sql: `SELECT format('1001: %s ≠ %s', x.fen, y.fen) AS what FROM
        (SELECT coalesce(sum(r.fen), 0) AS fen FROM (${entriesOf('recovery.received', '1001')}) r) x,
        (SELECT coalesce(sum(amount_fen), 0) AS fen FROM recovery_receipts WHERE kind = 'received') y WHERE x.fen <> y.fen`,
  },
  {
    kind: 'fund-differs',
    zh: '抵扣清算与正在恢复的抵扣不符',
    en: 'what stands in clearing is not the set-offs whose debt is about to be owed again',
    sql: perFund('2105', entriesOn("'2105'"), "SELECT fund_id, sum(amount_fen) AS fen FROM set_offs WHERE state = 'restoring' GROUP BY 1"),
  },
  {
    kind: 'recoveries-differ',
    zh: '抵扣记录与案件事件不符',
    en: 'set-offs are not those that the cases heard of',
    sql: `SELECT coalesce(x.id, y.id) AS what FROM (SELECT id::text, case_id, amount_fen::text AS fen, state = 'restored' AS over FROM set_offs) x
      FULL JOIN (SELECT e.data ->> 'setOff' AS id, e.case_id, e.data ->> 'amountFen' AS fen,
          EXISTS (SELECT FROM case_events r WHERE r.case_id = e.case_id AND r.type = 'recovery.restored' AND r.data ->> 'setOff' = e.data ->> 'setOff') AS over
        FROM case_events e WHERE e.type = 'recovery.setOff') y ON (x.id, x.case_id, x.fen, x.over) = (y.id, y.case_id, y.fen, y.over)
      WHERE x.id IS NULL OR y.id IS NULL`,
  },
  {
    kind: 'fund-differs',
    zh: '已下达指标与批准文件不符',
    en: 'authorised budget is not the approved appropriations',
    sql: perFund(
      'B1',
      entriesOn("'B1'", '-'),
      `SELECT fund_id, sum(amount_fen) AS fen FROM appropriations WHERE state = 'approved' AND kind = 'increase' GROUP BY 1`,
    ),
  },
  {
    kind: 'disbursements-differ',
    zh: '案件所记的待付、在途、已付与拨付不符',
    en: 'what a case says is promised, sent and paid is not what its disbursements say',
    sql: `SELECT c.case_no AS what FROM cases c
      JOIN LATERAL (SELECT coalesce(sum(fen) FILTER (WHERE part = 'requested'), 0) AS requested, coalesce(sum(fen) FILTER (WHERE part = 'sent'), 0) AS sent,
          coalesce(sum(fen) FILTER (WHERE part = 'settled'), 0) AS settled
        FROM jsonb_each(c.snapshot::jsonb #> '{context,payments}') AS p(payment, said) CROSS JOIN LATERAL (
          SELECT 'requested' AS part, (said ->> 'pendingFen')::numeric AS fen UNION ALL SELECT 'sent', (said ->> 'sentFen')::numeric
          UNION ALL SELECT 'settled', (each ->> 'amountFen')::numeric FROM jsonb_array_elements(said -> 'settled') AS each WHERE each -> 'setOff' IS NULL) parts) s ON true
      LEFT JOIN LATERAL (SELECT coalesce(sum(amount_fen) FILTER (WHERE state = 'requested'), 0) AS requested,
          coalesce(sum(amount_fen) FILTER (WHERE state = 'sent'), 0) AS sent, coalesce(sum(amount_fen) FILTER (WHERE state = 'settled'), 0) AS settled
        FROM disbursements d WHERE d.case_id = c.id) d ON true
      WHERE (s.requested, s.sent, s.settled) <> (d.requested, d.sent, d.settled)`,
  },
];
