import type { BankInstruction, PaymentLine } from '@tranche/bank';

/** A line of a batch as two people sign it: who is paid how much, where, from which fund, with which words. */
export type BatchLine = {
  readonly transferId: string;
  readonly disbursementId: string;
  readonly caseId: string;
  readonly caseNo: string;
  readonly payment: string;
  readonly lineNo: number;
  readonly state: string;
  readonly endToEndId: string;
  readonly amountFen: string;
  readonly holderName: string;
  readonly accountNo: string;
  readonly bankNo: string;
  readonly remittance: string;
  /** what each fund bears, where several make up the payment (see `sharedFund`) */
  readonly fundShares: string | null;
};

/** Lines in the order of the batch; `cancelled` ones were taken out and are shown, but neither signed nor paid. */
export const selectLines = {
  name: 'select_batch_lines',
  text: `SELECT t.id AS "transferId", t.disbursement_id AS "disbursementId", d.case_id AS "caseId", c.case_no AS "caseNo", d.payment, t.line_no AS "lineNo", t.state,
                t.end_to_end_id AS "endToEndId", t.amount_fen::text AS "amountFen", t.holder_name AS "holderName", t.account_no AS "accountNo", t.bank_no AS "bankNo", t.remittance, d.fund_shares AS "fundShares"
         FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN cases c ON c.id = d.case_id WHERE t.batch_id = $1 ORDER BY t.line_no`,
};

export const liveLines = (lines: readonly BatchLine[]): BatchLine[] =>
  lines.filter(({ state }) => state !== 'cancelled' && state !== 'rejected');

export const totalOf = (lines: readonly BatchLine[]): bigint => lines.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);

/** A reference of our own for one transfer: `T` and base 36 of its UUID, within the 30 characters `[A-Z0-9]` banks take. */
export const endToEndIdOf = (uuid: string): string =>
  `T${BigInt(`0x${uuid.replaceAll('-', '')}`)
    .toString(36)
    .toUpperCase()}`;

/** What a bank must be told about a line, besides the day. */
export type PayableLine = Pick<BatchLine, 'endToEndId' | 'amountFen' | 'holderName' | 'accountNo' | 'bankNo' | 'remittance'> & {
  readonly debtorName: string;
  readonly debtorAccountNo: string;
  readonly debtorBankNo: string;
};

/** A line as every rail carries it; the first and only attempt to send it. */
export const paymentLineOf = (line: PayableLine): PaymentLine => ({
  endToEndId: line.endToEndId,
  instrId: `${line.endToEndId}A1`,
  amountFen: BigInt(line.amountFen),
  creditor: { name: line.holderName, accountNo: line.accountNo, bankNo: line.bankNo },
  remittance: line.remittance,
});

/** The same line as an instruction that stands alone. */
export const instructionOf = (line: PayableLine, executionDate: string): BankInstruction => ({
  ...paymentLineOf(line),
  debtor: { name: line.debtorName, accountNo: line.debtorAccountNo, bankNo: line.debtorBankNo },
  executionDate,
});
