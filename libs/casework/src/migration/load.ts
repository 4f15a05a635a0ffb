import { formatInstant } from '@tranche/calendar';
import type { Tx } from '@tranche/database';
import type { CaseEvent, CaseSnapshot } from '@tranche/machines';
import { type Facts, type ParameterOverride, resolveTerms, type Stamp, type Terms } from '@tranche/policies';
import { sameJson } from '../audit/exact-json.js';
import type { CasePolicy } from '../case-policies.js';
import { scopesOf } from '../places.js';
import { stampEvent } from '../stamp-event.js';
import type { MovingCase } from './plan-case.js';

export type CaseRow = {
  id: string;
  caseNo: string;
  policyVersion: string;
  machineHash: string;
  version: number;
  snapshot: CaseSnapshot;
  terms: Terms;
  openedOn: string;
  district: string;
};

/** What a case row must give for a migration. */
export const caseColumns = `id, case_no AS "caseNo", policy_version AS "policyVersion", machine_hash AS "machineHash", version, snapshot, (SELECT t.terms FROM case_terms t WHERE t.sha256 = terms_sha256) AS terms, opened_on AS "openedOn", district`;

type EventRow = {
  caseId: string;
  seq: number;
  type: string;
  data: Record<string, unknown>;
  stamp: Stamp;
  actor: string;
  on: string;
  at: number;
};
type FactsRow = { caseId: string; seq: number; facts: Facts };

/** Reads the stories of these cases on the caller's connection, and prepares each for the new machine; by case id. */
export async function loadMoving(
  tx: Pick<Tx, 'query'>,
  target: CasePolicy,
  rows: readonly CaseRow[],
  restamp: boolean,
): Promise<Map<string, MovingCase>> {
  const ids = rows.map(({ id }) => id);
  const { rows: events } = await tx.query<EventRow>(
    'SELECT case_id AS "caseId", seq, type, data, stamp, actor, occurred_on AS "on", at FROM case_events WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, seq',
    [ids],
  );
  const { rows: facts } = await tx.query<FactsRow>(
    'SELECT case_id AS "caseId", seq, facts FROM case_facts WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, seq',
    [ids],
  );
  const overrides = restamp ? await approvedValues(tx, target) : [];
  return new Map(
    rows.map((row) => {
      const own = events.filter(({ caseId }) => caseId === row.id);
      return [
        row.id,
        prepare(
          target,
          row,
          own,
          facts.filter(({ caseId }) => caseId === row.id),
          restamp ? overrides : null,
        ),
      ];
    }),
  );
}

async function approvedValues(tx: Pick<Tx, 'query'>, { policy }: CasePolicy): Promise<ParameterOverride[]> {
  const { rows } = await tx.query<{ all: ParameterOverride[] }>(
    `SELECT coalesce(jsonb_agg(jsonb_build_object('key', key, 'scope', scope, 'from', effective_from, 'value', value, 'cite', cite, 'shared', shared) ORDER BY id DESC), '[]') AS all
     FROM parameters WHERE policy_id IN ($1, '*') AND approved_by IS NOT NULL`,
    [policy.id],
  );
  return rows[0]?.all ?? [];
}

/** Without `overrides` stored stamps and terms stay as they are; a story moved before keeps the stamps that move brought. */
function prepare(
  { policy }: CasePolicy,
  row: CaseRow,
  events: readonly EventRow[],
  facts: readonly FactsRow[],
  overrides: readonly ParameterOverride[] | null,
): MovingCase {
  const earlier = events.findLast(({ type }) => type === 'case.migrated')?.data['stamps'] as Record<string, Stamp> | undefined;
  const told = events.filter(({ type }) => type !== 'case.migrated');
  const { id, caseNo, policyVersion, machineHash, version, snapshot, openedOn } = row;
  const identity = { id, caseNo, policyVersion, machineHash, version, snapshot };
  if (overrides === null)
    return {
      ...identity,
      terms: row.terms,
      events: told.map((event) => heard(event, earlier?.[String(event.seq)])),
      stamps: earlier ?? {},
    };
  const terms = resolveTerms(policy, { on: openedOn, scopes: scopesOf(row.district), overrides });
  const stamped = told.map((event) => {
    const known = facts.findLast(({ seq }) => seq <= event.seq)?.facts ?? {};
    return { event, stamp: stampEvent(policy, { facts: known, terms, on: openedOn }, event) };
  });
  const changed = stamped.filter(({ event, stamp: fresh }) => !sameJson(event.stamp, fresh));
  return {
    ...identity,
    terms,
    events: stamped.map(({ event, stamp: fresh }) => heard(event, fresh)),
    stamps: Object.fromEntries(changed.map(({ event, stamp: fresh }) => [String(event.seq), fresh])),
  };
}

const heard = ({ type, seq, data, actor, on, at, stamp: stored }: EventRow, fresh: Stamp | undefined): CaseEvent => ({
  type,
  seq,
  data,
  actor,
  on,
  at: formatInstant(at),
  stamp: fresh ?? stored,
});
