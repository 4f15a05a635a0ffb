import type { Actor, Database } from '@tranche/database';

/** One real bank account on one day, as the books have it; what a reconciliation compares with the statement's balances. */
export type BankBalance = {
  readonly accountNo: string;
  readonly bankNo: string;
  readonly day: string;
  readonly openingFen: string;
  readonly inFen: string;
  readonly outFen: string;
  readonly closingFen: string;
};

/** The cash of every fund that lies in the same account, together, by the day of business; accounts the actor may see. */
export function bankBalances(database: Database, actor: Actor, day: string): Promise<BankBalance[]> {
  return database.read<BankBalance>(
    actor,
    `SELECT f.debtor_account_no AS "accountNo", f.debtor_bank_no AS "bankNo", $1::text AS day,
       coalesce(sum(e.amount_fen) FILTER (WHERE p.business_date < $1::date), 0)::text AS "openingFen",
       coalesce(sum(e.amount_fen) FILTER (WHERE p.business_date = $1::date AND e.amount_fen > 0), 0)::text AS "inFen",
       coalesce(-sum(e.amount_fen) FILTER (WHERE p.business_date = $1::date AND e.amount_fen < 0), 0)::text AS "outFen",
       coalesce(sum(e.amount_fen) FILTER (WHERE p.business_date <= $1::date), 0)::text AS "closingFen"
     FROM funds f JOIN accounts a ON a.fund_id = f.id AND a.book = 'cash' AND a.code = '1001'
     LEFT JOIN entries e ON e.account_id = a.id LEFT JOIN postings p ON p.id = e.posting_id
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [day],
  );
}
