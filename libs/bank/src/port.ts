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

export interface RailCaps {
  readonly maxItemFen: bigint;
  readonly charset: 'utf-8' | 'gb18030' | 'gbk';
  readonly inquiry: boolean;
  /** whether the bank itself refuses or recognises a repeated reference, per item */
  readonly dedup: 'item' | 'batch' | 'none';
  readonly refMax: number;
  readonly refCharset: RegExp;
}

/**
 * A way to the bank. The order is fixed: `renderRequest`, commit the bytes with state `submitting`, then `send` exactly these bytes once.
 * `send`, `inquire` and `events` never reject for anything the network or the bank does, and never repeat a request by themselves.
 */
export interface RailAdapter {
  readonly caps: RailCaps;
  /** Pure: the same instruction gives the same bytes. Throws RangeError for an instruction that `checkInstruction` refuses. */
  renderRequest(instruction: BankInstruction): Uint8Array;
  /** Sends committed bytes. Throws RangeError, before anything leaves, when they are not bytes of `renderRequest`. */
  send(request: Uint8Array): Promise<Exchange<BankAnswer>>;
  /** Asks what became of a transfer; an answer about another amount is `unknown`. */
  inquire(endToEndId: string, amountFen: bigint): Promise<Exchange<InquiryAnswer>>;
  /** Late settlements, refusals and returns after entry `after` (0 = from the beginning). */
  events(after: number): Promise<EventPage>;
}
