import { dateOf, formatInstant } from '@tranche/calendar';
import { legalNow } from './deadlines.js';
import type { House } from './house.js';
import { type OutboxKind, worker } from './outbox.js';

/**
 * Puts payments that waited for budget back to work as soon as a fund of theirs has enough, however the budget came: an
 * appropriation, a called-back request, a returned payment. A case that moved on is looked at again as well: it may need less, or
 * nothing any more. So are those of an organisation that was suspended and is admitted again, and advances of one that repaid what was overdue. Returns how many.
 */
export async function unparkFunded(house: House): Promise<number> {
  if (!(await anyParked(house, 'payment.request'))) return 0;
  const year = Number(dateOf(await legalNow(house)).slice(0, 4));
  return house.database.transaction(worker, async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE outbox o SET state = 'pending', reason = NULL, attempts = 0, due_at = $2
       WHERE o.state = 'parked' AND o.kind = 'payment.request' AND (o.reason = 'organisation-suspended' AND EXISTS (
         SELECT FROM cases c JOIN organisations p ON p.id = c.organisation_id WHERE c.id = o.case_id AND p.status = 'active')
       OR o.reason = 'recovery-overdue' AND EXISTS (
         SELECT FROM cases c WHERE c.id = o.case_id AND advance_stopped_by(c.organisation_id, c.district, legal_today()) IS NULL)
       OR o.reason = 'fund-short' AND (EXISTS (
         SELECT FROM cases c WHERE c.id = o.case_id AND c.version > (o.params #>> '{needs,caseVersion}')::int) OR EXISTS (
         SELECT FROM funds f JOIN accounts a ON a.fund_id = f.id AND a.book = 'budget' AND a.code = 'B2' JOIN account_balances b ON b.account_id = a.id
         WHERE f.district = o.params #>> '{needs,district}' AND f.fiscal_year = $1 AND o.params #> '{needs,codes}' ? f.code
           AND b.posted_fen >= (o.params #>> '{needs,amountFen}')::bigint) OR (o.params #> '{needs,parts}' IS NOT NULL AND NOT EXISTS (
         SELECT FROM jsonb_to_recordset(o.params #> '{needs,parts}') AS n(code text, "amountFen" bigint) WHERE NOT EXISTS (
           SELECT FROM funds f JOIN accounts a ON a.fund_id = f.id AND a.book = 'budget' AND a.code = 'B2' JOIN account_balances b ON b.account_id = a.id
           WHERE f.code = n.code AND f.district = o.params #>> '{needs,district}' AND f.fiscal_year = $1 AND b.posted_fen >= n."amountFen")))))`,
      [year, formatInstant(house.systemNow())],
    );
    return rowCount ?? 0;
  });
}

/** Whether anything of this kind waits at all: every sweep asks, and the answer is mostly no; planning what would follow costs more than asking. */
export async function anyParked(house: House, kind: OutboxKind): Promise<boolean> {
  const sql = `SELECT FROM outbox WHERE state = 'parked' AND kind = $1 LIMIT 1`;
  return (await house.database.read(worker, sql, [kind])).length > 0;
}
