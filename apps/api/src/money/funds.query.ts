import { formatInstant } from '@tranche/calendar';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { maskAccount } from '@tranche/identifiers';
import type { z } from 'zod';
import { afterId, type Page, type PageQuery, page } from '../fields/paging.js';
import { found } from '../http/outcome.js';
import type { appropriation, fund } from './fund.view.js';

type FundView = z.infer<typeof fund>;
type FundRow = Omit<FundView, 'debtorAccountMasked'> & { debtorAccountNo: string };
type AppropriationView = z.infer<typeof appropriation>;
type AppropriationRow = Omit<AppropriationView, 'recordedAt'> & { recordedAt: number };

const balance = (code: string, name: string, sign = ''): string =>
  `coalesce((SELECT ${sign}sum(e.amount_fen) FROM entries e JOIN accounts a ON a.id = e.account_id WHERE a.fund_id = f.id AND a.code = '${code}'), 0)::text AS "${name}"`;

export type FundQuery = PageQuery & { readonly fiscalYear?: number | undefined };

const columns = `f.id, f.code, f.district, f.fiscal_year AS "fiscalYear", f.name, f.debtor_name AS "debtorName", f.debtor_account_no AS "debtorAccountNo",
  ${balance('B2', 'availableFen')}, ${balance('B3', 'reservedFen')}, ${balance('B4', 'inPaymentFen')}, ${balance('B5', 'spentFen')},
  ${balance('B9', 'lapsedFen')}, ${balance('2103', 'dueToTreasuryFen', '-')},
  (SELECT c.decided_on FROM fund_closings c WHERE c.fund_id = f.id AND c.state = 'approved') AS "closedOn"`;

const viewOf = ({ debtorAccountNo, ...row }: FundRow): FundView => ({ ...row, debtorAccountMasked: maskAccount(debtorAccountNo) });

/** Funds, the newest first; of one budget year where that is asked. */
export async function listFunds(house: House, actor: Actor, { limit, cursor, fiscalYear }: FundQuery): Promise<Page<FundView>> {
  const rows = await house.database.read<FundRow>(
    actor,
    `SELECT ${columns} FROM funds f WHERE ($1::uuid IS NULL OR f.id < $1) AND ($3::int IS NULL OR f.fiscal_year = $3) ORDER BY f.id DESC LIMIT $2`,
    [afterId(cursor), limit + 1, fiscalYear ?? null],
  );
  return page(rows, limit, (row) => row.id, viewOf);
}

/** One fund with its figures as they stand. @throws Problem not-found */
export async function oneFund(house: House, actor: Actor, id: string): Promise<FundView> {
  const rows = await house.database.read<FundRow>(actor, `SELECT ${columns} FROM funds f WHERE f.id = $1`, [id]);
  return viewOf(found(rows[0]));
}

export async function listAppropriations(
  house: House,
  actor: Actor,
  fundId: string,
  { limit, cursor }: PageQuery,
): Promise<Page<AppropriationView>> {
  const rows = await house.database.read<AppropriationRow>(
    actor,
    `SELECT id, amount_fen::text AS "amountFen", document_no AS "documentNo", kind, state, proposed_by AS "proposedBy", approved_by AS "approvedBy", recorded_at AS "recordedAt"
     FROM appropriations WHERE fund_id = $3 AND ($1::uuid IS NULL OR id < $1) ORDER BY id DESC LIMIT $2`,
    [afterId(cursor), limit + 1, fundId],
  );
  return page(
    rows,
    limit,
    (row) => row.id,
    (row) => ({ ...row, recordedAt: formatInstant(row.recordedAt) }),
  );
}
