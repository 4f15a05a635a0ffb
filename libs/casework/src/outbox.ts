import { formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import type { House } from './house.js';

/** The worker as an actor. */
export const worker: Actor = { userId: 'system:worker', role: 'system', organisationId: null, district: null };

export type OutboxKind = 'payment.request' | 'batch.send' | 'batch.book' | 'bank.news' | 'debt.restore';
/** What is told to a bank, or booked by the batch, is carried out apart from everything else: it may take long. */
export const sendingKinds: readonly OutboxKind[] = ['batch.send', 'batch.book'];
export const effectKinds: readonly OutboxKind[] = ['payment.request', 'bank.news', 'debt.restore'];

export type OutboxRow = {
  readonly id: string;
  readonly kind: OutboxKind;
  readonly caseId: string | null;
  readonly subject: string | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly attempts: number;
  /** who claimed it */
  readonly worker: string;
};

/** What became of one row: `later` tries again, `parked` waits for somebody else's act, `dead` needs a person. */
export type OutboxOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly afterMs: number; readonly why: string }
  | { readonly kind: 'parked'; readonly reason: string; readonly needs: Readonly<Record<string, unknown>> }
  | { readonly kind: 'dead'; readonly why: string };

/** Rows claimed at once. */
export const OUTBOX_PAGE = 250;

/** Claims due rows with SKIP LOCKED and a lease, of each kind in the order in which they fell due; rows whose lease ran out are due again. */
export async function claimOutbox(
  house: House,
  workerName: string,
  kinds: readonly OutboxKind[] = [...effectKinds, ...sendingKinds],
): Promise<OutboxRow[]> {
  const now = house.systemNow();
  return house.database.transaction(worker, async (tx) => {
    const { rows } = await tx.query<OutboxRow>(
      `UPDATE outbox o SET state = 'claimed', lease_until = $2, worker = $3, attempts = attempts + 1
       FROM (
         SELECT p.id FROM unnest($4::text[]) AS k(kind) CROSS JOIN LATERAL (
           SELECT id FROM outbox WHERE state = 'pending' AND kind = k.kind AND due_at <= $1 ORDER BY due_at, id LIMIT ${OUTBOX_PAGE} FOR UPDATE SKIP LOCKED) p
         UNION ALL SELECT l.id FROM (
           SELECT id FROM outbox WHERE state = 'claimed' AND lease_until < $1 AND kind = ANY($4::text[])
           ORDER BY lease_until, id LIMIT ${OUTBOX_PAGE} FOR UPDATE SKIP LOCKED) l
         LIMIT ${OUTBOX_PAGE}) due
       WHERE o.id = due.id
       RETURNING o.id::text AS id, o.kind, o.case_id AS "caseId", o.subject, o.params, o.attempts, o.worker`,
      [formatInstant(now), formatInstant(now + house.outboxLeaseMs), workerName, kinds],
    );
    return rows;
  });
}

/** Work in hand takes long: its lease begins anew. False when another worker took it over meanwhile: then it is left to that one. */
export async function keepLease(house: House, { id, worker: name }: OutboxRow): Promise<boolean> {
  return house.database.transaction(worker, async (tx) => {
    const { rowCount } = await tx.query(`UPDATE outbox SET lease_until = $3 WHERE id = $1 AND worker = $2 AND state = 'claimed'`, [
      id,
      name,
      formatInstant(house.systemNow() + house.outboxLeaseMs),
    ]);
    return rowCount === 1;
  });
}

/** Records what became of claimed rows; a row that another worker took over meanwhile is left to it. A dead one opens a task for a person. */
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
    params: outcome.kind === 'parked' ? { needs: outcome.needs } : {},
    last_error: 'why' in outcome ? outcome.why.slice(0, 500) : null,
    task_id: outcome.kind === 'dead' ? house.newId() : null,
  }));
  const dead = results.some(({ outcome }) => outcome.kind === 'dead');
  const values = [JSON.stringify(rows), workerName, ...(dead ? [formatInstant(house.systemNow())] : [])];
  await house.database.transaction(worker, (tx) => tx.query(dead ? recordWithTasks : record, values));
}

const record = `UPDATE outbox o SET state = r.state, due_at = coalesce(r.due_at, o.due_at), reason = r.reason, params = o.params || r.params, last_error = r.last_error, lease_until = NULL
  FROM jsonb_to_recordset($1::jsonb) AS r(id bigint, state text, due_at timestamptz, reason text, params jsonb, last_error text, task_id uuid)
  WHERE o.id = r.id AND o.state = 'claimed' AND o.worker = $2`;

const recordWithTasks = `WITH recorded AS (${record} RETURNING o.id, o.kind, o.case_id, r.task_id)
  INSERT INTO tasks (id, case_id, kind, role, label, state, opened_at, organisation_id, district)
  SELECT d.task_id, c.id, 'outbox:' || d.id, 'supervisor', jsonb_build_object('zh', '后台任务未能完成,请查明原因:' || d.kind, 'en', 'Work could not be finished, find out why: ' || d.kind),
         'open', $3, c.organisation_id, c.district
  FROM recorded d LEFT JOIN cases c ON c.id = d.case_id WHERE d.task_id IS NOT NULL
  ON CONFLICT (case_id, kind) WHERE state IN ('open', 'claimed') DO NOTHING`;
