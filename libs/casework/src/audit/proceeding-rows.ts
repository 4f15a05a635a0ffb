import type { RowReader } from './case-rows.js';
import { CaseStream, type StoredRow } from './case-stream.js';

const place = 'organisation_id, district';
const bytes = (column: string): string => `'\\x' || encode(${column}, 'hex') AS ${column}`;
/** SHA-256 of lines put one under the other, in hex: nothing of a person leaves the database. */
const digest = (line: string, order: string): string =>
  `encode(sha256(convert_to(coalesce(string_agg(${line}, E'\\n' ORDER BY ${order}), ''), 'UTF8')), 'hex')`;

/**
 * What a verification reads of the tables beside a case, by table. The rows of persons come as counts and digests: names, numbers and files
 * are never shown to the auditor's role.
 */
const selections = {
  deadlines: `SELECT case_id, set_seq, key, kind, from_date, count, unit, last_day, due_at, provisional, not_before, warn_on, status, ended_on, trace, paused, ${place} FROM deadlines`,
  tasks: `SELECT case_id, kind, role, state, due_on, urgent_on, opened_at, closed_at, ${place} FROM tasks WHERE case_id IS NOT NULL`,
  notices: `SELECT case_id, notice_no, public_no, posted_on, ends_on, working_days, content - 'people' - 'institution' AS content,
      sha256(convert_to(content::text, 'UTF8')) = content_sha256 AS sealed, state, closed_on, ${place} FROM notices`,
  objections: `SELECT case_id, id, notice_no, receipt_no, ground, raised_by, raised_on, state, decision, decided_by, decided_on, ${place} FROM objections`,
  holds: `SELECT case_id, reason, placed_by, placed_on, released_by, released_on, ${place} FROM holds`,
  classes: `SELECT case_id, name, planned_hours, starts_on, ends_on, ${place} FROM classes`,
  exclusion_claims: `SELECT case_id, source, exclusion_group, ${bytes('person_key')}, lower(period) AS from_day, upper(period) - 1 AS until_day, live, kept, cap_fen, fen, policy_id,
      others_only, permitted, counted, ${place} FROM exclusion_claims WHERE source <> 'roster'`,
  roster_claims: `SELECT case_id, exclusion_group, lower(period) AS from_day, upper(period) - 1 AS until_day, live, kept, cap_fen IS NULL AS uncapped, policy_id, others_only, permitted, counted, ${place},
      count(*) AS people, ${digest("encode(person_key, 'hex')", 'person_key')} AS keys FROM exclusion_claims WHERE source = 'roster' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13`,
  trainees: `SELECT case_id, ${place}, count(*) AS people, count(*) FILTER (WHERE result = 'qualified') AS qualified, count(*) FILTER (WHERE result IS NULL) AS unjudged,
      ${digest("concat_ws('|', row_no, encode(person_key, 'hex'), occupation, level, name_masked, id_masked)", 'row_no')} AS rows,
      ${digest("encode(person_key, 'hex')", 'person_key')} AS keys FROM trainees GROUP BY 1, 2, 3`,
  listed_people: `SELECT case_id, fact, period, row_no, column_name, ${bytes('person_key')}, ${place} FROM listed_people`,
  attendance: `SELECT case_id, day, session_no AS session, class_hours AS "classHours", present, encode(file_sha256, 'hex') AS file, ${place} FROM attendance`,
  acceptance_results: `SELECT r.case_id, r.attempt, encode(r.file_sha256, 'hex') AS file, r.organisation_id, r.district, count(*) FILTER (WHERE r.qualified) AS qualified,
      count(*) FILTER (WHERE t.result IS DISTINCT FROM CASE WHEN r.qualified THEN 'qualified' ELSE 'not-qualified' END) AS unlike,
      ${digest("concat_ws('|', r.trainee_id, r.qualified::text)", 'r.trainee_id')} AS rows
    FROM acceptance_results r LEFT JOIN trainees t ON t.id = r.trainee_id AND t.case_id = r.case_id GROUP BY 1, 2, 3, 4, 5`,
  evidence: 'SELECT case_id, kind, file, sealed, uploaded_by, organisation_id, district FROM audited_evidence()',
} as const;

export type ProceedingTable = keyof typeof selections;
export const proceedingTables = Object.keys(selections) as readonly ProceedingTable[];

/** Everything beside one case that its events wrote, by table. */
export type Proceedings = { readonly [T in ProceedingTable]: readonly StoredRow[] };

/** Reads the tables side by side, in step with the cases. `stray` hears of rows whose case does not exist. */
export class ProceedingReader {
  private readonly streams: ReadonlyMap<ProceedingTable, CaseStream>;

  constructor(reader: RowReader, stray: (table: string, caseId: string) => void) {
    this.streams = new Map(
      proceedingTables.map((table) => [
        table,
        new CaseStream(reader, `verify_${table}`, selections[table], (caseId) =>
          stray(table === 'roster_claims' ? 'exclusion_claims' : table, caseId),
        ),
      ]),
    );
  }

  /** Of the next case; cases are asked for in ascending order of their ids. */
  async of(caseId: string): Promise<Proceedings> {
    const rows: Partial<Record<ProceedingTable, readonly StoredRow[]>> = {};
    for (const [table, stream] of this.streams) rows[table] = await stream.of(caseId);
    return rows as Proceedings;
  }

  async end(): Promise<void> {
    for (const stream of this.streams.values()) await stream.end();
  }
}
