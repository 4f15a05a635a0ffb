import { formatInstant } from '@tranche/calendar';
import { maskAccount } from '@tranche/identifiers';
import type { Cite, Text } from '@tranche/policies';
import type { RowReader } from '../audit/case-rows.js';
import type { Signed } from '../audit/statement.js';
import { latestCheckpoint } from '../audit/stored-checkpoints.js';
import { type BatchLine, liveLines, selectLines } from '../payments/lines.js';
import { type ContentForm, type LineProof, lineProofs, linesSigned } from '../payments/signed-content.js';
import { type PacketSetOffRow, setOffRows } from './set-offs.js';

/** One transfer of the case: one try to pay an obligation. Account and name stand in the signed lines, where those were asked for. */
export type PacketTransfer = {
  readonly id: string;
  readonly disbursementId: string;
  readonly payment: string;
  readonly round: number;
  readonly batchId: string;
  readonly lineNo: number;
  readonly state: string;
  readonly endToEndId: string;
  readonly amountFen: string;
  /** the legal day on which the bank was given it; absent in packets made before it was kept */
  readonly sentOn?: string | null;
  readonly settledOn: string | null;
  readonly accountMasked: string;
  readonly bankReference: string | null;
  readonly reason: string | null;
};
export type PacketBatch = {
  readonly id: string;
  readonly batchNo: string;
  readonly fundId: string;
  readonly rail: string;
  readonly state: string;
  readonly makerId: string;
  /** how the hash was computed; not said by packets from before there was a second way */
  readonly contentForm?: ContentForm;
  readonly contentHash: string | null;
  readonly lineCount: number;
  readonly totalFen: string;
  readonly submittedAt: string | null;
  readonly approvedAt: string | null;
  readonly approvals: readonly {
    readonly personId: string;
    readonly decision: string;
    readonly contentHash: string;
    readonly reason: string | null;
    readonly at: string;
  }[];
  /** form 1: every line exactly as it was signed, with accounts and the other payees; null unless asked for, or when there are too many */
  readonly signedLines: readonly BatchLine[] | null;
  /** form 2: the lines of this case exactly as they were signed, each with its path to the hash; null unless asked for */
  readonly ownLines?: readonly LineProof[] | null;
};
export type PacketAttempt = {
  readonly transferId: string;
  readonly attemptNo: number;
  readonly instrId: string;
  readonly requestSha256: string;
  readonly sentAt: string | null;
  readonly outcome: string | null;
  readonly answeredAt: string | null;
};
export type PacketFile = {
  readonly transferId: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly lineNo: number;
  readonly handedOverAt: string | null;
};
export type PacketStatementLine = {
  readonly id: string;
  readonly matchedAs: string;
  readonly matchedBy: string;
  readonly rule: string;
  readonly transferId: string | null;
  readonly recoveryNo: number | null;
  readonly fileSha256: string;
  readonly statementId: string;
  readonly lineNo: number;
  readonly direction: string;
  readonly amountFen: string;
  readonly bookedOn: string;
  readonly endToEndId: string | null;
  readonly bankRef: string | null;
};
export type PacketNotice = {
  readonly no: number;
  readonly publicNo: string;
  readonly postedOn: string;
  readonly endsOn: string | null;
  readonly state: string;
  readonly closedOn: string | null;
  readonly contentSha256: string;
};
export type PacketObjection = {
  readonly id: string;
  readonly noticeNo: number;
  readonly receiptNo: string;
  readonly raisedOn: string;
  readonly state: string;
  readonly decision: string | null;
  readonly decidedOn: string | null;
};
export type PacketDeadline = {
  readonly key: string;
  readonly label: Text;
  readonly kind: string;
  readonly from: string;
  readonly count: number;
  readonly unit: string;
  readonly lastDay: string | null;
  readonly provisional: boolean;
  readonly status: string;
  readonly endedOn: string | null;
  readonly cite: Cite;
  readonly setSeq: number;
  /** days on which it stood still */
  readonly paused: readonly { readonly from: string; readonly until: string }[] | null;
};
export type PacketEvidence = { readonly kind: string; readonly fileName: string; readonly sha256: string; readonly sizeBytes: number };
export type PacketFund = { readonly id: string; readonly code: string; readonly fiscalYear: number; readonly name: unknown };
export type PacketPerson = { readonly id: string; readonly name: string; readonly role: string };

/** What stands beside the chain: each row is compared with the chain where the chain says something of it. */
export type Witnesses = {
  readonly transfers: readonly PacketTransfer[];
  readonly batches: readonly PacketBatch[];
  readonly attempts: readonly PacketAttempt[];
  readonly files: readonly PacketFile[];
  readonly statementLines: readonly PacketStatementLine[];
  /** absent in packets made before there were any */
  readonly setOffs?: readonly PacketSetOffRow[];
  readonly notices: readonly PacketNotice[];
  readonly objections: readonly PacketObjection[];
  readonly deadlines: readonly PacketDeadline[];
  readonly evidence: readonly PacketEvidence[];
  readonly funds: readonly PacketFund[];
  readonly people: readonly PacketPerson[];
  /** the newest signed checkpoint; its exported file proves what it says of this case */
  readonly checkpoint: Signed | null;
};

