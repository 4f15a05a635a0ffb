import type { Book, Entry, NewEntry, PaymentContent, Plan, TakenFile, Tear } from './book.js';
import { type BankClock, dayOf, startOf } from './clock.js';

export type Status = 'pending' | 'settled' | 'rejected' | 'returned';

/** A payment as the bank sees it now. */
export interface Payment {
  content: PaymentContent;
  contentSha256: string;
  status: Status;
  bankRef: string | null;
  plan: Plan;
  /** the file it came in */
  fileId?: string;
  settledOn?: string;
  returnedOn?: string;
  code?: string;
  text?: string;
}

/** News as `GET /events` lists it. */
export type News = {
  seq: number;
  kind: 'settled' | 'rejected' | 'returned';
  endToEndId: string;
  bankRef: string | null;
  amountFen: string;
} & Record<string, unknown>;

/** The bank: its book, replayed into payments, and the rules by which payments settle, fail and come back. */
export class Bank {
  readonly payments = new Map<string, Payment>();
  readonly files = new Map<string, TakenFile>();
  readonly news: News[] = [];
  private readonly moving = new Set<Payment>();

  constructor(
    readonly book: Book,
    readonly clock: BankClock,
  ) {
    for (const entry of book.entries) this.take(entry);
  }

  /** Books a payment once; it settles at the plan's time, at the earliest on its execution date. The caller has checked the reference. */
  accept(content: PaymentContent, contentSha256: string, plan: Partial<Plan>, tear?: Tear, fileId?: string): Payment {
    const nowMs = this.clock.nowMs();
    const settleAtMs = plan.settleAtMs === undefined ? Math.max(nowMs, startOf(content.executionDate)) : plan.settleAtMs;
    const bankRef = `SB${dayOf(nowMs).replaceAll('-', '')}${String(this.book.entries.length + 1).padStart(10, '0')}`;
    const booked = { content, contentSha256, bankRef, plan: { ...plan, settleAtMs }, ...(fileId === undefined ? {} : { fileId }) };
    this.write([{ type: 'booked', ...booked }, ...dueEntries({ ...booked, status: 'pending' }, nowMs)], tear);
    this.advance();
    return this.payments.get(content.endToEndId)!;
  }

  /** Records a definite refusal, so that the same request meets the same answer. */
  refuse(content: PaymentContent, contentSha256: string, code: string, text: string, fileId?: string): Payment {
    this.write([{ type: 'refused', content, contentSha256, code, text, ...(fileId === undefined ? {} : { fileId }) }]);
    return this.payments.get(content.endToEndId)!;
  }

  /** Gives a settled payment back; null when it is not settled. */
  giveBack(endToEndId: string, code: string, text: string): Payment | null {
    const payment = this.payments.get(endToEndId);
    if (payment?.status !== 'settled') return null;
    this.write([{ type: 'returned', endToEndId, on: dayOf(this.clock.nowMs()), code, text }]);
    return payment;
  }

  /** All lines of a file are in the book: from now on it was taken. */
  keepFile(file: TakenFile): void {
    this.write([{ type: 'file', ...file }]);
  }

  /** The status of a whole file in the words of pain.002. */
  statusOf(fileId: string): string {
    const states = new Set((this.files.get(fileId)?.references ?? []).map((reference) => this.payments.get(reference)?.status));
    if (states.has('returned')) states.add('settled').delete('returned');
    if (states.size > 1) return 'PART';
    return states.has('settled') ? 'ACSC' : states.has('rejected') ? 'RJCT' : 'ACSP';
  }

  /** Sets the clock and remembers it in the book. */
  setOffset(offsetMs: number): void {
    this.write([{ type: 'clock', offsetMs }]);
    this.advance();
  }

  /** Carries out what is due by the bank's clock. */
  advance(): void {
    const nowMs = this.clock.nowMs();
    for (const payment of this.moving) {
      for (let due = dueEntries(payment, nowMs); due.length > 0; due = dueEntries(payment, nowMs)) this.write(due);
    }
  }

