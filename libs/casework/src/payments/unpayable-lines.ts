import { type BankParty, checkInstruction, type PaymentOrder, returnReason } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import type { AgreedRail } from '../rails/profiles.js';
import { type FieldError, refuse } from '../refusal.js';
import type { Rail } from './batches.js';
import { instructionOf, type PayableLine, paymentLineOf } from './lines.js';

/** A disbursement somebody wants to collect, with its case and the account approved now. */
export type Asked = {
  id: string;
  case_id: string;
  case_no: string;
  policy_id: string;
  policy_version: string;
  jurisdiction: string;
  payment: string;
  fund_id: string;
  amount_fen: string;
  /** kept back beside it for debts of other cases; '0': nothing */
  kept_fen: string;
  state: string;
  batch_id: string | null;
  payee_account_id: string | null;
  /** why the bank refused this account, where it did */
  doubt: string | null;
  holder_name: string;
  account_no: string;
  bank_no: string;
  suspended: boolean;
  /** the changed account may not be paid yet: until when */
  cooling_until: number | null;
  organisation_id: string;
  district: string;
};

export type Debtor = Pick<PayableLine, 'debtorName' | 'debtorAccountNo' | 'debtorBankNo'>;

/** What the payee reads beside the credit: which payment it is, and what of it was kept back. */
export const remittanceOf = (row: Pick<Asked, 'case_no' | 'payment' | 'kept_fen'>): string =>
  `${row.case_no} ${row.payment}${row.kept_fen === '0' ? '' : ` 已抵扣应退款${yuanOf(BigInt(row.kept_fen))}元`}`;

const yuanOf = (fen: bigint): string => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;

/** Money goes to the account that stands approved today, also when the case was opened with an earlier one. */
const accountMissing = (row: Asked): FieldError => ({
  field: `${row.case_no} ${row.payment} payeeAccount`,
  code: 'payee-account-not-approved',
  message: {
    zh: '该单位现无已复核的收款账户，请其登记并由另一人复核',
    en: 'the organisation has no approved payee account now: register one and have a second person approve it',
  },
});

const accountCooling = (row: Asked, untilMs: number): FieldError => ({
  field: `${row.case_no} ${row.payment} payeeAccount`,
  code: 'payee-account-cooling',
  message: {
    zh: `收款账户刚变更，${formatInstant(untilMs)} 后方可付款`,
    en: `the payee account was changed lately and is paid from ${formatInstant(untilMs)} on`,
  },
});

const payeeSuspended = (row: Asked): FieldError => ({
  field: `${row.case_no} ${row.payment} organisation`,
  code: 'organisation-suspended',
  message: { zh: '该单位已被暂停，恢复后方可付款', en: 'the organisation is suspended and not paid until it is admitted again' },
});

/** The bank refused this account: until two people have corrected or confirmed it the obligation waits. */
const accountDoubted = (row: Asked): FieldError => {
  const known = returnReason(row.doubt ?? '');
  return {
    field: `${row.case_no} ${row.payment} payeeAccount`,
    code: 'payee-account-refused',
    message: {
      zh: `银行曾以“${row.doubt} ${known?.text.zh ?? ''}”退回该账户的款项，须先更正或重新登记账户并由另一人复核`,
      en: `the bank returned money from this account (${row.doubt} ${known?.text.en ?? ''}): register it anew or another one, and have a second person approve it`,
    },
  };
};

export const noProfile = (rail: Rail) =>
  refuse(
    'data-invalid',
    `付款账户的银行没有生效的渠道参数（${rail}）。`,
    `No rail profile is in force for the bank of the paying account (${rail}).`,
    {
      errors: [{ field: 'rail', code: 'rail-not-agreed', message: { zh: '无生效的渠道参数', en: 'no profile in force' } }],
    },
  );

/** Checked when the batch is made, long before it is sent: one bad line must not stop the others on the day. */
export function unpayableLines(agreed: AgreedRail | null, debtor: Debtor, rows: readonly Asked[], today: string): FieldError[] {
  const standing = rows.map((row) => ({ row, fault: payeeFault(row) }));
  const missing = standing.flatMap(({ fault }) => fault ?? []);
  const paid = standing.flatMap(({ row, fault }) => (fault === null ? [row] : []));
  if (paid.length === 0) return missing;
  const lines = paid.map((row, index) => payableLine(debtor, row, index));
  const faults =
    agreed === null
      ? lines.flatMap((line, index) => checkInstruction(instructionOf(line, today)).map((found) => ({ ...found, line: index + 1 })))
      : agreed.adapter.check(orderOf(debtor, lines, today));
  return [
    ...missing,
    ...faults.map(({ line, field, code, message }) => {
      const row = paid[line - 1];
      return { field: row ? `${row.case_no} ${row.payment} ${field}` : field, code, message };
    }),
  ];
}

/** Why this payee cannot be paid at all just now. */
function payeeFault(row: Asked): FieldError | null {
  if (row.suspended) return payeeSuspended(row);
  if (row.payee_account_id === null) return accountMissing(row);
  if (row.doubt !== null) return accountDoubted(row);
  return row.cooling_until === null ? null : accountCooling(row, row.cooling_until);
}

/** References are given later; what stands here only has their shape. */
const payableLine = (debtor: Debtor, row: Asked, index: number): PayableLine => ({
  ...debtor,
  endToEndId: `T${index + 1}`,
  amountFen: row.amount_fen,
  holderName: row.holder_name,
  accountNo: row.account_no,
  bankNo: row.bank_no,
  remittance: remittanceOf(row),
});

const orderOf = (debtor: Debtor, lines: readonly PayableLine[], today: string): PaymentOrder => ({
  reference: 'DRAFT',
  firstPart: 1,
  createdAtMs: 0,
  initiator: { name: debtor.debtorName, uscc: '000000000000000000' },
  debtor: partyOf(debtor),
  executionDate: today,
  lines: lines.map((line) => paymentLineOf(line)),
});

const partyOf = (debtor: Debtor): BankParty => ({
  name: debtor.debtorName,
  accountNo: debtor.debtorAccountNo,
  bankNo: debtor.debtorBankNo,
});
