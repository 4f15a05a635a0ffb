import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { openBankTask } from '../payments/bank-task.js';

type Crossed = { readonly caseId: string; readonly caseNo: string; readonly owes: string; readonly owed: string; readonly fen: string };

/**
 * Cases whose payee owes one fund and is owed by another: a payment of several funds came back after its recovery was paid. The case is even
 * and goes no further by itself, and no posting crosses funds: a person is asked, once for each case and amount. Returns how many there are.
 */
export async function alarmCrossedFunds(house: House): Promise<number> {
  const rows = await house.database.read<Crossed>(
    worker,
    `WITH stood AS (
       SELECT p.case_id, a.code, a.fund_id, sum(e.amount_fen) AS fen FROM accounts a JOIN entries e ON e.account_id = a.id JOIN postings p ON p.id = e.posting_id
        WHERE a.book = 'cash' AND a.code IN ('1202', '2104') AND p.case_id IN (
          SELECT q.case_id FROM accounts b JOIN entries x ON x.account_id = b.id JOIN postings q ON q.id = x.posting_id
           WHERE b.book = 'cash' AND b.code = '2104' AND q.case_id IS NOT NULL GROUP BY q.case_id, b.id HAVING sum(x.amount_fen) < 0)
        GROUP BY 1, 2, 3 HAVING sum(e.amount_fen) <> 0)
     SELECT s.case_id AS "caseId", c.case_no AS "caseNo", string_agg(f.code || '/' || f.fiscal_year, '、' ORDER BY f.code) FILTER (WHERE s.code = '1202') AS owes,
       string_agg(f.code || '/' || f.fiscal_year, '、' ORDER BY f.code) FILTER (WHERE s.code = '2104') AS owed, least(sum(s.fen) FILTER (WHERE s.code = '1202'), -sum(s.fen) FILTER (WHERE s.code = '2104'))::text AS fen
     FROM stood s JOIN cases c ON c.id = s.case_id JOIN funds f ON f.id = s.fund_id GROUP BY s.case_id, c.case_no HAVING count(DISTINCT s.code) = 2 ORDER BY s.case_id LIMIT 200`,
    [],
  );
  for (const { caseId, caseNo, owes, owed, fen } of rows)
    await openBankTask(house, `crossed-funds:${caseId}:${fen}`, {
      zh: `案件 ${caseNo}：退票后资金 ${owes} 应收回、资金 ${owed} 应退还各 ${fen} 分，两相抵平而分属不同资金，请办理资金间划转`,
      en: `Case ${caseNo}: after a return ${fen} fen are owed to fund ${owes} and as many are owed by fund ${owed}; the payee is even, the funds are not: have them settled`,
    });
  return rows.length;
}
