import { createHash } from 'node:crypto';
import { maskIdNumber, maskName } from '@tranche/identifiers';
import type { StandardsTable } from '@tranche/policies';
import { type FieldKeys, personKey, type RandomBytes, sealField } from '../field-cipher.js';
import {
  attendanceColumns,
  type ClassPeriod,
  mergeSessions,
  type Progress,
  progressOf,
  readAttendance,
  type Session,
} from './attendance.js';
import { loadSessions } from './class-store.js';
import { type EvidenceKind, storeEvidence } from './evidence-store.js';
import type { HeadCount } from './head-count.js';
import type { ReadLimits } from './limits.js';
import { storeAttendance, storeResults } from './list-stores.js';
import { type ImportRefusal, type ImportReport, refuseFile } from './refusals.js';
import { type EnrolledTrainee, readResults, resultColumns } from './results.js';
import { type RosterPerson, readRoster, rosterColumns } from './roster.js';
import { type ClaimScope, claimPeople, findConflicts, releaseClaims, type SealedTrainee, storeRoster } from './roster-store.js';
import { emptyReport, type FileIdentity } from './row-problems.js';
import { attendanceDigest, resultsDigest, rosterDigest } from './rows-digest.js';
import { type Column, readTable, type Table } from './table.js';
import type { CasePlace, Tx } from './tx.js';

/** What every import needs to know: whose case, which file, who brought it, and where ids come from. */
export type ImportContext = CasePlace & {
  readonly fileName: string;
  readonly uploadedBy: string;
  /** ISO instant */
  readonly recordedAt: string;
  readonly newId: () => string;
  readonly limits?: ReadLimits;
};

export type RosterContext = ImportContext & {
  readonly keys: FieldKeys;
  readonly randomBytes: RandomBytes;
  /** occupations and levels of the case's terms; without it any occupation is taken */
  readonly standards?: StandardsTable;
  readonly claims: ClaimScope;
};

export type AttendanceContext = ImportContext & {
  readonly period: ClassPeriod;
  /** the legal today; nothing after it can have been held */
  readonly asOf: string;
  /** from `loadSessions` */
  readonly recorded: readonly Session[];
};

export type ResultsContext = ImportContext & {
  readonly keys: FieldKeys;
  /** from `loadEnrolled` */
  readonly roster: readonly EnrolledTrainee[];
  /** number of the inspection, from 1 */
  readonly attempt: number;
};

/** `stored` rows were written, and the file itself as evidence. */
export type Applied = { readonly ok: true; readonly stored: number };

/**
 * A file that passed every check of its own. `event` is the data of `roster.imported`, `attendance.imported` or
 * `results.imported`; `apply` writes the rows in the transaction of that event and may still refuse (then roll back).
 */
export type Prepared<Facts> = {
  readonly ok: true;
  readonly event: { readonly fileSha256: string; readonly rowsSha256?: string; readonly facts: Facts };
  readonly report: ImportReport;
  readonly apply: (tx: Tx) => Promise<Applied | ImportRefusal>;
};

/**
 * Reads and checks a class roster and seals its people. `apply` replaces an earlier roster of the draft, releases its claims and
 * claims the people for the class period; an overlapping class elsewhere is refused with row and reason.
 * A lost race throws (see `isExclusionRace`): run the transaction again.
 */
export async function prepareRoster(
  bytes: Uint8Array,
  context: RosterContext,
): Promise<Prepared<{ enrolled: HeadCount[] }> | ImportRefusal> {
  const file = fileOf(bytes, context);
  const table = await tableOf(bytes, context, file, rosterColumns);
  if (!table.ok) return table;
  const { people, enrolled, problems } = readRoster(table.rows, context.standards);
  if (problems.count > 0) return problems.refusal(file, table.rows.length);
  const sealed = people.map((person) => sealPerson(person, context));
  const report = problems.report(file, table.rows.length);
  const apply = async (tx: Tx): Promise<Applied | ImportRefusal> => {
    await releaseClaims(tx, context.caseId);
    const conflicts = await findConflicts(tx, context.caseId, sealed, context.claims);
    if (conflicts.count > 0) return conflicts.refusal(file, sealed.length);
    await storeRoster(tx, context, sealed);
    await claimPeople(tx, context, sealed, context.claims, context.newId);
    return keepFile(tx, context, bytes, 'roster', report, sealed.length);
  };
  const event = { fileSha256: file.fileSha256, rowsSha256: rosterDigest(sealed), facts: { enrolled: [...enrolled] } };
  return { ok: true, event, report, apply };
}

/**
 * Reads and checks an attendance list (.csv). Progress counts everything held so far: stored sessions, extended and replaced by these.
 * `apply` refuses when the stored sessions are no longer those that were counted.
 */
