import type { Charset } from './charset.js';
import type { FieldFault } from './check-instruction.js';

/** One side of a payment: the name as the bank knows it, the account number, the 12-digit CNAPS number of the bank. */
export interface BankParty {
  readonly name: string;
  readonly accountNo: string;
  readonly bankNo: string;
}

/** One credit transfer. `endToEndId` names the transfer for ever; `instrId` names this attempt to send it. */
export interface BankInstruction {
  /** 1–30 characters `[A-Z0-9]`, unique per transfer */
  readonly endToEndId: string;
  /** 1–35 characters `[A-Z0-9]`, unique per attempt */
  readonly instrId: string;
  readonly amountFen: bigint;
  readonly debtor: BankParty;
  readonly creditor: BankParty;
  /** what the payee reads on the statement, at most 140 characters */
  readonly remittance: string;
  /** `YYYY-MM-DD`, the first day the bank may execute it */
  readonly executionDate: string;
}

/** Why nothing can be said about a payment. Each means: inquire with the same reference, never send again. */
export type UnknownReason =
  | 'timeout'
  | 'connection-lost'
  | 'server-error'
  | 'not-a-definite-refusal'
  | 'answer-too-large'
  | 'unreadable-answer'
  | 'contradictory-answer'
  | 'reference-used-for-other-content';

export type Unknown = { readonly kind: 'unknown'; readonly why: UnknownReason; readonly detail: string };
export type Accepted = { readonly kind: 'accepted'; readonly bankRef: string; readonly status: string };
export type Settled = { readonly kind: 'settled'; readonly bankRef: string; readonly settledOn: string };
export type Rejected = { readonly kind: 'rejected'; readonly code: string; readonly text: string };
export type Returned = {
  readonly kind: 'returned';
  readonly bankRef: string;
  readonly settledOn: string;
  readonly returnedOn: string;
  readonly code: string;
  readonly text: string;
};

/** What is known after sending. `rejected` is a definite refusal: nothing was debited. A bank may answer `returned` to a repeated reference. */
export type BankAnswer = Accepted | Settled | Rejected | Returned | Unknown;

/** What is known after asking. `not-found` counts only after the bank's settle time; `unavailable` says nothing at all. */
export type InquiryAnswer =
  | BankAnswer
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unavailable'; readonly why: UnknownReason; readonly detail: string };

/** An answer with the bytes it was read from (as far as they arrived), to be stored as evidence. */
export interface Exchange<Answer> {
  readonly answer: Answer;
  readonly httpStatus: number | null;
  readonly response: Uint8Array | null;
}

/** News from the bank's feed. The same news may come twice; `seq` grows strictly within a feed. */
export type BankEvent =
  | ({ readonly seq: number; readonly kind: 'settled'; readonly settledOn: string } & PaymentNews)
  | ({ readonly seq: number; readonly kind: 'rejected'; readonly code: string; readonly text: string } & PaymentNews)
  | ({
      readonly seq: number;
      readonly kind: 'returned';
      readonly returnedOn: string;
      readonly code: string;
      readonly text: string;
    } & PaymentNews)
  /** an entry that cannot be read: keep it for a person, go on with the next */
  | { readonly seq: number; readonly kind: 'unreadable'; readonly detail: string };

interface PaymentNews {
  readonly endToEndId: string;
  readonly bankRef: string;
  readonly amountFen: bigint;
}

/** One page of the feed: store it, then ask again with `after = last`. */
export type EventPage =
  | {
      readonly ok: true;
      readonly events: readonly BankEvent[];
      readonly last: number;
      readonly more: boolean;
      readonly response: Uint8Array;
    }
  | { readonly ok: false; readonly why: UnknownReason; readonly detail: string };

/** One credit transfer of an order; `instrId` names this attempt to send it. */
export type PaymentLine = Pick<BankInstruction, 'endToEndId' | 'instrId' | 'amountFen' | 'creditor' | 'remittance'>;

/** What two people signed, as a rail carries it: one debtor account, one fund, one day. */
export interface PaymentOrder {
  /** the batch number; names of files and messages are made from it */
  readonly reference: string;
  /** number of the first artifact: 1, or one more than what was rendered of this batch before */
  readonly firstPart: number;
  /** epoch milliseconds; written as local time of Shanghai */
  readonly createdAtMs: number;
  /** who hands the order in; `uscc` is its unified social credit code */
  readonly initiator: { readonly name: string; readonly uscc: string };
  readonly debtor: BankParty;
  /** `YYYY-MM-DD`, the first day the bank may execute it */
  readonly executionDate: string;
  readonly lines: readonly PaymentLine[];
}

