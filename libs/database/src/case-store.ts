import type { CaseSnapshot } from '@tranche/machines';
import type { Facts, Terms } from '@tranche/policies';
import type { ClientBase } from 'pg';
import { type Actor, settingsOf } from './actor.js';
import { termsByHash } from './case-terms.js';
import { keptJson } from './kept-json.js';
import { roundTrip, type TextRows } from './round-trip.js';

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
  /** fiscal year of every fund that was ever asked to pay, by fund */
  fundYears: Record<string, number>;
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

const begin = { text: 'BEGIN' };

const lockCases = 'SELECT 1 FROM cases WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE';

/** A statement of its own after the lock: in READ COMMITTED it sees what the previous holder of the lock committed. */
const loadCases = `
SELECT c.id, c.case_no, c.policy_id, c.policy_version, c.jurisdiction, c.machine_hash, encode(c.terms_sha256, 'hex'), c.organisation_id, c.district,
       c.payee_account_id, c.snapshot, c.version, encode(c.head_hash, 'hex'), extract(epoch FROM c.last_at) * 1000, c.opened_on, c.opened_by,
       f.facts, d.deadlines, p.disbursements, u.duties
FROM cases c
LEFT JOIN LATERAL (SELECT facts FROM case_facts WHERE case_id = c.id ORDER BY seq DESC LIMIT 1) f ON true
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_object('id', id, 'key', key, 'status', status, 'lastDay', last_day, 'kind', kind)) AS deadlines
  FROM deadlines WHERE case_id = c.id AND status IN ('running', 'suspected')) d
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_object('id', s.id, 'payment', s.payment, 'round', s.round, 'state', s.state, 'amountFen', s.amount_fen::text, 'fundId', coalesce(s.fund_shares, s.fund_id::text),
           'fundYear', s.fund_year, 'batchId', s.batch_id, 'transferId', t.id, 'transferState', t.state)) AS disbursements
  FROM disbursements s
  LEFT JOIN transfers t ON t.disbursement_id = s.id AND t.state NOT IN ('failed', 'returned', 'rejected', 'cancelled')
  WHERE s.case_id = c.id) p
CROSS JOIN LATERAL (
  SELECT json_agg(duty) AS duties FROM case_duties WHERE case_id = c.id AND person_id::text = (SELECT current_setting('app.user', true))) u
WHERE c.id = ANY($1::uuid[]) ORDER BY c.id`;

const loadHouse = `
SELECT (SELECT offset_ms FROM sandbox_clock WHERE id = 1), (SELECT revision FROM calendar_revision WHERE id = 1),
       (SELECT json_agg(json_build_object('key', key, 'requestSha256', encode(request_sha256, 'hex'), 'caseId', case_id, 'status', status, 'answer', answer))
        FROM commands WHERE actor = $1 AND key = ANY($2::text[]))`;

// a case's facts seldom change
const factsOf = keptJson<Facts>();
type StoredDisbursement = Omit<LiveDisbursement, 'state'> & { state: string; round: number; fundYear: number };
const isLive = (state: string): state is LiveDisbursement['state'] => ['requested', 'sent', 'settled'].includes(state);
const listOf = <T>(text: string | null | undefined): T[] => (text ? (JSON.parse(text) as T[]) : []);

/** Columns of `loadCases`, in its order. */
function caseOf(columns: TextRows[number], termsOf: (sha256: string) => Terms): LoadedCase {
  const text = columns as readonly string[];
  const stored = listOf<StoredDisbursement>(columns[18]);
  return {
    id: text[0] as string,
    caseNo: text[1] as string,
    policyId: text[2] as string,
    policyVersion: text[3] as string,
    jurisdiction: text[4] as string,
    machineHash: text[5] as string,
    terms: termsOf(text[6] as string),
    organisationId: text[7] as string,
    district: text[8] as string,
    payeeAccountId: text[9] as string,
    snapshot: JSON.parse(text[10] as string) as CaseSnapshot,
    version: Number(text[11]),
    headHash: text[12] as string,
    lastAtMs: Number(text[13]),
    openedOn: text[14] as string,
    openedBy: text[15] as string,
    facts: factsOf(columns[16] ?? '{}'),
    deadlines: listOf<LiveDeadline>(columns[17]),
    disbursements: stored.flatMap(({ round: _round, fundYear: _fundYear, state, ...rest }) => (isLive(state) ? [{ ...rest, state }] : [])),
    rounds: roundsOf(stored),
    fundYears: fundYearsOf(stored),
    duties: listOf<string>(columns[19]),
  };
}

function roundsOf(disbursements: readonly StoredDisbursement[]): Record<string, number> {
  const rounds: Record<string, number> = {};
  for (const { payment, round } of disbursements) rounds[payment] = Math.max(rounds[payment] ?? 0, round);
  return rounds;
}

/** A payment that several funds make up is borne by funds of one year. */
const fundYearsOf = (disbursements: readonly StoredDisbursement[]): Record<string, number> =>
  Object.fromEntries(
    disbursements.flatMap(({ fundId, fundYear }) => fundId.split('+').map((share) => [share.split('=', 1)[0]!, fundYear])),
  );

/** A list as Postgres writes an array. */
const arrayOf = (texts: readonly string[]): string => `{${texts.map((each) => `"${each.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

/**
 * Begins a transaction as this actor, locks the cases in id order and loads all a decision needs, in one round trip.
 * Cases that do not exist or that the actor may not see are missing in the answer.
 */
export async function lockAndLoad(client: ClientBase, actor: Actor, caseIds: readonly string[], keys: readonly string[]): Promise<Loaded> {
  const ids = [arrayOf(caseIds)];
  const [, , , cases = [], house = []] = await roundTrip(client, [
    begin,
    settingsOf(actor),
    { text: lockCases, values: ids },
    { text: loadCases, values: ids },
    { text: loadHouse, values: [actor.userId, arrayOf(keys)] },
  ]);
  const [offset, revision, commands] = house[0] ?? [];
  const hashes = cases.map((columns) => columns[6] as string);
  const termsOf = await termsByHash(client, hashes);
  return {
    cases: cases.map((columns) => caseOf(columns, termsOf)),
    commands: listOf<StoredCommand>(commands),
    clockOffsetMs: Number(offset ?? 0),
    calendarRevision: Number(revision ?? 0),
  };
}
