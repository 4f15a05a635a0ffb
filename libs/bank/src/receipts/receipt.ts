/** What a bank's file says, in the order it says it: pure values with their place in the file. Money in fen, days as `YYYY-MM-DD`. */

export type Text = { readonly zh: string; readonly en: string };

/** 1-based line of the file, and the way to the element (`Stmt[1]/Ntry[3]/TxDtls[1]`) or the row. */
export type Position = { readonly line: number; readonly path: string };

/** Why something of a file is not taken as it stands. Stable: people and clients rely on the codes. */
export type FaultCode =
  | 'amount-invalid'
  | 'amount-decimals'
  | 'currency-foreign'
  | 'date-invalid'
  | 'element-missing'
  | 'status-unknown'
  | 'entry-status-unknown'
  | 'direction-unknown'
  | 'entry-sum-differs'
  | 'count-differs'
  | 'sum-differs'
  | 'balance-differs'
  | 'balance-missing'
  | 'account-missing'
  | 'row-unreadable'
  | 'trailer-missing'
  | 'file-broken';

/** Something a person must look at: where, why, and what stood there (cut to 500 characters). */
export type Fault = {
  readonly kind: 'fault';
  readonly at: Position;
  readonly code: FaultCode;
  readonly text: Text;
  readonly found: string;
};

/** What a status word means for a transfer. */
export type StatusMeaning = 'received' | 'accepted' | 'settled' | 'refused';

/** A status of a file, a payment block or one transfer (pain.002, camt.054 and the CSV return file). */
export type StatusNews = {
  readonly kind: 'status';
  readonly at: Position;
  readonly level: 'file' | 'block' | 'transfer';
  /** our message and payment block, as the bank repeats them */
  readonly originalMessageId: string | null;
  readonly originalBlockId: string | null;
  readonly endToEndId: string | null;
  readonly instrId: string | null;
  readonly bankRef: string | null;
  /** `returned`: settled money that came back */
  readonly meaning: StatusMeaning | 'returned';
  /** the bank's own word: ACSC, RJCT, 成功 … */
  readonly code: string;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly amountFen: bigint | null;
  /** the day it is true of, when the bank says one */
  readonly on: string | null;
};

/** The head of a statement, known when its first entry is. */
export type StatementHead = {
  readonly kind: 'statement';
  readonly at: Position;
  readonly statementId: string;
  readonly accountNo: string;
  readonly sequenceNo: string | null;
  /** 1-based; null: not paged */
  readonly page: { readonly no: number; readonly last: boolean } | null;
  readonly openingFen: bigint | null;
  readonly closingFen: bigint | null;
  /** the day of its closing balance, else of its last entry */
  readonly on: string | null;
  /** the closing balance is that of the end of the day (CLBD) */
  readonly final: boolean;
};

/** One booking, as far as the bank tells it apart. */
export type StatementLine = {
  readonly kind: 'line';
  readonly at: Position;
  readonly direction: 'credit' | 'debit';
  readonly amountFen: bigint;
  readonly bookedOn: string;
  readonly reversal: boolean;
  readonly endToEndId: string | null;
  readonly instrId: string | null;
  readonly bankRef: string | null;
  readonly counterpartyName: string | null;
  readonly counterpartyAccount: string | null;
  readonly remittance: string | null;
  readonly returnCode: string | null;
  readonly returnText: string | null;
};

/** The end of a statement: what its lines come to. `sound`: balances are there and agree with the lines. */
export type StatementEnd = {
  readonly kind: 'statement-end';
  readonly at: Position;
  readonly lines: number;
  /** booked entries; one may consist of several lines */
  readonly entries: number;
  /** entries that are announced and not booked: not taken */
  readonly notBooked: number;
  readonly creditFen: bigint;
  readonly debitFen: bigint;
  readonly sound: boolean;
  readonly on: string | null;
};

export type ReceiptEvent = StatusNews | StatementHead | StatementLine | StatementEnd | Fault;

/** A file nothing can be taken from as it stands: quarantined with place and reason. */
export class UnreadableReceipt extends Error {
  constructor(
    readonly code:
      | 'encoding-unknown'
      | 'encoding-broken'
      | 'doctype-refused'
      | 'not-well-formed'
      | 'message-unknown'
      | 'too-complex'
      | 'template-unknown'
      | 'empty',
    readonly line: number,
    readonly text: Text,
  ) {
    super(`${code} at line ${line}: ${text.en}`);
  }
}

const FOUND_MAX = 500;

export const fault = (at: Position, code: FaultCode, zh: string, en: string, found = ''): Fault => ({
  kind: 'fault',
  at,
  code,
  text: { zh, en },
  found: found.slice(0, FOUND_MAX),
});
