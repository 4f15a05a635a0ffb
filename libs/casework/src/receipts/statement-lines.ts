import type { Actor } from '@tranche/database';
import type { House } from '../house.js';

export type LineRow = {
  readonly id: string;
  readonly fileId: string;
  readonly line: number;
  readonly path: string;
  readonly accountNo: string;
  readonly statementId: string;
  readonly direction: 'credit' | 'debit';
  readonly amountFen: string;
  readonly bookedOn: string;
  readonly endToEndId: string | null;
  readonly bankRef: string | null;
  readonly counterpartyName: string | null;
  readonly counterpartyAccount: string | null;
  readonly remittance: string | null;
  readonly returnCode: string | null;
  readonly match: {
    readonly kind: string;
    readonly transferId: string | null;
    readonly recoveryId: string | null;
    readonly appropriationId: string | null;
    readonly receiptId: string | null;
    readonly rule: string;
  } | null;
  readonly proposal: {
    readonly id: string;
    readonly kind: string;
    readonly transferId: string | null;
    readonly recoveryId: string | null;
    readonly appropriationId: string | null;
    readonly receiptId: string | null;
    readonly proposedBy: string;
    readonly note: string;
  } | null;
  readonly suspense: boolean;
};
export type LineQuery = {
  readonly before: string | null;
  readonly limit: number;
  readonly match?: 'none' | 'any';
  readonly fileId?: string;
  readonly accountNo?: string;
  readonly on?: string;
};

const columns = `l.id, l.file_id AS "fileId", l.at_line AS line, l.at_path AS path, l.account_no AS "accountNo", l.statement_id AS "statementId", l.direction, l.amount_fen::text AS "amountFen",
  l.booked_on AS "bookedOn", l.end_to_end_id AS "endToEndId", l.bank_ref AS "bankRef", l.counterparty_name AS "counterpartyName", l.counterparty_account AS "counterpartyAccount", l.remittance,
  l.return_code AS "returnCode", CASE WHEN m.line_id IS NOT NULL THEN jsonb_build_object('kind', m.kind, 'transferId', m.transfer_id, 'recoveryId', m.recovery_id, 'appropriationId', m.appropriation_id, 'receiptId', m.receipt_id, 'rule', m.rule) END AS match,
  CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('id', p.id, 'kind', p.kind, 'transferId', p.transfer_id, 'recoveryId', p.recovery_id, 'appropriationId', p.appropriation_id, 'receiptId', p.receipt_id, 'proposedBy', p.proposed_by, 'note', p.note) END AS proposal,
  EXISTS (SELECT FROM suspense_items s WHERE s.line_id = l.id) AND (m.kind IS NULL OR m.kind = 'other') AS suspense`;
const joined = `FROM statement_lines l LEFT JOIN matches m ON m.line_id = l.id LEFT JOIN line_proposals p ON p.line_id = l.id AND p.state = 'proposed'`;

/** Statement lines, the newest first; `match: 'none'` are those nobody and nothing has explained. */
export function listStatementLines(house: House, actor: Actor, query: LineQuery): Promise<LineRow[]> {
  const { before, limit, match, fileId, accountNo, on } = query;
  return house.database.read<LineRow>(
    actor,
    `SELECT ${columns} ${joined} WHERE ($1::uuid IS NULL OR l.id < $1) AND ($3::text IS NULL OR ($3 = 'none') = (m.line_id IS NULL)) AND ($4::uuid IS NULL OR l.file_id = $4)
       AND ($5::text IS NULL OR l.account_no = $5) AND ($6::date IS NULL OR l.booked_on = $6) ORDER BY l.id DESC LIMIT $2`,
    [before, limit, match ?? null, fileId ?? null, accountNo ?? null, on ?? null],
  );
}

export async function readStatementLine(house: House, actor: Actor, id: string): Promise<LineRow | undefined> {
  const [row] = await house.database.read<LineRow>(actor, `SELECT ${columns} ${joined} WHERE l.id = $1`, [id]);
  return row;
}

/** SQL: of what a case was told came in for its recoveries, what no line shows yet. What a line told is shown by it. */
export const receivedUnshown = (caseId: string): string =>
  `((SELECT coalesce(sum(y.amount_fen), 0) FROM recovery_receipts y WHERE y.case_id = ${caseId} AND y.kind = 'received') - (SELECT coalesce(sum(z.amount_fen), 0)
     FROM matches m JOIN recoveries v ON v.id = m.recovery_id JOIN statement_lines z ON z.id = m.line_id WHERE v.case_id = ${caseId}))`;

