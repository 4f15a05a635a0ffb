import type { Element } from './element.js';
import { find, firstText, textOf } from './element.js';
import { directionOf, type Entry, type EntryHead, lineOfEntry, readEntry, readTransaction } from './entry.js';
import { type Fault, fault, type Position, type ReceiptEvent, type StatementLine } from './receipt.js';
import type { RecordListener } from './records.js';
import { amountOf, dayIn, fenOf, isFault, referenceOf } from './values.js';

/** camt.053 (statement) and camt.054 (notification), versions 02, 04 and 08: the same entries under different heads. */
export const statementContainers: ReadonlySet<string> = new Set([
  'Document',
  'BkToCstmrStmt',
  'Stmt',
  'BkToCstmrDbtCdtNtfctn',
  'Ntfctn',
  'Ntry',
  'NtryDtls',
]);

/** Transactions of one entry that are held back until their sum is known; of a larger one they are told as they come. */
const HELD_MAX = 5_000;

type Balance = { readonly code: string; readonly fen: bigint; readonly on: string | null };
type Open = {
  readonly at: Position;
  statementId: string | null;
  accountNo: string | null;
  sequenceNo: string | null;
  page: { readonly no: number; readonly last: boolean } | null;
  readonly balances: Balance[];
  summary: Element | null;
  headTold: boolean;
  lines: number;
  entries: number;
  notBooked: number;
  creditFen: bigint;
  debitFen: bigint;
  faults: number;
  lastOn: string | null;
};
type OpenEntry = EntryHead & { entry: Entry | Fault | null | undefined; held: Element[]; told: number; sumFen: bigint; broken: boolean };

export class StatementReader implements RecordListener {
  private statement: Open | null = null;
  private entry: OpenEntry | null = null;
  /** paging of the whole message, in versions before 08 */
  private messagePage: Open['page'] = null;

  constructor(private readonly tell: (event: ReceiptEvent) => void) {}

  begin(container: Element): void {
    if (container.name === 'Stmt' || container.name === 'Ntfctn') this.statement = openStatement(container.at);
    else if (container.name === 'Ntry') {
      this.tellHead();
      this.entry = { at: container.at, parts: [], entry: undefined, held: [], told: 0, sumFen: 0n, broken: false };
    }
  }

  record(element: Element, parent: Element): void {
    if (element.name === 'GrpHdr') this.messagePage = pageOf(find(element, 'MsgPgntn'));
    else if (parent.name === 'Ntry') this.entry?.parts.push(element);
    else if (parent.name === 'NtryDtls') this.detail(element);
    else if (this.statement) this.head(this.statement, element);
  }

  end(container: Element): void {
    if (container.name === 'Ntry') this.endEntry();
    else if (container.name === 'Stmt' || container.name === 'Ntfctn') this.endStatement(container.at);
  }

  private head(open: Open, element: Element): void {
    if (element.name === 'Id') open.statementId = textOf(element);
    else if (element.name === 'StmtPgntn' || element.name === 'NtfctnPgntn') open.page = pageOf(element);
    else if (element.name === 'ElctrncSeqNb' || (element.name === 'LglSeqNb' && open.sequenceNo === null))
      open.sequenceNo = textOf(element);
    else if (element.name === 'Acct') open.accountNo = firstText(element, ['Id', 'Othr', 'Id'], ['Id', 'IBAN']);
    else if (element.name === 'TxsSummry') open.summary = element;
    else if (element.name === 'Bal') this.balance(open, element);
  }

  private balance(open: Open, element: Element): void {
    const read = amountAnyway(find(element, 'Amt'), element.at);
    const direction = directionOf(textOf(element, 'CdtDbtInd'));
    if (isFault(read) || direction === null) {
      this.blame(open, isFault(read) ? read : fault(element.at, 'direction-unknown', '余额方向不明', 'a balance neither credit nor debit'));
      return;
    }
    const code = firstText(element, ['Tp', 'CdOrPrtry', 'Cd'], ['Tp', 'CdOrPrtry', 'Prtry']) ?? '';
    open.balances.push({ code, fen: direction === 'debit' ? -read : read, on: dayIn(find(element, 'Dt')) });
  }

