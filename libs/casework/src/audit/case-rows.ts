import type { AuditReader } from '@tranche/database';

/** Rows of one frozen view: the verification's own connection, or a transaction of the application. */
export type RowReader = Pick<AuditReader, 'read'>;

/** A case as stored. JSON columns stay text, so that a number that only looks the same is seen; instants are whole microseconds. */
export type AuditedCase = {
  id: string;
  caseNo: string;
  policyId: string;
  policyVersion: string;
  jurisdiction: string;
  machineHash: string;
  /** null when they are gone */
  terms: string | null;
  termsSha256: string;
  organisationId: string;
  district: string;
  payeeAccountId: string;
  state: string;
  standing: string;
  snapshot: string;
  version: number;
  headHash: string;
  lastAtUs: string;
  openedOn: string;
  openedBy: string;
  recordedUs: string;
};

export type AuditedEvent = {
  caseId: string;
  seq: number;
  type: string;
  data: string;
  stamp: string;
  actor: string;
  role: string;
  cause: string;
  occurredOn: string;
  atUs: string;
  recordedUs: string;
  alg: string;
  prevHash: string;
  hash: string;
  organisationId: string;
  district: string;
};

export type AuditedFacts = { caseId: string; seq: number; facts: string; organisationId: string; district: string };
export type AuditedDuty = { caseId: string; duty: string; personId: string; seq: number; organisationId: string; district: string };
export type AuditedPosting = {
  caseId: string;
  id: string;
  fundId: string;
  book: string;
  eventType: string;
  eventId: string;
  businessDate: string;
  recordedUs: string;
  organisationId: string;
  district: string;
  /** code and amount of each entry, ordered by line */
  entries: { line: number; code: string; fen: string; fund: string; book: string }[];
};
export type AuditedDisbursement = {
  caseId: string;
  id: string;
  payment: string;
  round: number;
  amountFen: string;
  fundId: string;
  fundYear: number;
  /** the fiscal year of the fund itself, of which `fundYear` is the copy; null to whoever does not see funds */
  yearOfFund: number | null;
  state: string;
  requestedOn: string;
  settledOn: string | null;
  /** the day its transfer was given to the bank, once it settled; null to whoever does not see transfers */
  sentOn: string | null;
  organisationId: string;
  district: string;
};
export type AuditedRecovery = {
  caseId: string;
  no: number;
  demandedFen: string;
  state: string;
  openedOn: string;
  closedOn: string | null;
  demandedOn: string | null;
  /** as stored, whatever the order of its keys */
  instalments: unknown;
  organisationId: string;
  district: string;
};
export type AuditedReceipt = {
  caseId: string;
  no: number;
  kind: string;
  amountFen: string;
  onDate: string;
  reference: string;
  recordedBy: string;
  recordedUs: string;
};

/** Everything of one case that a verification compares. */
export type CaseBundle = {
  readonly row: AuditedCase;
  readonly events: readonly AuditedEvent[];
  readonly facts: readonly AuditedFacts[];
  readonly duties: readonly AuditedDuty[];
  readonly postings: readonly AuditedPosting[];
  readonly disbursements: readonly AuditedDisbursement[];
  readonly recoveries: readonly AuditedRecovery[];
  readonly receipts: readonly AuditedReceipt[];
};

const us = (column: string): string => `(extract(epoch FROM ${column}) * 1000000)::bigint::text`;

const caseColumns = `id, case_no AS "caseNo", policy_id AS "policyId", policy_version AS "policyVersion", jurisdiction, machine_hash AS "machineHash", (SELECT t.terms::text FROM case_terms t WHERE t.sha256 = terms_sha256) AS terms, encode(terms_sha256, 'hex') AS "termsSha256",
  organisation_id AS "organisationId", district, payee_account_id AS "payeeAccountId", state, standing, snapshot::text, version, encode(head_hash, 'hex') AS "headHash",
  ${us('last_at')} AS "lastAtUs", opened_on AS "openedOn", opened_by AS "openedBy", ${us('recorded_at')} AS "recordedUs"`;

const place = 'organisation_id AS "organisationId", district';