/** An order without its lines: what the heads of its files say. */
export type OrderHeading = Omit<PaymentOrder, 'lines'>;

/** One part of an order, its lines counted and summed before the first of them is written: heads of files say both. */
export interface PartHeading {
  readonly part: number;
  readonly order: OrderHeading;
  readonly count: number;
  readonly totalFen: bigint;
}

/** Writes one part piece by piece: its head, its lines in their order, some at a time, its end. Pure; holds nothing between two calls. */
export interface PartWriter {
  readonly fileName: string;
  readonly mediaType: string;
  head(): Uint8Array;
  /** `from`: number of the first of these lines in the part, 1 = its first */
  lines(lines: readonly PaymentLine[], from: number): Uint8Array;
  tail(): Uint8Array;
}

/** What leaves for the bank in one piece: a file, or a single request. */
export interface Artifact {
  readonly part: number;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** of the bytes, hex */
  readonly sha256: string;
  /** end-to-end ids, in the order in which they stand in the bytes */
  readonly references: readonly string[];
  readonly totalFen: bigint;
}

/** A fault and its line: 1 = the first transfer, 0 = the order itself. */
export interface LineFault extends FieldFault {
  readonly line: number;
  readonly endToEndId: string | null;
}

/** All artifacts of an order, their lines in its order and their sums its sum; or what keeps it from being written. Nothing is replaced or cut. */
export type Rendered =
  | { readonly ok: true; readonly artifacts: readonly Artifact[]; readonly count: number; readonly totalFen: bigint }
  | { readonly ok: false; readonly code: 'bank-file-refused'; readonly faults: readonly LineFault[] };

export interface RailCaps {
  /** transfers in one artifact */
  readonly maxItems: number;
  readonly maxItemFen: bigint;
  /** sum of one artifact */
  readonly maxFileFen: bigint;
  readonly charset: Charset;
  readonly inquiry: boolean;
  /** whether the bank itself refuses or recognises a repeated reference, per item */
  readonly dedup: 'item' | 'batch' | 'none';
  readonly refMax: number;
  readonly refCharset: RegExp;
}

/**
 * A way to the bank. Both functions are pure: the same order gives the same faults and the same bytes, today and in ten years.
 * What `check` passes, `render` writes; check when a batch is made, long before it is sent.
 */
export interface RailAdapter {
  readonly caps: RailCaps;
  check(order: PaymentOrder): readonly LineFault[];
  render(order: PaymentOrder): Rendered;
  /** How a part is written piece by piece (see `writePart`), for lines that `check` passed: the very bytes of `render`, in the memory of a piece. */
  writer(heading: PartHeading): PartWriter;
}

/**
 * A rail with a line to the bank. The order is fixed: `renderRequest`, commit the bytes with state `submitting`, then `send` exactly these bytes
 * once. `send`, `inquire` and `events` never reject for anything the network or the bank does, and never repeat a request by themselves.
 */
export interface OnlineRail extends RailAdapter {
  /** Pure: the same instruction gives the same bytes. Throws RangeError for an instruction that `checkInstruction` refuses. */
  renderRequest(instruction: BankInstruction): Uint8Array;
  /** Sends committed bytes. Throws RangeError, before anything leaves, when they are not bytes of `renderRequest`. */
  send(request: Uint8Array): Promise<Exchange<BankAnswer>>;
  /** Only of a bank that takes lists. */
  readonly lists?: ListSending;
  /** Asks what became of a transfer; an answer about another amount is `unknown`. */
  inquire(endToEndId: string, amountFen: bigint): Promise<Exchange<InquiryAnswer>>;
  /** Late settlements, refusals and returns after entry `after` (0 = from the beginning). */
  events(after: number): Promise<EventPage>;
}

/** Sending in lists, where a bank agreed to it: one call carries several requests, one answer says of each what it would have said of it alone. */
export interface ListSending {
  /** requests in one call */
  readonly max: number;
  /**
   * Sends committed requests once, in one call. Exchanges in the order of the requests, each read as `send` reads its own, with its own part of the
   * answer as evidence; of what the answer does not name, or names twice, nothing is known. Throws RangeError as `send` does, and for more than `max`.
   */
  send(requests: readonly Uint8Array[]): Promise<readonly Exchange<BankAnswer>[]>;
}
