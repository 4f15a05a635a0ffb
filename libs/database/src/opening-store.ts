import type { ClientBase } from 'pg';
import { type Actor, settingsOf } from './actor.js';
import type { StoredCommand } from './case-store.js';
import { roundTrip } from './round-trip.js';

/** Whoever applies: `uscc` where it has a credit code, `personKey` (hex) where it is a person. */
export type OpeningParty = {
  id: string;
  name: string;
  kind: string;
  district: string;
  status: string;
  approvedProvider: boolean;
  uscc: string | null;
  personKey: string | null;
};

/** What must be known to open a case, read in one round trip at the start of its transaction. */
export type Opening = {
  organisation: OpeningParty | null;
  payeeAccount: { id: string; state: string } | null;
  /** the newest first; of a shared table: every one, whichever policies take it */
  overrides: { key: string; scope: string; from: string; value: unknown; cite: unknown; shared: string | null }[];
  number: number;
  clockOffsetMs: number;
  calendarRevision: number;
  commands: StoredCommand[];
};

const loadOpening = `
SELECT (SELECT jsonb_build_object('id', id, 'name', name, 'kind', kind, 'district', district, 'status', status, 'approvedProvider', approved_provider,
                 'uscc', uscc, 'personKey', encode(person_key, 'hex'))
        FROM organisations WHERE id = $1),
       (SELECT jsonb_build_object('id', id, 'state', state) FROM payee_accounts WHERE id = $2 AND organisation_id = $1),
       (SELECT jsonb_agg(jsonb_build_object('key', key, 'scope', scope, 'from', effective_from, 'value', value, 'cite', cite, 'shared', shared) ORDER BY id DESC)
        FROM parameters WHERE policy_id IN ($3, '*') AND approved_by IS NOT NULL),
       nextval('case_numbers'), (SELECT offset_ms FROM sandbox_clock WHERE id = 1), (SELECT revision FROM calendar_revision WHERE id = 1),
       (SELECT jsonb_agg(jsonb_build_object('key', key, 'requestSha256', encode(request_sha256, 'hex'), 'caseId', case_id, 'status', status, 'answer', answer))
        FROM commands WHERE actor = $4 AND key = $5)`;

/** Begins a transaction as this actor and reads what opening a case needs, in one round trip. */
export async function beginOpening(
  client: ClientBase,
  actor: Actor,
  asked: { organisationId: string; payeeAccountId: string; policyId: string; key: string },
): Promise<Opening> {
  const values = [asked.organisationId, asked.payeeAccountId, asked.policyId, actor.userId, asked.key];
  const [, , found] = await roundTrip(client, [{ text: 'BEGIN' }, settingsOf(actor), { text: loadOpening, values }]);
  const [organisation, payeeAccount, overrides, number, offset, revision, commands] = (found?.[0] ?? []).map((text) => text ?? 'null');
  return {
    organisation: parsed(organisation) as Opening['organisation'],
    payeeAccount: parsed(payeeAccount) as Opening['payeeAccount'],
    overrides: (parsed(overrides) ?? []) as Opening['overrides'],
    number: Number(number),
    clockOffsetMs: Number(parsed(offset) ?? 0),
    calendarRevision: Number(parsed(revision) ?? 0),
    commands: (parsed(commands) ?? []) as StoredCommand[],
  };
}

const parsed = (text: string | undefined): unknown => JSON.parse(text ?? 'null');