const queries = {
  events: `SELECT case_id AS "caseId", seq, type, data::text, stamp::text, actor, role, cause, occurred_on AS "occurredOn", ${us('at')} AS "atUs", ${us('recorded_at')} AS "recordedUs",
      alg, encode(prev_hash, 'hex') AS "prevHash", encode(hash, 'hex') AS hash, ${place} FROM case_events WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, seq`,
  facts: `SELECT case_id AS "caseId", seq, facts::text, ${place} FROM case_facts WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, seq`,
  duties: `SELECT case_id AS "caseId", duty, person_id AS "personId", seq, ${place} FROM case_duties WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, duty, person_id`,
  postings: `SELECT p.case_id AS "caseId", p.id, p.fund_id AS "fundId", p.book, p.event_type AS "eventType", p.event_id AS "eventId", p.business_date AS "businessDate",
      ${us('p.recorded_at')} AS "recordedUs", ${place}, coalesce(e.entries, '[]') AS entries
    FROM postings p LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('line', e.line_no, 'code', a.code, 'fen', e.amount_fen::text, 'fund', a.fund_id, 'book', a.book) ORDER BY e.line_no) AS entries
      FROM entries e LEFT JOIN accounts a ON a.id = e.account_id WHERE e.posting_id = p.id) e ON true
    WHERE p.case_id = ANY($1::uuid[]) ORDER BY p.case_id, p.id`,
  disbursements: `SELECT case_id AS "caseId", id, payment, round, amount_fen::text AS "amountFen", coalesce(fund_shares, fund_id::text) AS "fundId", fund_year AS "fundYear", (SELECT f.fiscal_year FROM funds f WHERE f.id = disbursements.fund_id) AS "yearOfFund", state, requested_on AS "requestedOn", settled_on AS "settledOn",
      (SELECT t.sent_on FROM transfers t WHERE t.disbursement_id = disbursements.id AND t.state = 'settled') AS "sentOn", ${place}
    FROM disbursements WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, payment, round`,
  recoveries: `SELECT case_id AS "caseId", recovery_no AS no, demanded_fen::text AS "demandedFen", state, opened_on AS "openedOn", closed_on AS "closedOn", demanded_on AS "demandedOn", instalments, ${place}
    FROM recoveries WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, recovery_no`,
  receipts: `SELECT r.case_id AS "caseId", v.recovery_no AS no, r.kind, r.amount_fen::text AS "amountFen", r.on_date AS "onDate", r.reference, r.recorded_by AS "recordedBy",
      ${us('r.recorded_at')} AS "recordedUs" FROM recovery_receipts r LEFT JOIN recoveries v ON v.id = r.recovery_id WHERE r.case_id = ANY($1::uuid[]) ORDER BY r.case_id, r.id`,
} as const;

/** Cases in id order after `after` (empty: from the first), with all their rows. */
export async function readCases(reader: RowReader, after: string, limit: number): Promise<CaseBundle[]> {
  const rows = await reader.read<AuditedCase>(
    `SELECT ${caseColumns} FROM cases WHERE $1 = '' OR id > nullif($1, '')::uuid ORDER BY id LIMIT $2`,
    [after, limit],
  );
  return bundlesOf(reader, rows);
}

/** One case with all its rows; undefined when there is none that the reader sees. */
export async function readCaseBundle(reader: RowReader, caseId: string): Promise<CaseBundle | undefined> {
  const rows = await reader.read<AuditedCase>(`SELECT ${caseColumns} FROM cases WHERE id = $1`, [caseId]);
  return (await bundlesOf(reader, rows))[0];
}

async function bundlesOf(reader: RowReader, rows: readonly AuditedCase[]): Promise<CaseBundle[]> {
  const ids = rows.map(({ id }) => id);
  const of = async <R extends { caseId: string }>(sql: string) => byCase(await reader.read<R>(sql, [ids]));
  const events = await of<AuditedEvent>(queries.events);
  const facts = await of<AuditedFacts>(queries.facts);
  const duties = await of<AuditedDuty>(queries.duties);
  const postings = await of<AuditedPosting>(queries.postings);
  const disbursements = await of<AuditedDisbursement>(queries.disbursements);
  const recoveries = await of<AuditedRecovery>(queries.recoveries);
  const receipts = await of<AuditedReceipt>(queries.receipts);
  return rows.map((row) => ({
    row,
    events: events(row.id),
    facts: facts(row.id),
    duties: duties(row.id),
    postings: postings(row.id),
    disbursements: disbursements(row.id),
    recoveries: recoveries(row.id),
    receipts: receipts(row.id),
  }));
}

function byCase<R extends { caseId: string }>(rows: readonly R[]): (caseId: string) => readonly R[] {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(row.caseId);
    if (group) group.push(row);
    else groups.set(row.caseId, [row]);
  }
  return (caseId) => groups.get(caseId) ?? [];
}
