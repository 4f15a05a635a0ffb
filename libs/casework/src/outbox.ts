import { formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import type { House } from './house.js';

/** The worker as an actor. */
export const worker: Actor = { userId: 'system:worker', role: 'system', organisationId: null, district: null };

export type OutboxKind = 'payment.request' | 'batch.send';
export type OutboxRow = {
  readonly id: string;
  readonly kind: OutboxKind;
  readonly caseId: string | null;
  readonly subject: string | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly attempts: number;
};

/** What became of one row: `later` tries again, `parked` waits for somebody else's act, `dead` needs a person. */
export type OutboxOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly afterMs: number; readonly why: string }
  | { readonly kind: 'parked'; readonly reason: string }
  | { readonly kind: 'dead'; readonly why: string };

/** How long a claimed row is left alone; after that another worker may take it. */
const LEASE_MS = 60_000;
const PAGE = 100;

/** Claims due rows with SKIP LOCKED and a lease; rows whose lease ran out are due again. */
export async function claimOutbox(house: House, workerName: string): Promise<OutboxRow[]> {
  const now = house.systemNow();
  return house.database.transaction(worker, async (tx) => {
    const { rows } = await tx.query<OutboxRow>(
      `UPDATE outbox o SET state = 'claimed', lease_until = $2, worker = $3, attempts = attempts + 1
       FROM (SELECT id FROM outbox WHERE (state = 'pending' AND due_at <= $1) OR (state = 'claimed' AND lease_until < $1)
             ORDER BY id LIMIT ${PAGE} FOR UPDATE SKIP LOCKED) due
       WHERE o.id = due.id
       RETURNING o.id::text AS id, o.kind, o.case_id AS "caseId", o.subject, o.params, o.attempts`,
      [formatInstant(now), formatInstant(now + LEASE_MS), workerName],
    );
    return rows;
  });
}

/** Records what became of claimed rows; a row that another worker took over meanwhile is left to it. */
export async function recordOutbox(
  house: House,
  workerName: string,
  results: readonly { readonly id: string; readonly outcome: OutboxOutcome }[],
): Promise<void> {
  if (results.length === 0) return;
  const rows = results.map(({ id, outcome }) => ({
    id,
    state: outcome.kind === 'later' ? 'pending' : outcome.kind,
    due_at: outcome.kind === 'later' ? formatInstant(house.systemNow() + outcome.afterMs) : null,
    reason: outcome.kind === 'parked' ? outcome.reason : null,
    last_error: 'why' in outcome ? outcome.why : null,
  }));
  await house.database.transaction(worker, (tx) =>
    tx.query(
      `UPDATE outbox o SET state = r.state, due_at = coalesce(r.due_at, o.due_at), reason = r.reason, last_error = r.last_error, lease_until = NULL
       FROM jsonb_to_recordset($1::jsonb) AS r(id bigint, state text, due_at timestamptz, reason text, last_error text)
       WHERE o.id = r.id AND o.state = 'claimed' AND o.worker = $2`,
      [JSON.stringify(rows), workerName],
    ),
  );
}

/** Puts parked rows back to work: new budget for a fund, a released hold. Returns how many. */
export async function unpark(house: House, reason: string): Promise<number> {
  return house.database.transaction(worker, async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE outbox SET state = 'pending', reason = NULL, due_at = $2 WHERE state = 'parked' AND reason = $1`,
      [reason, formatInstant(house.systemNow())],
    );
    return rowCount ?? 0;
  });
}