  /** Said before the first entry, or at the end of a statement without any. */
  private tellHead(): void {
    const open = this.statement;
    if (open === null || open.headTold) return;
    open.headTold = true;
    const { at, statementId, accountNo } = open;
    if (statementId === null || accountNo === null)
      this.blame(open, fault(at, 'account-missing', '对账单没有编号或账号', 'the statement has no number or no account'));
    const closing = closingOf(open.balances);
    this.tell({
      kind: 'statement',
      at,
      statementId: statementId ?? '',
      accountNo: accountNo ?? '',
      sequenceNo: open.sequenceNo,
      page: open.page ?? this.messagePage,
      openingFen: openingOf(open.balances)?.fen ?? null,
      closingFen: closing?.fen ?? null,
      on: closing?.on ?? null,
      final: closing?.code === 'CLBD',
    });
  }

  private detail(details: Element): void {
    const open = this.entry;
    if (open === null || details.name !== 'TxDtls') return;
    open.held.push(details);
    if (open.held.length > HELD_MAX) {
      this.flush(open, false);
    }
  }

  /** Tells the transactions held back; what they cannot say is a fault of their own. */
  private flush(open: OpenEntry, alone: boolean): void {
    const entry = this.read(open);
    const held = open.held;
    open.held = [];
    if (entry === null) return;
    for (const details of held) {
      const line = readTransaction(entry, details, alone);
      open.told += 1;
      if (isFault(line)) {
        open.broken = true;
        this.blame(this.statement, line);
      } else {
        open.sumFen += line.direction === entry.direction ? line.amountFen : -line.amountFen;
        this.line(line);
      }
    }
  }

  private read(open: OpenEntry): Entry | null {
    if (open.entry === undefined) {
      open.entry = readEntry(open);
      if (isFault(open.entry)) this.blame(this.statement, open.entry);
      else if (open.entry === null && this.statement) this.statement.notBooked += 1;
    }
    return isFault(open.entry) ? null : open.entry;
  }

  private endEntry(): void {
    const open = this.entry;
    const { statement } = this;
    this.entry = null;
    if (open === null || statement === null) return;
    const entry = this.read(open);
    if (entry === null) return;
    statement.entries += 1;
    if (entry.direction === 'credit') statement.creditFen += entry.amountFen;
    else statement.debitFen += entry.amountFen;
    statement.lastOn = entry.bookedOn;
    if (open.held.length === 0 && open.told === 0) this.line(lineOfEntry(entry));
    else if (open.told === 0 && !agrees(entry, open.held)) this.unsplit(entry, open.held.length);
    else {
      this.flush(open, open.told === 0 && open.held.length === 1);
      if (open.broken || open.sumFen !== entry.amountFen) this.blame(statement, differs(entry, open.told));
    }
  }

  /** Transactions that do not add up to their entry are not believed: the entry stays whole, for a person to match. */
  private unsplit(entry: Entry, count: number): void {
    this.blame(this.statement, differs(entry, count));
    this.line(lineOfEntry(entry));
  }

  private line(line: StatementLine): void {
    if (this.statement) this.statement.lines += 1;
    this.tell(line);
  }

  private blame(open: Open | null, found: Fault): void {
    if (open) open.faults += 1;
    this.tell(found);
  }

  private endStatement(at: Position): void {
    this.tellHead();
    const open = this.statement;
    this.statement = null;
    if (open === null) return;
    for (const found of summaryFaults(open, at)) this.blame(open, found);
    const [opening, closing] = [openingOf(open.balances), closingOf(open.balances)];
    if (opening && closing && opening.fen + open.creditFen - open.debitFen !== closing.fen)
      this.blame(open, balanceFault(at, opening.fen, open, closing.fen));
    this.tell({
      kind: 'statement-end',
      at,
      lines: open.lines,
      entries: open.entries,
      notBooked: open.notBooked,
      creditFen: open.creditFen,
      debitFen: open.debitFen,
      sound: open.faults === 0 && opening !== undefined && closing !== undefined,
      on: closing?.on ?? open.lastOn,
    });
  }
}

