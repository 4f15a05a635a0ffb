import { formatInstant } from '@tranche/calendar';
import type { LineRow, ReceivedFile, Reconciliation, SignedDay, WorkEntry } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { maskAccount } from '@tranche/identifiers';
import { z } from 'zod';
import { date, fen, instant, positiveFen, signedFen, text, uuid } from '../fields/fields.js';

const fileState = z.enum(['received', 'quarantined', 'importing', 'imported', 'rejected']);

/** A file a bank sent, and what its import came to. */
export const bankFile = z
  .object({
    id: uuid,
    fileName: z.string(),
    sha256: z.string(),
    byteCount: z.string(),
    format: z.string().nullable(),
    state: fileState,
    /** why it was set aside: the first faults with their lines */
    reason: z.object({ code: z.string(), text, faults: z.array(z.object({ line: z.int(), message: z.string() })) }).nullable(),
    receivedBy: uuid,
    decision: z.enum(['parse-anyway', 'reject']).nullable(),
    decidedBy: uuid.nullable(),
    decidedNote: z.string().nullable(),
    report: z
      .object({
        statements: z.int(),
        lines: z.int(),
        known: z.int(),
        statuses: z.int(),
        matched: z.int(),
        suspense: z.int(),
        suspenseFen: fen,
        open: z.int(),
      })
      .nullable(),
    receivedAt: instant,
    importedAt: instant.nullable(),
  })
  .meta({ id: 'BankFile' });
export type BankFileView = z.infer<typeof bankFile>;

export const fileView = (file: ReceivedFile): BankFileView => ({
  ...file,
  reason: file.reason as BankFileView['reason'],
  receivedAt: formatInstant(file.receivedAt),
  importedAt: file.importedAt === null ? null : formatInstant(file.importedAt),
});
export const fileQueryState = fileState;

/** Something of a file that a person must look at. */
export const receiptItem = z
  .object({
    id: uuid,
    fileId: uuid,
    fileName: z.string(),
    line: z.int(),
    path: z.string(),
    code: z.string(),
    text,
    found: z.string(),
    lineId: uuid.nullable(),
    transferId: uuid.nullable(),
    state: z.enum(['open', 'done']),
    closedBy: z.string().nullable(),
    closedNote: z.string().nullable(),
  })
  .meta({ id: 'ReceiptItem' });
export const itemView = (entry: WorkEntry): z.infer<typeof receiptItem> => entry;

const proposedKind = z.enum(['settled', 'returned', 'recovery', 'interest', 'bank-fee', 'foreign', 'appropriation']);
/** `other` was said before there were words for interest, charges, money of others and the money of papers */
const lineKind = z.enum([...proposedKind.options, 'other']);
const about = { transferId: uuid.nullable(), recoveryId: uuid.nullable(), appropriationId: uuid.nullable(), receiptId: uuid.nullable() };

/** One booking of a statement. */
export const statementLine = z
  .object({
    id: uuid,
    fileId: uuid,
    line: z.int(),
    path: z.string(),
    accountNo: z.string(),
    statementId: z.string(),
    direction: z.enum(['credit', 'debit']),
    amountFen: positiveFen,
    bookedOn: date,
    endToEndId: z.string().nullable(),
    bankRef: z.string().nullable(),
    counterpartyName: z.string().nullable(),
    counterpartyAccount: z.string().nullable(),
    remittance: z.string().nullable(),
    returnCode: z.string().nullable(),
    match: z.object({ kind: lineKind, ...about, rule: z.enum(['end-to-end-id', 'bank-reference', 'two-persons']) }).nullable(),
    proposal: z.object({ id: uuid, kind: lineKind, ...about, proposedBy: uuid, note: z.string() }).nullable(),
    /** it stands under unidentified receipts */
    suspense: z.boolean(),
  })
  .meta({ id: 'StatementLine' });
export type StatementLineView = z.infer<typeof statementLine>;

const seesAccounts = new Set(['maker', 'checker', 'cashier']);
export const lineView =
  ({ role }: Actor) =>
  (row: LineRow): StatementLineView =>
    ({
      ...row,
      counterpartyAccount:
        row.counterpartyAccount === null || seesAccounts.has(role) ? row.counterpartyAccount : maskAccount(row.counterpartyAccount),
    }) as StatementLineView;

export const suggestion = z.object({
  kind: z.enum(['settled', 'returned', 'recovery', 'appropriation']),
  ...about,
  caseNo: z.string(),
  agrees: z.array(z.string()),
});
export const statementLineDetail = z.object({ ...statementLine.shape, suggestions: z.array(suggestion) });

export const newProposal = z
  .strictObject({
    kind: proposedKind,
    transferId: uuid.optional(),
    recoveryId: uuid.optional(),
    appropriationId: uuid.optional(),
    receiptId: uuid.optional(),
    note: z.string().trim().min(1).max(500),
  })
  .meta({ id: 'LineProposal' });

const count = z.object({ count: z.int(), fen });
/** One account on one day: statement against book. */
export const reconciliation = z
  .object({
    accountNo: z.string(),
    on: date,
    statement: z
      .object({
        ids: z.array(z.string()),
        closed: z.boolean(),
        openingFen: signedFen.nullable(),
        closingFen: signedFen.nullable(),
        lines: z.int(),
        creditFen: fen,
        debitFen: fen,
      })
      .nullable(),
    previousClosingFen: signedFen.nullable(),
    openingAgrees: z.boolean().nullable(),
    matched: count,
    unmatchedCredits: count,
    unmatchedDebits: count,
    amountDiffers: z.int(),
    settledWithoutLine: count,
    ageing: z.object({ ...count.shape, oldest: date.nullable() }),
    unknown: z.int(),
    bookFen: signedFen,
    differenceFen: signedFen,
    otherDays: z.object({ count: z.int(), fen: signedFen }),
    unexplainedFen: signedFen,
    openItems: z.int(),
    agrees: z.boolean(),
  })
  .meta({ id: 'Reconciliation' });
export type ReconciliationView = z.infer<typeof reconciliation>;
export const reconciliationView = (day: Reconciliation): ReconciliationView => day as ReconciliationView;

/** A report of a day as it was prepared, with its hash, and who signed it. */
export const signedDay = z
  .object({
    id: uuid,
    accountNo: z.string(),
    on: date,
    contentHash: z.string(),
    content: reconciliation,
    preparedBy: uuid,
    signedBy: uuid.nullable(),
    signedAt: instant.nullable(),
  })
  .meta({ id: 'ReconciliationReport' });
export const signedView = (day: SignedDay): z.infer<typeof signedDay> => ({
  ...day,
  content: reconciliationView(day.content),
  signedAt: day.signedAt === null ? null : formatInstant(day.signedAt),
});
