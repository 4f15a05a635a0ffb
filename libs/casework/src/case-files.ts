import { dateOf, formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import { caseView } from '@tranche/machines';
import type { Facts, StandardsTable, Terms } from '@tranche/policies';
import type { Answer } from './command.js';
import { legalNow } from './deadlines.js';
import { dispatch } from './dispatch.js';
import { rosterGroups } from './exclusions.js';
import type { FieldKeys, RandomBytes } from './field-cipher.js';
import type { House } from './house.js';
import {
  type ClassPeriod,
  type ImportContext,
  type ImportRefusal,
  type ImportReport,
  loadEnrolled,
  loadSessions,
  type Prepared,
  prepareAttendance,
  prepareResults,
  prepareRoster,
  type Tx,
} from './imports/index.js';
import { type Refused, refuse } from './refusal.js';

export type { ImportReport } from './imports/index.js';

export type ImportKind = 'roster' | 'attendance' | 'results';

/** A file brought for a case, with the key and fingerprint of its request. */
export type BroughtFile = {
  readonly caseId: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly key: string;
  readonly requestSha256: string;
};

/** What sealing personal fields needs. */
export type Sealing = { readonly keys: FieldKeys; readonly randomBytes: RandomBytes };

export type Imported = { readonly answer: Answer; readonly report: ImportReport | null };

type CaseRow = {
  organisation_id: string;
  district: string;
  case_no: string;
  policy_id: string;
  policy_version: string;
  jurisdiction: string;
  terms: Terms;
  snapshot: Parameters<typeof caseView>[1];
  facts: Facts;
  known: boolean;
  version: number;
};

/**
 * Reads a spreadsheet, and if every row is good lets the case hear what it says; rows, file and event commit together.
 * A refusal lists the rows with reasons and leaves nothing behind. The same request again gets the stored answer.
 */
export async function importFile(house: House, sealing: Sealing, actor: Actor, file: BroughtFile): Promise<Imported> {
  const found = await readCase(house, actor, file);
  if (found === null)
    return {
      answer: refuse('case-not-found', '没有此案件，或不属于您可见的范围。', 'There is no such case that you may see.'),
      report: null,
    };
  if (found.known) return replayed(house, actor, file);
  const ready = await prepare(house, sealing, actor, file, found);
  if (!ready.ok) return 'report' in ready ? { answer: refusedRows(ready), report: ready.report } : { answer: ready, report: null };
  return tell(house, actor, file, found, ready);
}

async function readCase(house: House, actor: Actor, { caseId, key }: BroughtFile): Promise<CaseRow | null> {
  const [row] = await house.database.read<CaseRow>(
    actor,
    `SELECT c.organisation_id, c.district, c.case_no, c.version, c.policy_id, c.policy_version, c.jurisdiction, (SELECT t.terms FROM case_terms t WHERE t.sha256 = c.terms_sha256) AS terms, c.snapshot,
       coalesce((SELECT facts FROM case_facts f WHERE f.case_id = c.id ORDER BY seq DESC LIMIT 1), '{}') AS facts,
       EXISTS (SELECT FROM commands WHERE actor = $2 AND key = $3) AS known
     FROM cases c WHERE c.id = $1`,
    [caseId, actor.userId, key],
  );
  return row ?? null;
}

/** The one door knows the key: it answers from memory, or refuses another content under it. */
async function replayed(house: House, actor: Actor, file: BroughtFile): Promise<Imported> {
  const data = { fileSha256: file.sha256, facts: {} };
  const answer = await dispatch(house, actor, { ...commandOf(file), data });
  const [kept] = await house.database.read<{ report: ImportReport | null }>(
    actor,
    'SELECT report FROM evidence WHERE case_id = $1 AND sha256 = $2 AND kind = $3 ORDER BY id DESC LIMIT 1',
    [file.caseId, Buffer.from(file.sha256, 'hex'), file.kind],
  );
  return { answer, report: answer.ok ? (kept?.report ?? null) : null };
}

const commandOf = ({ caseId, kind, key, requestSha256 }: BroughtFile) => ({
  caseId,
  type: `${kind}.imported`,
  key,
  requestSha256,
  cause: 'import' as const,
});

type Ready = Pick<Prepared<object>, 'ok' | 'event' | 'report' | 'apply'>;

async function prepare(
  house: House,
  sealing: Sealing,
  actor: Actor,
  file: BroughtFile,
  found: CaseRow,
): Promise<Ready | ImportRefusal | Refused> {
  const context = contextOf(house, actor, file, found);
  const { policy, machine } = house.policies.of({
    policyId: found.policy_id,
    policyVersion: found.policy_version,
    jurisdiction: found.jurisdiction,
  });
  const period = periodOf(found.facts);
  if (period === null && file.kind !== 'results') return periodMissing;
  if (file.kind === 'roster') {
    const standards = found.terms['standards']?.value as StandardsTable | undefined;
    const claims = { policyId: policy.id, groups: rosterGroups(policy, found.terms), period: period as ClassPeriod };
    return prepareRoster(file.bytes, { ...context, ...sealing, claims, ...(standards === undefined ? {} : { standards }) });
  }
  if (file.kind === 'attendance') {
    const recorded = await readAs(house, actor, (tx) => loadSessions(tx, file.caseId));
    return prepareAttendance(file.bytes, { ...context, period: period as ClassPeriod, asOf: dateOf(await legalNow(house)), recorded });
  }
  const roster = await readAs(house, actor, (tx) => loadEnrolled(tx, file.caseId));
  const attempt = caseView(machine, found.snapshot).attempts.failed + 1;
  return prepareResults(file.bytes, { ...context, keys: sealing.keys, roster, attempt });
}

const contextOf = (house: House, actor: Actor, file: BroughtFile, found: CaseRow): ImportContext => ({
  caseId: file.caseId,
  organisationId: found.organisation_id,
  district: found.district,
  fileName: file.fileName,
  uploadedBy: actor.userId,
  recordedAt: formatInstant(house.systemNow()),
  newId: house.newId,
});

const readAs = <T>(house: House, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => house.database.transaction(actor, work);

/** The filed class, as the facts of the case say it. */
function periodOf(facts: Facts): ClassPeriod | null {
  const { plannedHours, startsOn, endsOn } = facts;
  const hours = Number(plannedHours);
  return typeof startsOn === 'string' && typeof endsOn === 'string' && hours > 0 && startsOn <= endsOn
    ? { plannedHours: hours, startsOn, endsOn }
    : null;
}

const periodMissing = refuse(
  'facts-invalid',
  '请先填报计划课时和开班、结班日期，再上传名单。',
  'Record the planned class hours and the first and last day of the class before uploading lists.',
  {
    errors: [
      {
        field: 'facts.plannedHours',
        code: 'fact-missing',
        message: { zh: '计划课时、开班日期、结班日期', en: 'plannedHours, startsOn, endsOn' },
      },
    ],
  },
);

export const refusedRows = ({ message, code, report }: ImportRefusal): Refused => ({
  ...refuse('import-refused', message.zh, message.en),
  errors:
    report.problems.length === 0
      ? [{ field: 'file', code, message }]
      : report.problems
          .slice(0, 100)
          .map((problem) => ({ field: `file.row[${problem.row}].${problem.field}`, code: problem.code, message: problem.message })),
});

async function tell(house: House, actor: Actor, file: BroughtFile, found: CaseRow, ready: Ready): Promise<Imported> {
  let report = ready.report;
  const apply = async (tx: Tx): Promise<Refused | undefined> => {
    if (file.kind === 'roster') await fileClass(tx, house, file, found);
    const applied = await ready.apply(tx);
    if (applied.ok) return undefined;
    report = applied.report;
    return refusedRows(applied);
  };
  // which inspection the results belong to, and on which days a roster is taught, was read before the lock
  const expected = file.kind === 'attendance' ? {} : { expectedVersion: found.version };
  const answer = await dispatch(house, actor, { ...commandOf(file), data: ready.event, apply, ...expected });
  return { answer, report };
}

/** The class of the roster, for whoever asks the tables. */
async function fileClass(tx: Tx, house: House, { caseId }: BroughtFile, found: CaseRow): Promise<void> {
  const { plannedHours, startsOn, endsOn } = periodOf(found.facts) as ClassPeriod;
  await tx.query(
    `INSERT INTO classes (id, case_id, organisation_id, district, name, planned_hours, starts_on, ends_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (case_id) DO UPDATE SET planned_hours = excluded.planned_hours, starts_on = excluded.starts_on, ends_on = excluded.ends_on`,
    [house.newId(), caseId, found.organisation_id, found.district, found.case_no, plannedHours, startsOn, endsOn],
  );
}
