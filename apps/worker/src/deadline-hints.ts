import { type House, legalNow } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import type { Queue } from 'bullmq';
import { addHint } from './queue/queues.js';

const NEAR_MS = 60 * 60_000;
const HINTS = 100;

/** Deadlines of the next hour also get a delayed job, so that they are told to the second; the sweep would find them anyway. */
export async function hintNearDeadlines(house: House, queue: Queue): Promise<void> {
  const now = await legalNow(house);
  const rows = await house.database.read<{ dueAtMs: number }>(
    systemActor('worker'),
    `SELECT DISTINCT (extract(epoch FROM due_at) * 1000)::float8 AS "dueAtMs" FROM deadlines
     WHERE status = 'running' AND due_at > to_timestamp($1::float8 / 1000) AND due_at <= to_timestamp($2::float8 / 1000) ORDER BY 1 LIMIT ${HINTS}`,
    [now, now + NEAR_MS],
  );
  for (const { dueAtMs } of rows) await addHint(queue, 'deadlines', dueAtMs, dueAtMs - now);
}
