import { accounts } from '@tranche/ledger';
import type { Text } from '@tranche/policies';
import { type Done, type Office, once, type Request } from './once.js';
import { type NotDone, notDone } from './refused.js';

export type NewFund = {
  /** F1, F2, F4 … as the policies name them */
  readonly code: string;
  readonly district: string;
  readonly fiscalYear: number;
  readonly name: Text;
  readonly debtorName: string;
  readonly debtorAccountNo: string;
  readonly debtorBankNo: string;
};

/** Opens a fund of one fiscal year with its accounts in both books. It has no money until an appropriation is approved. */
export function openFund(office: Office, request: Request, given: NewFund): Promise<Done<{ id: string }> | NotDone> {
  return once(office, request, async (tx) => {
    const id = office.newId();
    const { rowCount } = await tx.query(
      `INSERT INTO funds (id, code, district, fiscal_year, name, debtor_name, debtor_account_no, debtor_bank_no)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (code, district, fiscal_year) DO NOTHING`,
      [
        id,
        given.code,
        given.district,
        given.fiscalYear,
        JSON.stringify(given.name),
        given.debtorName,
        given.debtorAccountNo,
        given.debtorBankNo,
      ],
    );
    if (rowCount === 0) return notDone('already-exists', '该年度的此项资金已经建立。', 'This fund exists already for that year.', 'code');
    for (const account of accounts)
      await tx.query('INSERT INTO accounts (fund_id, book, code, min_zero) VALUES ($1, $2, $3, $4)', [
        id,
        account.book,
        account.code,
        account.minZero,
      ]);
    return { id };
  });
}