const openStatement = (at: Position): Open => ({
  at,
  statementId: null,
  accountNo: null,
  sequenceNo: null,
  page: null,
  balances: [],
  summary: null,
  headTold: false,
  lines: 0,
  entries: 0,
  notBooked: 0,
  creditFen: 0n,
  debitFen: 0n,
  faults: 0,
  lastOn: null,
});

function pageOf(element: Element | undefined): Open['page'] {
  const no = Number(textOf(element, 'PgNb') ?? Number.NaN);
  return Number.isSafeInteger(no) && no > 0 ? { no, last: textOf(element, 'LastPgInd') === 'true' } : null;
}

/** A page that is not the first opens with an interim balance. */
const openingOf = (balances: readonly Balance[]): Balance | undefined =>
  balances.find(({ code }) => code === 'OPBD') ??
  balances.find(({ code }) => code === 'PRCD') ??
  balances.find(({ code }) => code === 'ITBD');

function closingOf(balances: readonly Balance[]): Balance | undefined {
  const closing = balances.find(({ code }) => code === 'CLBD');
  if (closing) return closing;
  const interim = balances.findLast(({ code }) => code === 'ITBD');
  return interim === openingOf(balances) ? undefined : interim;
}

/** The amount of a balance, which may be zero. */
function amountAnyway(amount: Element | undefined, at: Position): bigint | Fault {
  const read = amountOf(amount, at);
  if (!isFault(read)) return read;
  return read.code === 'amount-invalid' && /^0*(?:\.0*)?$/.test(read.found) && read.found !== '' ? 0n : read;
}

/** Do the transactions held back come to the entry's amount? One without an amount of its own has the entry's. */
function agrees(entry: Entry, held: readonly Element[]): boolean {
  let sumFen = 0n;
  for (const details of held) {
    const line = readTransaction(entry, details, held.length === 1);
    if (isFault(line)) return false;
    sumFen += line.direction === entry.direction ? line.amountFen : -line.amountFen;
  }
  return sumFen === entry.amountFen;
}

const differs = (entry: Entry, count: number): Fault =>
  fault(
    entry.at,
    'entry-sum-differs',
    `分录的 ${count} 笔明细与其金额不符`,
    `the ${count} transactions of the entry do not come to its amount`,
    `${entry.amountFen} fen ${referenceOf(entry.bankRef) ?? ''}`,
  );

const balanceFault = (at: Position, openingFen: bigint, { creditFen, debitFen }: Open, closingFen: bigint): Fault =>
  fault(
    at,
    'balance-differs',
    '期初余额加减发生额不等于期末余额',
    'opening balance and entries do not come to the closing balance',
    `${openingFen} + ${creditFen} - ${debitFen} <> ${closingFen} fen`,
  );

/** What the bank says its entries come to, against what they are. Only told where all entries are booked: banks differ on the others. */
function summaryFaults({ summary, entries, notBooked, creditFen, debitFen }: Open, at: Position): Fault[] {
  if (summary === null) return [];
  const found: Fault[] = [];
  const told = (way: string[], real: bigint, code: 'count-differs' | 'sum-differs', zh: string, en: string) => {
    const text = textOf(summary, ...way);
    if (text === null) return;
    const value = code === 'count-differs' ? (/^\d{1,15}$/.test(text) ? BigInt(text) : null) : fenOf(text, at);
    if (isFault(value) || value !== real) found.push(fault(at, code, zh, en, `${way.join('/')} ${text} <> ${real}`));
  };
  if (notBooked === 0)
    told(
      ['TtlNtries', 'NbOfNtries'],
      BigInt(entries),
      'count-differs',
      '笔数与汇总不符',
      'the number of entries is not that of the summary',
    );
  told(['TtlCdtNtries', 'Sum'], creditFen, 'sum-differs', '贷方发生额与汇总不符', 'the credits are not those of the summary');
  told(['TtlDbtNtries', 'Sum'], debitFen, 'sum-differs', '借方发生额与汇总不符', 'the debits are not those of the summary');
  return found;
}
