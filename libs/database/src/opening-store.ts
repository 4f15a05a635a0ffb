import type { ClientBase } from 'pg';
import { type Actor, settingsOf } from './actor.js';
import type { StoredCommand } from './case-store.js';

/** What must be known to open a case, read in one round trip at the start of its transaction. */
export type Opening = {
  organisation: { id: string; name: string; kind: string; district: string; status: string; approvedProvider: boolean } | null;
  payeeAccount: { id: string; state: string } | null;
  overrides: { key: string; scope: string; from: string; value: unknown; cite: unknown }[];
  number: number;
  clockOffsetMs: number;
  calendarRevision: number;
  commands: StoredCommand[];
};

const loadOpening = {
  name: 'load_opening',
  text: `
SELECT (SELECT jsonb_build_object('id', id, 'name', name, 'kind', kind, 'district', district, 'status', status, 'approvedProvider', approved_provider)
        FROM organisations WHERE id = $1) AS organisation,
       (SELECT jsonb_build_object('id', id, 'state', state) FROM payee_accounts WHERE id = $2 AND organisation_id = $1) AS "payeeAccount",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('key', key, 'scope', scope, 'from', effective_from, 'value', value, 'cite', cite)), '[]')
        FROM parameters WHERE policy_id = $3 AND approved_by IS NOT NULL) AS overrides,
       nextval('case_numbers')::float8 AS number,
       coalesce((SELECT offset_ms FROM sandbox_clock WHERE id = 1), 0)::float8 AS "clockOffsetMs",
       coalesce((SELECT revision FROM calendar_revision WHERE id = 1), 0)::float8 AS "calendarRevision",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('key', key, 'requestSha256', encode(request_sha256, 'hex'), 'caseId', case_id, 'status', status, 'answer', answer)), '[]')
        FROM commands WHERE actor = $4 AND key = $5) AS commands`,
};

/** Begins a transaction as this actor and reads what opening a case needs. */
export async function beginOpening(
  client: ClientBase,
  actor: Actor,
  asked: { organisationId: string; payeeAccountId: string; policyId: string; key: string },
): Promise<Opening> {
  const [, , found] = await Promise.all([
    client.query('BEGIN'),
    client.query(settingsOf(actor)),
    client.query<Opening>({
      ...loadOpening,
      values: [asked.organisationId, asked.payeeAccountId, asked.policyId, actor.userId, asked.key],
    }),
  ]);
  const [row] = found.rows;
  if (!row) throw new Error('load_opening returned no row');
  return row;
}
