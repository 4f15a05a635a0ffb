import { type Element, find, findAll, firstText, textOf } from './element.js';
import { type Fault, fault, type Position, type StatementLine } from './receipt.js';
import { amountOf, dayIn, isFault, referenceOf } from './values.js';

/** What a booked entry says of itself, before its single transactions. */
export type EntryHead = {
  readonly at: Position;
  parts: Element[];
};

/** An entry read as far as it concerns all its transactions. */
export type Entry = {
  readonly at: Position;
  readonly booked: boolean;
  readonly direction: 'credit' | 'debit';
  readonly amountFen: bigint;
  readonly bookedOn: string;
  readonly reversal: boolean;
  readonly bankRef: string | null;
  readonly remittance: string | null;
};

const part = (head: EntryHead, name: string): Element | undefined => head.parts.find((each) => each.name === name);

/** Reads an entry's own elements; `null`: announced only, not booked. */
export function readEntry(head: EntryHead): Entry | Fault | null {
  const { at } = head;
  const status = firstText(part(head, 'Sts'), ['Cd'], ['Prtry'], []);
  if (status === 'PDNG' || status === 'INFO' || status === 'FUTR') return null;
  if (status !== 'BOOK')
    return fault(at, 'entry-status-unknown', '分录状态不明，未入账', 'the status of the entry is not known; not taken', status ?? '');
  const direction = directionOf(textOf(part(head, 'CdtDbtInd')));
  if (direction === null) return fault(at, 'direction-unknown', '借贷方向不明', 'neither credit nor debit');
  const amountFen = amountOf(part(head, 'Amt'), at);
  if (isFault(amountFen)) return amountFen;
  const bookedOn = dayIn(part(head, 'BookgDt')) ?? dayIn(part(head, 'ValDt'));
  if (bookedOn === null)
    return fault(at, 'date-invalid', '记账日期缺失或有误', 'the booking date is missing or no day', textOf(part(head, 'BookgDt')) ?? '');
  return {
    at,
    booked: true,
    direction,
    amountFen,
    bookedOn,
    reversal: textOf(part(head, 'RvslInd')) === 'true',
    bankRef: referenceOf(firstText(part(head, 'AcctSvcrRef'), [])) ?? referenceOf(firstText(part(head, 'NtryRef'), [])),
    remittance: firstText(part(head, 'AddtlNtryInf'), []),
  };
}

export const directionOf = (word: string | null): 'credit' | 'debit' | null =>
  word === 'CRDT' ? 'credit' : word === 'DBIT' ? 'debit' : null;

/** The line of an entry that names no transaction. */
export const lineOfEntry = (entry: Entry): StatementLine => ({
  kind: 'line',
  at: entry.at,
  direction: entry.direction,
  amountFen: entry.amountFen,
  bookedOn: entry.bookedOn,
  reversal: entry.reversal,
  endToEndId: null,
  instrId: null,
  bankRef: entry.bankRef,
  counterpartyName: null,
  counterpartyAccount: null,
  remittance: entry.remittance,
  returnCode: null,
  returnText: null,
});

/** One transaction of an entry. One that stands alone and says no amount has the entry's (`alone`). */
export function readTransaction(entry: Entry, details: Element, alone: boolean): StatementLine | Fault {
  const { at } = details;
  const told = find(details, 'Amt') ?? find(details, 'AmtDtls', 'TxAmt', 'Amt');
  const amountFen = told === undefined && alone ? entry.amountFen : amountOf(told, at);
  if (isFault(amountFen)) return amountFen;
  const direction = directionOf(textOf(details, 'CdtDbtInd')) ?? entry.direction;
  const [side, account] = direction === 'debit' ? (['Cdtr', 'CdtrAcct'] as const) : (['Dbtr', 'DbtrAcct'] as const);
  const parties = find(details, 'RltdPties');
  return {
    ...lineOfEntry(entry),
    at,
    direction,
    amountFen,
    endToEndId: referenceOf(textOf(details, 'Refs', 'EndToEndId')),
    instrId: referenceOf(textOf(details, 'Refs', 'InstrId')),
    bankRef: referenceOf(textOf(details, 'Refs', 'AcctSvcrRef')) ?? entry.bankRef,
    counterpartyName: firstText(parties, [side, 'Nm'], [side, 'Pty', 'Nm']),
    counterpartyAccount: firstText(parties, [account, 'Id', 'Othr', 'Id'], [account, 'Id', 'IBAN']),
    remittance: remittanceOf(details) ?? entry.remittance,
    returnCode: firstText(details, ['RtrInf', 'Rsn', 'Cd'], ['RtrInf', 'Rsn', 'Prtry']) ?? (find(details, 'RtrInf') ? 'NARR' : null),
    returnText:
      findAll(find(details, 'RtrInf'), 'AddtlInf')
        .map((line) => line.text.trim())
        .join(' ') || null,
  };
}

function remittanceOf(details: Element): string | null {
  const lines = findAll(find(details, 'RmtInf'), 'Ustrd').map((line) => line.text.trim());
  return lines.join(' ').trim() || textOf(details, 'AddtlTxInf');
}
