import type { Bank, Payment } from './bank.js';
import type { Strikes } from './faults.js';

/** What every account begins with: ten thousand million yuan. */
const BEGINNING_FEN = 1_000_000_000_000n;

/** One booking of an account. */
export interface Line {
  direction: 'DBIT' | 'CRDT';
  fen: bigint;
  endToEndId: string | null;
  instrId: string | null;
  bankRef: string;
  party: { name: string; accountNo: string };
  returned: { code: string; text: string } | null;
}

/** A day of an account as the bank's book has it. */
export interface AccountDay {
  accountNo: string;
  day: string;
  openingFen: bigint;
  closingFen: bigint;
  lines: Line[];
}

/** The bookings of a day, in the order of the bank's references; the opening balance is what all earlier days left. */
export function accountDay(bank: Bank, accountNo: string, day: string): AccountDay {
  let openingFen = BEGINNING_FEN;
  const lines: Line[] = [];
  for (const payment of bank.payments.values()) {
    if (payment.content.debtor.accountNo !== accountNo || payment.settledOn === undefined) continue;
    for (const [on, line] of bookingsOf(payment)) {
      if (on < day) openingFen += signed(line);
      if (on === day) lines.push(line);
    }
  }
  return { accountNo, day, openingFen, closingFen: openingFen + sum(lines), lines };
}

function bookingsOf(payment: Payment): [string, Line][] {
  const { content, bankRef, settledOn = '', returnedOn, code = 'NARR', text = '' } = payment;
  const line: Line = {
    direction: 'DBIT',
    fen: BigInt(content.amountFen),
    endToEndId: content.endToEndId,
    instrId: content.instrId,
    bankRef: bankRef ?? '',
    party: content.creditor,
    returned: null,
  };
  if (returnedOn === undefined) return [[settledOn, line]];
  return [
    [settledOn, line],
    [returnedOn, { ...line, direction: 'CRDT', bankRef: `${line.bankRef}R`, returned: { code, text } }],
  ];
}

const signed = ({ direction, fen }: Line): bigint => (direction === 'DBIT' ? -fen : fen);
const sum = (lines: readonly Line[]): bigint => lines.reduce((total, line) => total + signed(line), 0n);

/** The day as a careless bank would write it: each fault spoils one thing, and balances follow the lines as written unless they are the fault. */
export function spoilt(given: AccountDay, strikes: Strikes): AccountDay {
  let lines = [...given.lines];
  const [first, ...others] = lines;
  if (first !== undefined && strikes.has('line-without-reference'))
    lines = [{ ...first, endToEndId: null, instrId: null, bankRef: '' }, ...others];
  if (first !== undefined && strikes.has('amount-off-by-one')) lines = [{ ...first, fen: first.fen + 1n }, ...others];
  if (first !== undefined && strikes.has('same-reference-twice')) lines = [first, { ...first, bankRef: `${first.bankRef}X` }, ...others];
  const openingFen = given.openingFen + (strikes.has('opening-differs') ? 100n : 0n);
  return { ...given, openingFen, closingFen: openingFen + sum(lines), lines };
}
