import { closeSync, constants, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** What the bank knows about a payment request; every field is text so that nothing is rounded. */
export interface PaymentContent {
  endToEndId: string;
  instrId: string;
  currency: 'CNY';
  amountFen: string;
  debtor: { name: string; accountNo: string; bankNo: string };
  creditor: { name: string; accountNo: string; bankNo: string };
  remittance: string;
  executionDate: string;
}

/** One line of the book. Instants are epoch milliseconds of the bank's own clock. */
export type Entry = { seq: number; atMs: number } & (
  | { type: 'booked'; content: PaymentContent; contentSha256: string; bankRef: string; plan: Plan; fileId?: string }
  | { type: 'refused'; content: PaymentContent; contentSha256: string; code: string; text: string; fileId?: string }
  | ({ type: 'file' } & TakenFile)
  | { type: 'settled'; endToEndId: string; on: string; repeated?: true }
  | { type: 'rejected'; endToEndId: string; code: string; text: string }
  | { type: 'returned'; endToEndId: string; on: string; code: string; text: string }
  | { type: 'clock'; offsetMs: number }
);

/** A payment file whose lines are all in the book. */
export interface TakenFile {
  fileId: string;
  format: string;
  blockId: string;
  sha256: string;
  references: string[];
}

/** What the bank will do with a booked payment, and when; null = never by itself. */
export interface Plan {
  settleAtMs: number | null;
  rejectAtMs?: number;
  returnAfterMs?: number;
  code?: string;
  text?: string;
  reportTwice?: true;
  /** its settlement never appears in the feed: only an inquiry finds it */
  unreported?: true;
}

export type NewEntry = Entry extends infer E ? (E extends Entry ? Omit<E, 'seq' | 'atMs'> : never) : never;

/** How many bytes of a write reach the disk before the process dies: only for the crash faults. */
export type Tear = 'mid-write' | 'after-write';

/**
 * The bank's book: an append-only file of JSON lines, on disk before anybody hears of it.
 * A last line without its line end was never acknowledged and is cut off when the book is opened; any other damage stops the start.
 */
export class Book {
  readonly entries: Entry[] = [];
  /** bytes cut off at the last start */
  readonly tornBytes: number;
  private length: number;
  private forced = true;
  private readonly fd: number;

  constructor(readonly path: string) {
    mkdirSync(dirname(path), { recursive: true });
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    this.length = bytes.lastIndexOf(0x0a) + 1;
    this.tornBytes = bytes.length - this.length;
    const lines = bytes.subarray(0, this.length).toString('utf8').split('\n').slice(0, -1);
    for (const [index, line] of lines.entries()) this.entries.push(readEntry(line, index + 1, path));
    this.fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    if (this.tornBytes > 0) {
      ftruncateSync(this.fd, this.length);
      fsyncSync(this.fd);
    }
  }

  /** Writes entries in one go and forces them to disk; on a write error nothing of them remains and the error is thrown. */
  append(atMs: number, fresh: readonly NewEntry[], tear?: Tear): Entry[] {
    const stamped = fresh.map((entry, index) => ({ seq: this.entries.length + 1 + index, atMs, ...entry }) as Entry);
    const bytes = Buffer.from(stamped.map((entry) => `${JSON.stringify(entry)}\n`).join(''), 'utf8');
    try {
      this.write(tear === 'mid-write' ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes);
    } catch (error) {
      ftruncateSync(this.fd, this.length);
      throw error;
    }
    if (tear !== undefined) process.kill(process.pid, 'SIGKILL');
    this.length += bytes.length;
    this.entries.push(...stamped);
    return stamped;
  }

  /** What `work` appends is forced to disk once, before this answers. */
  together<T>(work: () => T): T {
    this.forced = false;
    try {
      return work();
    } finally {
      this.forced = true;
      fsyncSync(this.fd);
    }
  }

  close(): void {
    closeSync(this.fd);
  }

  private write(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.fd, bytes, done, bytes.length - done, this.length + done);
    if (this.forced) fsyncSync(this.fd);
  }
}

function readEntry(line: string, lineNo: number, path: string): Entry {
  let entry: Entry;
  try {
    entry = JSON.parse(line) as Entry;
  } catch {
    throw new Error(`the book ${path} is damaged at line ${lineNo}: not JSON. Nothing was changed; restore it or start with another BOOK.`);
  }
  if (entry.seq !== lineNo)
    throw new Error(`the book ${path} is damaged at line ${lineNo}: entry ${entry.seq} stands there. Nothing was changed.`);
  return entry;
}