/** Of a batch signed by one hash over all its lines, more than this are not carried: `tranche verify` checks it. */
export const mostSignedLines = 1_000;

const inPayments = `t.disbursement_id IN (SELECT id FROM disbursements WHERE case_id = $1 AND ($2::text IS NULL OR payment = $2))`;
const ownTransfers = `SELECT t.id FROM transfers t WHERE ${inPayments}`;

const queries = {
  transfers: `SELECT t.id, t.disbursement_id AS "disbursementId", d.payment, d.round, t.batch_id AS "batchId", t.line_no AS "lineNo", t.state, t.end_to_end_id AS "endToEndId",
      t.amount_fen::text AS "amountFen", t.sent_on AS "sentOn", t.settled_on AS "settledOn", t.account_no AS "accountMasked", t.bank_reference AS "bankReference", t.reason
    FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE ${inPayments} ORDER BY t.id`,
  batches: `SELECT id, batch_no AS "batchNo", fund_id AS "fundId", rail, state, maker_id AS "makerId", content_form AS "contentForm", content_hash AS "contentHash", line_count AS "lineCount", total_fen::text AS "totalFen",
      submitted_at AS "submittedAt", approved_at AS "approvedAt" FROM batches WHERE id IN (SELECT t.batch_id FROM transfers t WHERE ${inPayments}) ORDER BY id`,
  approvals: `SELECT batch_id AS "batchId", person_id AS "personId", decision, content_hash AS "contentHash", reason, recorded_at AS at
    FROM batch_approvals WHERE batch_id = ANY($1::uuid[]) ORDER BY recorded_at, person_id, decision, content_hash`,
  attempts: `SELECT transfer_id AS "transferId", attempt_no AS "attemptNo", instr_id AS "instrId", encode(request_sha256, 'hex') AS "requestSha256", sent_at AS "sentAt", outcome,
      answered_at AS "answeredAt" FROM attempts WHERE transfer_id IN (${ownTransfers}) ORDER BY transfer_id, attempt_no`,
  files: `SELECT l.transfer_id AS "transferId", f.file_name AS "fileName", encode(f.sha256, 'hex') AS sha256, l.line_no AS "lineNo",
      (SELECT max(v.recorded_at) FROM bank_file_deliveries v WHERE v.bank_file_id = f.id AND v.kind = 'handed-over' AND v.sha256 = f.sha256) AS "handedOverAt"
    FROM bank_file_lines l JOIN bank_files f ON f.id = l.bank_file_id WHERE l.transfer_id IN (${ownTransfers}) ORDER BY l.transfer_id, f.file_name`,
  statementLines: `SELECT s.id, m.kind AS "matchedAs", m.matched_by AS "matchedBy", m.rule, m.transfer_id AS "transferId", r.recovery_no AS "recoveryNo", encode(f.sha256, 'hex') AS "fileSha256",
      s.statement_id AS "statementId", s.line_no AS "lineNo", s.direction, s.amount_fen::text AS "amountFen", s.booked_on AS "bookedOn", s.end_to_end_id AS "endToEndId", s.bank_ref AS "bankRef"
    FROM matches m JOIN statement_lines s ON s.id = m.line_id JOIN received_files f ON f.id = s.file_id LEFT JOIN recoveries r ON r.id = m.recovery_id
    WHERE m.transfer_id IN (${ownTransfers}) OR r.case_id = $1 ORDER BY s.booked_on, s.id`,
  notices: `SELECT notice_no AS no, public_no AS "publicNo", posted_on AS "postedOn", ends_on AS "endsOn", state, closed_on AS "closedOn", encode(content_sha256, 'hex') AS "contentSha256"
    FROM notices WHERE case_id = $1 ORDER BY notice_no`,
  objections: `SELECT id, notice_no AS "noticeNo", receipt_no AS "receiptNo", raised_on AS "raisedOn", state, decision, decided_on AS "decidedOn" FROM objections WHERE case_id = $1 ORDER BY id`,
  deadlines: `SELECT key, label, kind, from_date AS "from", count, unit, last_day AS "lastDay", provisional, status, ended_on AS "endedOn", cite, set_seq AS "setSeq", paused
    FROM deadlines WHERE case_id = $1 ORDER BY set_seq, key`,
  evidence: `SELECT kind, file_name AS "fileName", encode(sha256, 'hex') AS sha256, size_bytes AS "sizeBytes" FROM evidence WHERE case_id = $1 ORDER BY id`,
  funds: `SELECT id, code, fiscal_year AS "fiscalYear", name FROM funds
    WHERE id::text = ANY($1::text[]) ORDER BY id`,
  people: `SELECT id, display_name AS name, role FROM users WHERE id::text = ANY($1::text[]) ORDER BY id`,
} as const;