  private write(entries: readonly NewEntry[], tear?: Tear): void {
    for (const entry of this.book.append(this.clock.nowMs(), entries, tear)) this.take(entry);
  }

  private take(entry: Entry): void {
    if (entry.type === 'clock') {
      this.clock.offsetMs = entry.offsetMs;
      return;
    }
    if (entry.type === 'file') {
      const { fileId, format, blockId, sha256, references } = entry;
      this.files.set(fileId, { fileId, format, blockId, sha256, references });
      return;
    }
    if (entry.type === 'booked' || entry.type === 'refused') {
      this.open(entry);
      return;
    }
    const payment = this.payments.get(entry.endToEndId);
    if (payment === undefined) throw new Error(`the book is damaged: entry ${entry.seq} speaks of unknown payment ${entry.endToEndId}`);
    const { seq, type: kind, endToEndId } = entry;
    if (entry.type === 'settled') Object.assign(payment, { status: 'settled', settledOn: entry.on });
    if (entry.type === 'rejected') Object.assign(payment, { status: 'rejected', code: entry.code, text: entry.text });
    if (entry.type === 'returned') Object.assign(payment, { status: 'returned', returnedOn: entry.on, code: entry.code, text: entry.text });
    if (!stillMoves(payment)) this.moving.delete(payment);
    // what came in a file is answered in files
    if (payment.fileId !== undefined || (entry.type === 'settled' && payment.plan.unreported)) return;
    const day = entry.type === 'settled' ? { settledOn: entry.on } : entry.type === 'returned' ? { returnedOn: entry.on } : {};
    const reason = entry.type === 'settled' ? {} : { code: entry.code, text: entry.text };
    this.news.push({ seq, kind, endToEndId, bankRef: payment.bankRef, amountFen: payment.content.amountFen, ...day, ...reason });
  }

  private open(entry: Extract<Entry, { type: 'booked' | 'refused' }>): void {
    const { content, contentSha256 } = entry;
    const payment: Payment =
      entry.type === 'booked'
        ? { content, contentSha256, status: 'pending', bankRef: entry.bankRef, plan: entry.plan }
        : { content, contentSha256, status: 'rejected', bankRef: null, plan: { settleAtMs: null }, code: entry.code, text: entry.text };
    if (entry.fileId !== undefined) payment.fileId = entry.fileId;
    this.payments.set(content.endToEndId, payment);
    if (stillMoves(payment)) this.moving.add(payment);
  }
}

/** The next entries of a payment that are due, none when nothing is. */
function dueEntries(payment: Payment, nowMs: number): NewEntry[] {
  const { plan, status, content } = payment;
  const { endToEndId } = content;
  const code = plan.code ?? 'NARR';
  const text = plan.text ?? '';
  if (status === 'pending' && plan.rejectAtMs !== undefined && plan.rejectAtMs <= nowMs)
    return [{ type: 'rejected', endToEndId, code, text }];
  if (status === 'pending' && plan.settleAtMs !== null && plan.settleAtMs <= nowMs) {
    const settled = { type: 'settled' as const, endToEndId, on: dayOf(plan.settleAtMs) };
    return plan.reportTwice ? [settled, { ...settled, repeated: true }] : [settled];
  }
  if (status !== 'settled' || plan.returnAfterMs === undefined || plan.settleAtMs === null) return [];
  const returnAtMs = plan.settleAtMs + plan.returnAfterMs;
  return returnAtMs <= nowMs ? [{ type: 'returned', endToEndId, on: dayOf(returnAtMs), code, text }] : [];
}

function stillMoves({ status, plan }: Payment): boolean {
  if (status === 'pending') return plan.settleAtMs !== null || plan.rejectAtMs !== undefined;
  return status === 'settled' && plan.returnAfterMs !== undefined;
}