export type Suggestion = {
  readonly kind: 'settled' | 'returned' | 'recovery' | 'appropriation';
  readonly transferId: string | null;
  readonly recoveryId: string | null;
  readonly appropriationId: string | null;
  /** of a recovery: recorded before by a person, so the case is not told again */
  readonly receiptId: string | null;
  /** of the case; of an appropriation the number of its document */
  readonly caseNo: string;
  /** what agrees: amount, account, name, date */
  readonly agrees: readonly string[];
};

/**
 * What a line might be, for people to confirm: transfers of its account and amount that no line shows (a debit) or that settled before (a credit),
 * open recoveries that a credit could pay, and papers of the account (appropriations, recalls, remittances) whose money no line shows yet. The more agrees (counterparty account, name, date) the higher; never acted upon by itself.
 */
export function suggestionsFor(house: House, actor: Actor, lineId: string): Promise<Suggestion[]> {
  return house.database.read<Suggestion>(
    actor,
    `WITH l AS (SELECT * FROM statement_lines WHERE id = $1),
      found AS (
        SELECT CASE l.direction WHEN 'debit' THEN 'settled' ELSE 'returned' END AS kind, t.id AS transfer_id, NULL::uuid AS recovery_id, NULL::uuid AS appropriation_id, NULL::uuid AS receipt_id, c.case_no,
               array_remove(ARRAY['amount', CASE WHEN t.account_no = l.counterparty_account THEN 'account' END, CASE WHEN t.holder_name = l.counterparty_name THEN 'name' END,
                 CASE WHEN abs(l.booked_on - coalesce(t.settled_on, l.booked_on)) <= 3 THEN 'date' END], NULL) AS agrees
          FROM l JOIN transfers t ON t.amount_fen = l.amount_fen JOIN batches b ON b.id = t.batch_id JOIN funds f ON f.id = b.fund_id AND f.debtor_account_no = l.account_no
          JOIN disbursements d ON d.id = t.disbursement_id JOIN cases c ON c.id = d.case_id
         WHERE NOT EXISTS (SELECT FROM matches m WHERE m.transfer_id = t.id AND m.kind = CASE l.direction WHEN 'debit' THEN 'settled' ELSE 'returned' END)
           AND CASE l.direction WHEN 'debit' THEN t.state IN ('submitting', 'submitted', 'accepted', 'unknown', 'settled', 'returned') ELSE t.state IN ('settled', 'returned') END
        UNION ALL
        SELECT 'recovery', NULL, r.id, NULL, NULL, c.case_no, array_remove(ARRAY[CASE WHEN r.demanded_fen = l.amount_fen THEN 'amount' END, CASE WHEN o.name = l.counterparty_name THEN 'name' END,
                 CASE WHEN l.remittance LIKE '%' || c.case_no || '%' THEN 'case' END], NULL)
          FROM l JOIN recoveries r ON l.direction = 'credit' AND r.state <> 'closed' JOIN cases c ON c.id = r.case_id JOIN organisations o ON o.id = c.organisation_id
         WHERE r.demanded_fen = l.amount_fen OR o.name = l.counterparty_name OR l.remittance LIKE '%' || c.case_no || '%'
        UNION ALL
        SELECT 'recovery', NULL, x.recovery_id, NULL, x.id, c.case_no, array_remove(ARRAY['amount', 'recorded', CASE WHEN o.name = l.counterparty_name THEN 'name' END,
                 CASE WHEN l.remittance LIKE '%' || c.case_no || '%' THEN 'case' END, CASE WHEN abs(l.booked_on - x.on_date) <= 3 THEN 'date' END], NULL)
          FROM l JOIN recovery_receipts x ON l.direction = 'credit' AND x.kind = 'received' AND x.amount_fen = l.amount_fen JOIN cases c ON c.id = x.case_id JOIN organisations o ON o.id = c.organisation_id
         WHERE NOT EXISTS (SELECT FROM matches m WHERE m.receipt_id = x.id) AND x.amount_fen <= ${receivedUnshown('x.case_id')}
        UNION ALL
        SELECT 'appropriation', NULL, NULL, g.id, NULL, g.document_no, ARRAY['amount']
          FROM l JOIN appropriations g ON g.amount_fen = l.amount_fen AND g.state = 'approved' AND l.direction = CASE g.kind WHEN 'increase' THEN 'credit' ELSE 'debit' END
          JOIN funds f ON f.id = g.fund_id AND f.debtor_account_no = l.account_no
         WHERE NOT EXISTS (SELECT FROM matches m WHERE m.appropriation_id = g.id))
     SELECT kind, transfer_id AS "transferId", recovery_id AS "recoveryId", appropriation_id AS "appropriationId", receipt_id AS "receiptId", case_no AS "caseNo", agrees FROM found ORDER BY cardinality(agrees) DESC, transfer_id, recovery_id, appropriation_id, receipt_id LIMIT 10`,
    [lineId],
  );
}
