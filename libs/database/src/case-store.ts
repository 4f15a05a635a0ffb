import type { CaseSnapshot } from '@tranche/machines';
import type { Facts, Terms } from '@tranche/policies';
import type { ClientBase } from 'pg';
import { type Actor, settingsOf } from './actor.js';
import { termsByHash } from './case-terms.js';
import { keptJson } from './kept-json.js';

/** A deadline of the case that still runs or is suspected broken. */
export type LiveDeadline = {
  id: string;
  key: string;
  status: 'running' | 'suspected';
  lastDay: string | null;
  kind: 'statutory' | 'service';
};

/** An obligation to pay of the case that is neither cancelled nor failed nor returned, with its live transfer. */
export type LiveDisbursement = {
  id: string;
  payment: string;
  state: 'requested' | 'sent' | 'settled';
  amountFen: string;
  fundId: string;
  batchId: string | null;
  transferId: string | null;
  transferState: string | null;
};

export type LoadedCase = {
  id: string;
  caseNo: string;
  policyId: string;
  policyVersion: string;
  jurisdiction: string;
  machineHash: string;
  terms: Terms;
  organisationId: string;
  district: string;
  payeeAccountId: string;
  snapshot: CaseSnapshot;
  version: number;
  headHash: string;
  lastAtMs: number;
  openedOn: string;
  openedBy: string;
  facts: Facts;
  deadlines: LiveDeadline[];
  disbursements: LiveDisbursement[];
  /** rounds of disbursements so far, by payment */
  rounds: Record<string, number>;
  /** the duties the acting person already holds on this case */
  duties: string[];
};

export type StoredCommand = { key: string; requestSha256: string; caseId: string | null; status: number; answer: unknown };

export type Loaded = {
  cases: LoadedCase[];
  commands: StoredCommand[];
  /** legal clock minus system clock; 0 outside a sandbox */
  clockOffsetMs: number;
  calendarRevision: number;
};

const lockCases = { name: 'lock_cases', text: 'SELECT id FROM cases WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE' };

/** A statement of its own after the lock: in READ COMMITTED it sees what the previous holder of the lock committed. */
const loadCases = {
  name: 'load_cases',
  text: `
SELECT c.id, c.case_no AS "caseNo", c.policy_id AS "policyId", c.policy_version AS "policyVersion", c.jurisdiction, c.machine_hash AS "machineHash", encode(c.terms_sha256, 'hex') AS "termsSha256",
       c.organisation_id AS "organisationId", c.district, c.payee_account_id AS "payeeAccountId", c.snapshot, c.version, encode(c.head_hash, 'hex') AS "headHash",
       (extract(epoch FROM c.last_at) * 1000)::float8 AS "lastAtMs", c.opened_on::text AS "openedOn", c.opened_by AS "openedBy",
       f.facts::text AS facts, d.deadlines, p.disbursements, u.duties
FROM cases c
LEFT JOIN LATERAL (SELECT facts FROM case_facts WHERE case_id = c.id ORDER BY seq DESC LIMIT 1) f ON true
CROSS JOIN LATERAL (
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'key', key, 'status', status, 'lastDay', last_day, 'kind', kind)), '[]') AS deadlines
  FROM deadlines WHERE case_id = c.id AND status IN ('running', 'suspected')) d
CROSS JOIN LATERAL (
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'payment', s.payment, 'round', s.round, 'state', s.state, 'amountFen', s.amount_fen::text, 'fundId', s.fund_id,
           'batchId', s.batch_id, 'transferId', t.id, 'transferState', t.state)), '[]') AS disbursements
  FROM disbursements s
  LEFT JOIN transfers t ON t.disbursement_id = s.id AND t.state NOT IN ('failed', 'returned', 'rejected', 'cancelled')
  WHERE s.case_id = c.id) p
CROSS JOIN LATERAL (
  SELECT coalesce(jsonb_agg(duty), '[]') AS duties FROM case_duties WHERE case_id = c.id AND person_id::text = current_setting('app.user', true)) u
WHERE c.id = ANY($1::uuid[]) ORDER BY c.id`,
};

const loadHouse = {
  name: 'load_house',
  text: `
SELECT coalesce((SELECT offset_ms FROM sandbox_clock WHERE id = 1), 0)::float8 AS "clockOffsetMs",
       coalesce((SELECT revision FROM calendar_revision WHERE id = 1), 0)::float8 AS "calendarRevision",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('key', key, 'requestSha256', encode(request_sha256, 'hex'), 'caseId', case_id, 'status', status, 'answer', answer)), '[]')
        FROM commands WHERE actor = $1 AND key = ANY($2::text[])) AS commands`,
};

/** A case as the statement gives it: the hash of its terms, facts as text, every disbursement it ever had. */
type CaseRow = Omit<LoadedCase, 'terms' | 'facts' | 'disbursements' | 'rounds'> & {
  termsSha256: string;
  facts: string | null;
  disbursements: (Omit<LiveDisbursement, 'state'> & { state: string; round: number })[];
};

// a case's facts seldom change
const factsOf = keptJson<Facts>();
const isLive = (state: string): state is LiveDisbursement['state'] => ['requested', 'sent', 'settled'].includes(state);

function caseOf({ termsSha256, ...row }: CaseRow, termsOf: (sha256: string) => Terms): LoadedCase {
  const rounds: Record<string, number> = {};
  const live: LiveDisbursement[] = [];
  for (const { round, state, ...rest } of row.disbursements) {
    rounds[rest.payment] = Math.max(rounds[rest.payment] ?? 0, round);
    if (isLive(state)) live.push({ ...rest, state });
  }
  return { ...row, terms: termsOf(termsSha256), facts: factsOf(row.facts ?? '{}'), disbursements: live, rounds };
}

/**
 * Begins a transaction as this actor, locks the cases in id order and loads all a decision needs, in one round trip
 * on a pipelining client. Cases that do not exist or that the actor may not see are missing in the answer.
 */
export async function lockAndLoad(client: ClientBase, actor: Actor, caseIds: readonly string[], keys: readonly string[]): Promise<Loaded> {
  const [, , , cases, house] = await Promise.all([
    client.query('BEGIN'),
    client.query(settingsOf(actor)),
    client.query({ ...lockCases, values: [caseIds] }),
    client.query<CaseRow>({ ...loadCases, values: [caseIds] }),
    client.query<Omit<Loaded, 'cases'>>({ ...loadHouse, values: [actor.userId, keys] }),
  ]);
  const first = house.rows[0];
  if (!first) throw new Error('load_house returned no row');
  const termsOf = await termsByHash(
    client,
    cases.rows.map(({ termsSha256 }) => termsSha256),
  );
  return {
    cases: cases.rows.map((row) => caseOf(row, termsOf)),
    commands: first.commands,
    clockOffsetMs: first.clockOffsetMs,
    calendarRevision: first.calendarRevision,
  };
}
