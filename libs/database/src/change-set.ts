import type { ClientBase } from 'pg';
import { columnArrays, type RowColumn, rowColumns, unnested } from './column-arrays.js';
import { type RoundTripStatement, roundTrip } from './round-trip.js';

/** A row as JSON: money and bigints as decimal strings, bytes as `\x…` hex, dates and instants as ISO strings. */
export type Row = Readonly<Record<string, unknown>>;

/** Everything one transaction writes, by statement; `commitChanges` sends it as one data-modifying statement. */
export type ChangeSet = { [S in StatementName]?: Row[] };
export type StatementName = keyof typeof statements;

type Statement = {
  readonly columns: string;
  readonly sql: (rows: string) => string;
  /** every given row must hit exactly one row in the table; otherwise somebody else was faster and nothing may stand */
  readonly exact: boolean;
};

const insert = (table: string, columns: string): Statement => {
  const names = columns
    .split(',')
    .map((column) => column.trim().split(' ')[0])
    .join(', ');
  return { columns, exact: true, sql: (rows) => `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${rows}` };
};
const update = (columns: string, sql: (rows: string) => string, exact = true): Statement => ({ columns, sql, exact });

const place = 'organisation_id uuid, district text';

/** In the global lock order: cases, disbursements, transfers, batches, balances. */
const statements = {
  openCases: insert(
    'cases',
    `id uuid, case_no text, policy_id text, policy_version text, jurisdiction text, machine_hash text, terms_sha256 bytea, ${place}, payee_account_id uuid, state text, standing text, snapshot json, version int, head_hash bytea, last_at timestamptz, opened_on date, opened_by text, recorded_at timestamptz`,
  ),
  moveCases: update(
    'id uuid, version int, state text, standing text, snapshot json, head_hash bytea, last_at timestamptz, from_version int',
    (rows) =>
      `UPDATE cases c SET version = r.version, state = r.state, standing = r.standing, snapshot = r.snapshot, head_hash = r.head_hash, last_at = r.last_at
       FROM ${rows} WHERE c.id = r.id AND c.version = r.from_version`,
  ),
  // a migration of a running case; a trigger demands the event that says who agreed
  migrateCases: update(
    'id uuid, version int, policy_version text, machine_hash text, terms_sha256 bytea, state text, standing text, snapshot json, head_hash bytea, last_at timestamptz, from_version int',
    (rows) =>
      `UPDATE cases c SET version = r.version, policy_version = r.policy_version, machine_hash = r.machine_hash, terms_sha256 = r.terms_sha256, state = r.state, standing = r.standing,
         snapshot = r.snapshot, head_hash = r.head_hash, last_at = r.last_at
       FROM ${rows} WHERE c.id = r.id AND c.version = r.from_version`,
  ),
  events: insert(
    'case_events',
    `case_id uuid, seq int, type text, data jsonb, stamp jsonb, actor text, role text, cause text, occurred_on date, at timestamptz, recorded_at timestamptz, alg text, prev_hash bytea, hash bytea, ${place}`,
  ),
  facts: insert('case_facts', `case_id uuid, seq int, facts jsonb, ${place}`),
  duties: update(
    `case_id uuid, duty text, person_id uuid, seq int, ${place}`,
    (rows) =>
      `INSERT INTO case_duties (case_id, duty, person_id, seq, organisation_id, district) SELECT case_id, duty, person_id, seq, organisation_id, district FROM ${rows}
       ON CONFLICT (case_id, duty, person_id) DO NOTHING`,
    false,
  ),
  commands: insert(
    'commands',
    'actor text, key text, request_sha256 bytea, case_id uuid, seq int, status int, answer jsonb, recorded_at timestamptz',
  ),
  openTasks: update(
    `id uuid, case_id uuid, kind text, role text, label jsonb, due_on date, opened_at timestamptz, ${place}`,
    (rows) =>
      `INSERT INTO tasks (id, case_id, kind, role, label, state, due_on, opened_at, organisation_id, district)
       SELECT id, case_id, kind, role, label, 'open', due_on, opened_at, organisation_id, district FROM ${rows}
       ON CONFLICT (case_id, kind) WHERE state IN ('open', 'claimed') DO NOTHING`,
    false,
  ),
  closeTasks: update(
    'case_id uuid, kind text, closed_at timestamptz',
    (rows) =>
      `UPDATE tasks t SET state = 'done', closed_at = r.closed_at FROM ${rows}
       WHERE t.case_id = r.case_id AND t.kind = r.kind AND t.state IN ('open', 'claimed')`,
    false,
  ),
  // before its successor: one live deadline per case and key
  endDeadlines: update(
    'id uuid, status text, ended_on date, trace jsonb',
    (rows) =>
      `UPDATE deadlines d SET status = r.status, ended_on = r.ended_on, trace = coalesce(d.trace, '[]'::jsonb) || r.trace FROM ${rows}
       WHERE d.id = r.id AND d.status IN ('running', 'suspected')`,
  ),
  setDeadlines: insert(
    'deadlines',
    `id uuid, case_id uuid, key text, label jsonb, kind text, from_date date, count int, unit text, last_day date, due_at timestamptz, provisional bool, not_before date, warn_on date, status text, ended_on date, cite jsonb, trace jsonb, set_seq int, paused jsonb, ${place}`,
  ),
  postNotices: update(
    `id uuid, case_id uuid, notice_no int, public_no text, posted_on date, ends_on date, working_days int, content jsonb, ${place}`,
    // the trainees' masked names are frozen into the notice; what was shown is provable by its hash
    (rows) =>
      `INSERT INTO notices (id, case_id, notice_no, public_no, posted_on, ends_on, working_days, content, content_sha256, state, organisation_id, district)
       SELECT r.id, r.case_id, r.notice_no, r.public_no, r.posted_on, r.ends_on, r.working_days, c.content, sha256(convert_to(c.content::text, 'UTF8')), 'posted', r.organisation_id, r.district
       FROM ${rows} JOIN organisations o ON o.id = r.organisation_id CROSS JOIN LATERAL (
         SELECT r.content || jsonb_build_object('institution', o.name, 'people', coalesce((
           SELECT jsonb_agg(jsonb_build_object('name', t.name_masked, 'idNumber', t.id_masked, 'occupation', t.occupation, 'level', t.level) ORDER BY t.row_no)
           FROM trainees t WHERE t.case_id = r.case_id AND t.result IS DISTINCT FROM 'not-qualified'), '[]'::jsonb)) AS content) c`,
  ),
  closeNotices: update(
    'case_id uuid, notice_no int, state text, closed_on date',
    (rows) =>
      `UPDATE notices n SET state = r.state, closed_on = r.closed_on FROM ${rows} WHERE n.case_id = r.case_id AND n.notice_no = r.notice_no AND n.state = 'posted'`,
  ),
  raiseObjections: insert(
    'objections',
    `id uuid, case_id uuid, notice_no int, receipt_no text, ground text, raised_by text, raised_on date, state text, ${place}`,
  ),
  decideObjections: update(
    'id uuid, state text, decision text, decided_by text, decided_on date',
    (rows) =>
      `UPDATE objections o SET state = r.state, decision = r.decision, decided_by = r.decided_by, decided_on = r.decided_on FROM ${rows} WHERE o.id = r.id AND o.state = 'open'`,
  ),
  placeHolds: insert('holds', `id uuid, case_id uuid, reason text, placed_by text, placed_on date, ${place}`),
  releaseHolds: update(
    'case_id uuid, released_by text, released_on date',
    (rows) =>
      `UPDATE holds h SET released_by = r.released_by, released_on = r.released_on FROM ${rows} WHERE h.case_id = r.case_id AND h.released_on IS NULL`,
    false,
  ),
  moveClasses: update(
    'case_id uuid, starts_on date, ends_on date, planned_hours int',
    (rows) =>
      `UPDATE classes k SET starts_on = r.starts_on, ends_on = r.ends_on, planned_hours = coalesce(r.planned_hours, k.planned_hours) FROM ${rows} WHERE k.case_id = r.case_id`,
    false,
  ),
  // live or not: a claim that comes to life again is for the days the class has then
  moveClaims: update(
    'case_id uuid, starts_on date, ends_on date',
    (rows) =>
      `UPDATE exclusion_claims e SET period = daterange(r.starts_on, r.ends_on, '[]') FROM ${rows}
       WHERE e.case_id = r.case_id AND e.source = 'roster' AND e.period <> daterange(r.starts_on, r.ends_on, '[]')`,
    false,
  ),
  releaseClaims: update(
    'case_id uuid',
    (rows) => `UPDATE exclusion_claims e SET live = false FROM ${rows} WHERE e.case_id = r.case_id AND e.live`,
    false,
  ),
  reviveClaims: update(
    'case_id uuid',
    // the latest claim of everybody still on the roster; one that lives elsewhere by now stops it (exclusion_claims_no_overlap)
    (rows) =>
      `UPDATE exclusion_claims e SET live = true WHERE NOT e.live AND e.id IN (
         SELECT DISTINCT ON (x.person_key, x.exclusion_group, x.case_id) x.id FROM ${rows} JOIN exclusion_claims x ON x.case_id = r.case_id
         JOIN trainees t ON t.case_id = x.case_id AND t.person_key = x.person_key ORDER BY x.person_key, x.exclusion_group, x.case_id, x.id DESC)`,
    false,
  ),
  // claims by key, of the case or of a period: made once, and made to live again where they stand already
  takeKeys: update(
    `id uuid, case_id uuid, source text, exclusion_group text, person_key bytea, from_day date, until_day date, cap_fen bigint, fen bigint,
     policy_id text, others_only boolean, permitted boolean, counted boolean, ${place}`,
    (rows) =>
      `INSERT INTO exclusion_claims AS e (id, case_id, source, exclusion_group, person_key, period, live, kept, cap_fen, fen, policy_id, others_only, permitted, counted, organisation_id, district)
       SELECT id, case_id, source, exclusion_group, person_key, daterange(from_day, until_day, '[]'), true, true, cap_fen, fen, policy_id, others_only, permitted, counted, organisation_id, district
       FROM ${rows} ORDER BY exclusion_group, person_key
       ON CONFLICT (case_id, source, exclusion_group, person_key, period) WHERE source <> 'roster'
       DO UPDATE SET live = true, kept = true, cap_fen = excluded.cap_fen, fen = excluded.fen,
         policy_id = excluded.policy_id, others_only = excluded.others_only, permitted = excluded.permitted
       WHERE (e.live, e.kept, e.cap_fen, e.fen, e.others_only, e.permitted)
         IS DISTINCT FROM (true, true, excluded.cap_fen, excluded.fen, excluded.others_only, excluded.permitted)`,
    false,
  ),
  // of a period that is rescinded: others may have it; granted anew, it is claimed anew
  dropKeys: update(
    'case_id uuid, source text',
    (rows) =>
      `UPDATE exclusion_claims e SET live = false, kept = false FROM ${rows} WHERE e.case_id = r.case_id AND e.source = r.source AND e.kept`,
    false,
  ),
  reviveKeys: update(
    'case_id uuid, but text',
    (rows) =>
      `UPDATE exclusion_claims e SET live = true FROM ${rows}
       WHERE e.case_id = r.case_id AND e.kept AND NOT e.live AND e.source NOT IN ('roster', r.but)`,
    false,
  ),
  openRecoveries: insert(
    'recoveries',
    `id uuid, case_id uuid, recovery_no int, demanded_fen bigint, reason jsonb, cite jsonb, state text, opened_on date, ${place}`,
  ),
  moveRecoveries: update(
    'case_id uuid, recovery_no int, state text, closed_on date, demanded_on date, instalments jsonb',
    (rows) =>
      `UPDATE recoveries v SET state = r.state, closed_on = r.closed_on, demanded_on = coalesce(r.demanded_on, v.demanded_on),
         instalments = coalesce(r.instalments, v.instalments)
       FROM ${rows} WHERE v.case_id = r.case_id AND v.recovery_no = r.recovery_no AND v.state <> 'closed'`,
  ),
  recoveryReceipts: update(
    'id uuid, case_id uuid, kind text, amount_fen bigint, on_date date, reference text, recorded_by text, recorded_at timestamptz',
    (rows) =>
      `INSERT INTO recovery_receipts (id, recovery_id, case_id, kind, amount_fen, on_date, reference, recorded_by, recorded_at)
       SELECT r.id, v.id, r.case_id, r.kind, r.amount_fen, r.on_date, r.reference, r.recorded_by, r.recorded_at
       FROM ${rows} JOIN LATERAL (SELECT id FROM recoveries WHERE case_id = r.case_id ORDER BY recovery_no DESC LIMIT 1) v ON true`,
  ),
  setOffs: update(
    `id uuid, case_id uuid, paying_case_id uuid, payment text, disbursement_id uuid, fund_id uuid, amount_fen bigint, on_date date, recorded_at timestamptz, ${place}`,
    (rows) =>
      `INSERT INTO set_offs (id, recovery_id, case_id, paying_case_id, payment, disbursement_id, fund_id, amount_fen, state, on_date, recorded_at, organisation_id, district)
       SELECT r.id, v.id, r.case_id, r.paying_case_id, r.payment, r.disbursement_id, r.fund_id, r.amount_fen, 'active', r.on_date, r.recorded_at, r.organisation_id, r.district
       FROM ${rows} JOIN LATERAL (SELECT id FROM recoveries WHERE case_id = r.case_id ORDER BY recovery_no DESC LIMIT 1) v ON true`,
  ),
  moveSetOffs: update(
    'id uuid, from_state text, state text, ended_on date',
    (rows) => `UPDATE set_offs s SET state = r.state, ended_on = r.ended_on FROM ${rows} WHERE s.id = r.id AND s.state = r.from_state`,
  ),
  requestDisbursements: insert(
    'disbursements',
    `id uuid, case_id uuid, payment text, round int, amount_fen bigint, fund_id uuid, fund_shares text, payee_account_id uuid, state text, requested_on date, ${place}, version int`,
  ),
  moveDisbursements: update(
    'id uuid, from_state text, state text, settled_on date',
    (rows) =>
      `UPDATE disbursements d SET state = r.state, settled_on = coalesce(r.settled_on, d.settled_on), version = d.version + 1 FROM ${rows} WHERE d.id = r.id AND d.state = r.from_state`,
  ),
  unbatchDisbursements: update(
    'id uuid',
    (rows) =>
      `UPDATE disbursements d SET batch_id = NULL, version = d.version + 1 FROM ${rows} WHERE d.id = r.id AND d.state = 'requested'`,
  ),
  moveTransfers: update(
    'id uuid, from_state text, state text, bank_reference text, reason text, sent_on date, settled_on date, lease_until timestamptz, next_inquiry_at timestamptz, inquiries int, updated_at timestamptz',
    (rows) =>
      `UPDATE transfers t SET state = r.state, bank_reference = coalesce(r.bank_reference, t.bank_reference), reason = coalesce(r.reason, t.reason), settled_on = coalesce(r.settled_on, t.settled_on),
         sent_on = coalesce(t.sent_on, r.sent_on), lease_until = r.lease_until, next_inquiry_at = r.next_inquiry_at, inquiries = coalesce(r.inquiries, t.inquiries), updated_at = r.updated_at
       FROM ${rows} WHERE t.id = r.id AND t.state = r.from_state`,
  ),
  // the account of the transfer as it was paid; the first refusal is remembered
  doubtAccounts: update(
    'transfer_id uuid, code text, reason text, recorded_at timestamptz',
    (rows) =>
      `INSERT INTO payee_account_doubts (payee_account_id, transfer_id, code, reason, recorded_at)
       SELECT d.payee_account_id, r.transfer_id, r.code, r.reason, r.recorded_at FROM ${rows} JOIN transfers t ON t.id = r.transfer_id JOIN disbursements d ON d.id = t.disbursement_id
       ON CONFLICT (payee_account_id) DO NOTHING`,
    false,
  ),
  attempts: insert(
    'attempts',
    'id uuid, transfer_id uuid, attempt_no int, instr_id text, request bytea, request_sha256 bytea, sent_at timestamptz',
  ),
  answerAttempts: update(
    'transfer_id uuid, attempt_no int, response bytea, outcome text, answered_at timestamptz',
    (rows) =>
      `UPDATE attempts a SET response = r.response, outcome = r.outcome, answered_at = r.answered_at FROM ${rows} WHERE a.transfer_id = r.transfer_id AND a.attempt_no = r.attempt_no`,
  ),
  // a statement line is the booking of a transfer, or what two persons say it is; one that was matched meanwhile stays as it is
  matchLines: update(
    'line_id uuid, kind text, transfer_id uuid, recovery_id uuid, appropriation_id uuid, receipt_id uuid, rule text, proposal_id uuid, matched_by text, recorded_at timestamptz',
    (rows) =>
      `INSERT INTO matches (line_id, kind, transfer_id, recovery_id, appropriation_id, receipt_id, rule, proposal_id, matched_by, recorded_at)
       SELECT line_id, kind, transfer_id, recovery_id, appropriation_id, receipt_id, rule, proposal_id, matched_by, recorded_at FROM ${rows} ON CONFLICT DO NOTHING`,
    false,
  ),
  postings: insert(
    'postings',
    `id uuid, fund_id uuid, book text, event_type text, event_id text, business_date date, case_id uuid, batch_id uuid, ${place}, recorded_at timestamptz`,
  ),
  entries: update(
    'posting_id uuid, line_no int, fund_id uuid, book text, code text, amount_fen bigint',
    (rows) =>
      `INSERT INTO entries (posting_id, line_no, account_id, amount_fen)
       SELECT r.posting_id, r.line_no, a.id, r.amount_fen FROM ${rows} JOIN accounts a ON a.fund_id = r.fund_id AND a.book = r.book AND a.code = r.code`,
  ),
  outbox: insert('outbox', 'kind text, case_id uuid, subject uuid, params jsonb, due_at timestamptz, recorded_at timestamptz'),
  notifications: insert(
    'notifications',
    'id uuid, case_id uuid, audience_role text, organisation_id uuid, kind text, text jsonb, recorded_at timestamptz',
  ),
} as const satisfies Record<string, Statement>;

