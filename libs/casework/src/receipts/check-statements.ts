import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { tellWorklist, type WorkCode, workItem } from './worklist.js';

type Finding = { readonly code: WorkCode; readonly account: string; readonly statement: string; readonly found: string };

/** What a file's statements say against those known before: the day before closed otherwise, a page is missing, the same statement with other sums. */
const findings = `
  SELECT 'opening-differs' AS code, s.account_no AS account, s.statement_id AS statement, format('%s <> %s fen (%s)', s.opening_fen, p.closing_fen, p.statement_id) AS found
    FROM statements s CROSS JOIN LATERAL (
      SELECT e.* FROM statements e WHERE e.account_no = s.account_no AND e.on_date < s.on_date AND e.last_page AND e.final AND e.statement_id <> s.statement_id
       ORDER BY e.on_date DESC, e.page_no DESC LIMIT 1) p
   WHERE s.file_id = $1 AND s.page_no = 1 AND s.opening_fen <> p.closing_fen
  UNION ALL
  SELECT 'opening-differs', n.account_no, n.statement_id, format('%s <> %s fen (%s)', n.opening_fen, s.closing_fen, s.statement_id)
    FROM statements s CROSS JOIN LATERAL (
      SELECT e.* FROM statements e WHERE e.account_no = s.account_no AND e.on_date > s.on_date AND e.page_no = 1 AND e.statement_id <> s.statement_id
       ORDER BY e.on_date LIMIT 1) n
   WHERE s.file_id = $1 AND n.file_id <> $1 AND s.last_page AND s.final AND n.opening_fen <> s.closing_fen
  UNION ALL
  SELECT 'page-missing', s.account_no, s.statement_id, format('page %s', s.page_no - 1) FROM statements s
   WHERE s.file_id = $1 AND s.page_no > 1 AND NOT EXISTS (
     SELECT FROM statements e WHERE e.account_no = s.account_no AND e.statement_id = s.statement_id AND e.page_no = s.page_no - 1)`;

/** Checks a file's statements against the others of their accounts. */
export async function checkStatements(house: House, fileId: string): Promise<void> {
  const rows = await house.database.read<Finding>(worker, findings, [fileId]);
  await tellWorklist(
    house,
    fileId,
    rows.map(({ code, account, statement, found }) => workItem(code, { line: 0, path: `${account}/${statement}` }, found)),
  );
}