export async function prepareAttendance(
  bytes: Uint8Array,
  context: AttendanceContext,
): Promise<(Prepared<{ completedHours: number }> & { readonly progress: Progress }) | ImportRefusal> {
  const file = fileOf(bytes, context);
  const table = await tableOf(bytes, context, file, attendanceColumns, ['csv']);
  if (!table.ok) return table;
  const { sessions, problems } = readAttendance(table.rows, context.period, context.asOf, context.recorded);
  if (problems.count > 0) return problems.refusal(file, table.rows.length);
  const merged = mergeSessions(context.recorded, sessions);
  const progress = progressOf(merged, context.period.plannedHours);
  const rowsSha256 = attendanceDigest(merged);
  const report = problems.report(file, table.rows.length);
  const apply = async (tx: Tx): Promise<Applied | ImportRefusal> => {
    const now = mergeSessions(await loadSessions(tx, context.caseId), sessions);
    if (attendanceDigest(now) !== rowsSha256) return { ...attendanceChanged, report: emptyReport(file) };
    await storeAttendance(tx, context, sessions, file.fileSha256);
    return keepFile(tx, context, bytes, 'attendance', report, sessions.length);
  };
  const event = { fileSha256: file.fileSha256, rowsSha256, facts: { completedHours: progress.completedHours } };
  return { ok: true, event, progress, report, apply };
}

/** Reads and checks the results of one inspection against the stored roster. Who is not listed did not qualify. */
export async function prepareResults(
  bytes: Uint8Array,
  context: ResultsContext,
): Promise<Prepared<{ qualified: HeadCount[] }> | ImportRefusal> {
  const file = fileOf(bytes, context);
  const table = await tableOf(bytes, context, file, resultColumns);
  if (!table.ok) return table;
  const keyOf = (idNumber: string) => personKey(context.keys, idNumber).toString('hex');
  const { results, qualified, problems } = readResults(table.rows, context.roster, keyOf);
  if (problems.count > 0) return problems.refusal(file, table.rows.length);
  const report = problems.report(file, table.rows.length);
  const apply = async (tx: Tx): Promise<Applied> => {
    await storeResults(tx, context, context.attempt, results, file.fileSha256);
    return keepFile(tx, context, bytes, 'results', report, results.length);
  };
  const event = { fileSha256: file.fileSha256, rowsSha256: resultsDigest(results), facts: { qualified: [...qualified] } };
  return { ok: true, event, report, apply };
}

const attendanceChanged = refuseFile(
  'attendance-changed',
  '另一份考勤表刚刚存入，累计课时已变。请核对后再次上传。',
  'Another attendance list was stored just now and the hours have changed. Check and upload again.',
);

export function fileOf(bytes: Uint8Array, { fileName }: ImportContext): FileIdentity {
  const plainName = fileName.replace(/\p{Cc}/gu, '').slice(-200);
  return { fileName: plainName, fileSha256: createHash('sha256').update(bytes).digest('hex') };
}

export async function tableOf<Field extends string>(
  bytes: Uint8Array,
  { fileName, limits }: ImportContext,
  file: FileIdentity,
  columns: readonly Column<Field>[],
  kinds?: readonly ('xlsx' | 'csv')[],
): Promise<Table<Field> | ImportRefusal> {
  const options = { fileName, ...(limits && { limits }), ...(kinds && { kinds }) };
  const table = await readTable(bytes, options, columns);
  return table.ok ? table : { ...table, report: emptyReport(file) };
}

function sealPerson({ row, name, idNumber, occupation, level }: RosterPerson, { keys, randomBytes, newId }: RosterContext): SealedTrainee {
  const id = newId();
  return {
    id,
    row,
    nameCipher: sealField(keys, name, namePlace(id), randomBytes).sealed,
    nameMasked: maskName(name),
    idCipher: sealField(keys, idNumber, idNumberPlace(id), randomBytes).sealed,
    idMasked: maskIdNumber(idNumber),
    personKey: personKey(keys, idNumber),
    keyId: keys.currentKeyId,
    occupation,
    level,
  };
}

/** The `place` under which a trainee's name is sealed; needed to open it again. */
export const namePlace = (traineeId: string): string => `trainees.name_cipher:${traineeId}`;
/** The `place` under which a trainee's identity number is sealed. */
export const idNumberPlace = (traineeId: string): string => `trainees.id_cipher:${traineeId}`;

export async function keepFile(
  tx: Tx,
  context: ImportContext,
  bytes: Uint8Array,
  kind: EvidenceKind,
  report: ImportReport,
  stored: number,
): Promise<Applied> {
  const { fileName, uploadedBy, recordedAt } = context;
  await storeEvidence(tx, context, {
    id: context.newId(),
    kind,
    fileName,
    bytes,
    sha256: report.fileSha256,
    report,
    uploadedBy,
    recordedAt,
  });
  return { ok: true, stored };
}