const order = Object.keys(statements) as StatementName[];
const texts = new Map<string, string>();

/** From so many rows on they are sent as arrays: to begin with an array costs the server more than a short JSON text, each row much less. */
const MANY = 16;

const columnsOf = new Map<StatementName, readonly RowColumn[]>(order.map((name) => [name, rowColumns(statements[name].columns)]));

/** Whence a statement takes its rows, and how many they are; its first parameter is `$first`, `next` is the one behind its last. */
type Source = { readonly rows: string; readonly given: string; readonly next: number };

function sourceOf(name: StatementName, first: number, many: boolean): Source {
  if (!many)
    return {
      rows: `jsonb_to_recordset($${first}::jsonb) AS r(${statements[name].columns})`,
      given: `jsonb_array_length($${first}::jsonb)`,
      next: first + 1,
    };
  const columns = columnsOf.get(name) ?? [];
  return {
    rows: unnested(columns, first),
    given: `cardinality($${first}::${columns[0]?.type}[])`,
    next: first + columns.length,
  };
}

const hit = (name: StatementName): string => `(SELECT count(*)::int FROM "${name}")`;

function statementFor(names: readonly StatementName[], many: boolean): string {
  const key = `${many} ${names.join('+')}`;
  const known = texts.get(key);
  if (known) return known;
  const parts: string[] = [];
  // a guard that fails aborts the transaction, so the COMMIT sent right behind it rolls everything back
  const guards: string[] = [];
  let first = 1;
  for (const name of names) {
    const { sql, exact }: Statement = statements[name];
    const { rows, given, next } = sourceOf(name, first, many);
    parts.push(`"${name}" AS (${sql(rows)} RETURNING 1)`);
    if (exact) guards.push(`CASE WHEN ${hit(name)} <> ${given} THEN expect_rows('${name}', ${given}, ${hit(name)}) END`);
    first = next;
  }
  const text = `WITH ${parts.join(',\n')}\nSELECT ${guards.join(', ') || '1'}`;
  texts.set(key, text);
  return text;
}