type Times<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]: number | null };

export type WitnessQuestion = {
  readonly caseId: string;
  /** one payment of the case; null: all */
  readonly payment: string | null;
  /** carry the lines of the case exactly as they were signed, and what shows that they were */
  readonly signedLines: boolean;
  readonly fundIds: readonly string[];
  readonly personIds: readonly string[];
};

/** Reads what stands beside the chain. Row security decides what the asking person gets. */
export async function readWitnesses(reader: RowReader, asked: WitnessQuestion): Promise<Witnesses> {
  const { caseId, payment } = asked;
  const ofPayment = <R extends object>(sql: string) => reader.read<R>(sql, [caseId, payment]);
  const ofCase = <R extends object>(sql: string) => reader.read<R>(sql, [caseId]);
  const transfers = await ofPayment<PacketTransfer>(queries.transfers);
  const batches = await readBatches(reader, asked);
  const attempts = await ofPayment<Times<PacketAttempt, 'sentAt' | 'answeredAt'>>(queries.attempts);
  const files = await ofPayment<Times<PacketFile, 'handedOverAt'>>(queries.files);
  const personIds = [
    ...asked.personIds,
    ...batches.flatMap(({ makerId, approvals }) => [makerId, ...approvals.map((each) => each.personId)]),
  ];
  return {
    transfers: transfers.map((row) => ({ ...row, accountMasked: maskAccount(row.accountMasked) })),
    batches,
    attempts: attempts.map((row) => ({ ...row, sentAt: instant(row.sentAt), answeredAt: instant(row.answeredAt) })),
    files: files.map((row) => ({ ...row, handedOverAt: instant(row.handedOverAt) })),
    statementLines: await ofPayment<PacketStatementLine>(queries.statementLines),
    setOffs: await ofPayment<PacketSetOffRow>(setOffRows),
    notices: await ofCase<PacketNotice>(queries.notices),
    objections: await ofCase<PacketObjection>(queries.objections),
    deadlines: await ofCase<PacketDeadline>(queries.deadlines),
    evidence: await ofCase<PacketEvidence>(queries.evidence),
    funds: await reader.read<PacketFund>(queries.funds, [asked.fundIds]),
    people: await reader.read<PacketPerson>(queries.people, [personIds]),
    checkpoint: await latestCheckpoint(reader),
  };
}

type BatchRow = Times<Omit<PacketBatch, 'approvals' | 'signedLines' | 'ownLines'>, 'submittedAt' | 'approvedAt'> & {
  readonly contentForm: ContentForm;
};

async function readBatches(reader: RowReader, asked: WitnessQuestion): Promise<PacketBatch[]> {
  const rows = await reader.read<BatchRow>(queries.batches, [asked.caseId, asked.payment]);
  const approvals = await reader.read<{ batchId: string; at: number } & Omit<PacketBatch['approvals'][number], 'at'>>(queries.approvals, [
    rows.map(({ id }) => id),
  ]);
  const batches: PacketBatch[] = [];
  for (const row of rows)
    batches.push({
      ...row,
      submittedAt: instant(row.submittedAt),
      approvedAt: instant(row.approvedAt),
      approvals: approvals
        .filter(({ batchId }) => batchId === row.id)
        .map(({ batchId: _, at, ...each }) => ({ ...each, at: formatInstant(at) })),
      ...(await readSigned(reader, row, asked)),
    });
  return batches;
}

/** What shows that the lines of the case were signed: with a tree the own lines alone, without one all lines of the batch. */
async function readSigned(
  reader: RowReader,
  batch: BatchRow,
  { caseId, payment, signedLines }: WitnessQuestion,
): Promise<Pick<PacketBatch, 'signedLines' | 'ownLines'>> {
  const tree = batch.contentForm === 2;
  if (!signedLines || (!tree && batch.lineCount > mostSignedLines)) return { signedLines: null, ownLines: null };
  const lines = await reader.read<BatchLine>(selectLines.text, [batch.id]);
  if (!tree) return { signedLines: lines, ownLines: null };
  const shown = linesShown(batch.state, lines);
  const { contentHash } = batch;
  // lines that are not those signed are carried as they are: the check finds that no path leads to the hash
  const signed = contentHash === null ? [] : (linesSigned({ ...batch, contentHash }, shown) ?? liveLines(shown));
  const stands = new Map(lines.map((line) => [line.transferId, line]));
  const own = lineProofs(signed, (line) => line.caseId === caseId && (payment === null || line.payment === payment));
  return { signedLines: null, ownLines: own.map((proof) => ({ ...proof, line: stands.get(proof.line.transferId) ?? proof.line })) };
}

/** A batch that was turned down keeps the hash of what was shown, and its lines say so. */
export const linesShown = (state: string, lines: readonly BatchLine[]): readonly BatchLine[] =>
  state === 'rejected' ? lines.map((line) => ({ ...line, state: 'draft' })) : lines;

const instant = (ms: number | null): string | null => (ms === null ? null : formatInstant(ms));
