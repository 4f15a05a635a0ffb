import { formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import { type CaseEvent, type CaseSnapshot, replay } from '@tranche/machines';
import type { Terms } from '@tranche/policies';
import canonicalize from 'canonicalize';
import { eventHash, genesisHash, type SealedEvent } from './event-hash.js';
import type { House } from './house.js';

/** `seq` is the first event that is not what it was, or the number of the last one when the case itself differs. */
export type CaseVerdict =
  | { readonly ok: true; readonly events: number; readonly headHash: string }
  | {
      readonly ok: false;
      readonly problem: 'case-missing' | 'event-missing' | 'event-changed' | 'head-differs' | 'snapshot-differs';
      readonly seq: number;
    };

type StoredCase = {
  policyId: string;
  policyVersion: string;
  jurisdiction: string;
  terms: Terms;
  snapshot: CaseSnapshot;
  version: number;
  headHash: string;
};
type StoredEvent = Omit<SealedEvent, 'caseId' | 'at' | 'recordedAt'> & { atMs: number; recordedMs: number; hash: string };

/**
 * Checks a case without trusting its rows: every event still has the hash it was sealed with, none is missing, and replaying them
 * through the machine gives the snapshot that stands in the table.
 */
export async function verifyCase(house: House, actor: Actor, caseId: string): Promise<CaseVerdict> {
  const [found] = await house.database.read<StoredCase>(
    actor,
    `SELECT policy_id AS "policyId", policy_version AS "policyVersion", jurisdiction, (SELECT t.terms FROM case_terms t WHERE t.sha256 = terms_sha256) AS terms, snapshot, version, encode(head_hash, 'hex') AS "headHash"
     FROM cases WHERE id = $1`,
    [caseId],
  );
  if (!found) return { ok: false, problem: 'case-missing', seq: 0 };
  const events = await house.database.read<StoredEvent>(
    actor,
    `SELECT seq, type, data, stamp, actor, role, cause, occurred_on AS "occurredOn", at AS "atMs", recorded_at AS "recordedMs", encode(hash, 'hex') AS hash
     FROM case_events WHERE case_id = $1 ORDER BY seq`,
    [caseId],
  );
  return chainOf(caseId, found, events) ?? snapshotOf(house, found, events);
}

function chainOf(caseId: string, { version, headHash }: StoredCase, events: readonly StoredEvent[]): CaseVerdict | null {
  let head = genesisHash;
  for (const [index, { hash, atMs, recordedMs, ...event }] of events.entries()) {
    if (event.seq !== index + 1) return { ok: false, problem: 'event-missing', seq: index + 1 };
    head = eventHash(head, { ...event, caseId, at: formatInstant(atMs), recordedAt: formatInstant(recordedMs) });
    if (head !== hash) return { ok: false, problem: 'event-changed', seq: event.seq };
  }
  return events.length === version && head === headHash ? null : { ok: false, problem: 'head-differs', seq: events.length };
}

function snapshotOf(house: House, found: StoredCase, events: readonly StoredEvent[]): CaseVerdict {
  // the present machine hears the whole story; a migration itself is told to nobody, and may have brought other stamps
  const moved = events.findLast(({ type }) => type === 'case.migrated')?.data as { stamps?: Record<string, unknown> } | undefined;
  const heard = events
    .filter(({ type }) => type !== 'case.migrated')
    .map(
      ({ type, seq, data, stamp, actor, occurredOn, atMs }) =>
        ({ type, seq, data, stamp: moved?.stamps?.[String(seq)] ?? stamp, actor, on: occurredOn, at: formatInstant(atMs) }) as CaseEvent,
    );
  const replayed = replay(house.policies.of(found).machine, found.terms, heard);
  if (canonicalize(replayed) === canonicalize(found.snapshot)) return { ok: true, events: events.length, headHash: found.headHash };
  return { ok: false, problem: 'snapshot-differs', seq: events.length };
}