/** SQLSTATE of `expect_rows`: a row that should have changed had moved on; retry from the start. */
export const rowsMoved = 'TR001';

/** Merges the right side into the left. */
export function addChanges(into: ChangeSet, more: ChangeSet): void {
  for (const name of order) {
    const rows = more[name];
    if (!rows?.length) continue;
    const known = into[name];
    if (known) for (const row of rows) known.push(row);
    else into[name] = [...rows];
  }
}

/** The one statement that writes all rows, with its values; none where there are no rows. */
export function statementsOf(changes: ChangeSet): (RoundTripStatement & { readonly values: (string | Buffer)[] })[] {
  const names = order.filter((name) => (changes[name]?.length ?? 0) > 0);
  if (names.length === 0) return [];
  const many = names.some((name) => (changes[name]?.length ?? 0) >= MANY);
  const values = many
    ? names.flatMap((name) => columnArrays(columnsOf.get(name) ?? [], changes[name] ?? []))
    : names.map((name) => JSON.stringify(changes[name]));
  return [{ text: statementFor(names, many), values }];
}

/** Writes all rows with one statement inside the caller's transaction. */
export async function writeChanges(client: Pick<ClientBase, 'query'>, changes: ChangeSet): Promise<void> {
  for (const { text, values } of statementsOf(changes)) await client.query(text, values);
}

/**
 * Writes all rows with one statement and commits, in one round trip.
 * Throws the database's error; then nothing was written (the server skips a COMMIT behind a failed statement).
 */
export async function commitChanges(client: ClientBase, changes: ChangeSet): Promise<void> {
  await roundTrip(client, [...statementsOf(changes), { text: 'COMMIT' }]);
}
