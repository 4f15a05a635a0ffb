import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { maskAccount } from '@tranche/identifiers';
import { afterId, type Page, page } from '../fields/paging.js';
import { found } from '../http/outcome.js';
import type { DisbursementView, TransferView } from './disbursement.view.js';
import type { DisbursementQuery } from './disbursements.controller.js';

type Row = Omit<DisbursementView, 'accountMasked'> & { accountNo: string | null };

const select = `SELECT d.id, d.case_id AS "caseId", c.case_no AS "caseNo", d.payment, d.round, d.amount_fen::text AS "amountFen", d.state, d.fund_id AS "fundId",
  p.holder_name AS "payeeName", p.account_no AS "accountNo", d.batch_id AS "batchId", d.requested_on AS "requestedOn", d.settled_on AS "settledOn"
  FROM disbursements d JOIN cases c ON c.id = d.case_id LEFT JOIN payee_accounts p ON p.id = d.payee_account_id`;

const view = ({ accountNo, ...row }: Row): DisbursementView => ({
  ...row,
  accountMasked: accountNo === null ? '' : maskAccount(accountNo),
});

export async function listDisbursements(house: House, actor: Actor, query: DisbursementQuery): Promise<Page<DisbursementView>> {
  const { limit, cursor, state, caseId, fundId, unbatched } = query;
  const rows = await house.database.read<Row>(
    actor,
    `${select} WHERE ($1::uuid IS NULL OR d.id < $1) AND ($3::text IS NULL OR d.state = $3) AND ($4::uuid IS NULL OR d.case_id = $4)
       AND ($5::uuid IS NULL OR d.fund_id = $5) AND ($6::bool IS NULL OR (d.batch_id IS NULL) = $6)
     ORDER BY d.id DESC LIMIT $2`,
    [afterId(cursor), limit + 1, state ?? null, caseId ?? null, fundId ?? null, unbatched ?? null],
  );
  return page(rows, limit, (row) => row.id, view);
}

export async function oneDisbursement(house: House, actor: Actor, id: string): Promise<DisbursementView & { transfers: TransferView[] }> {
  const [row] = await house.database.read<Row>(actor, `${select} WHERE d.id = $1`, [id]);
  const disbursement = view(found(row));
  const transfers = await house.database.read<TransferView>(
    actor,
    `SELECT id, batch_id AS "batchId", line_no AS line, state, end_to_end_id AS "endToEndId", amount_fen::text AS "amountFen", bank_reference AS "bankReference",
       reason, settled_on AS "settledOn" FROM transfers WHERE disbursement_id = $1 ORDER BY id`,
    [id],
  );
  return { ...disbursement, transfers };
}
