import { formatInstant } from '@tranche/calendar';
import type { Actor, Tx } from '@tranche/database';
import type { House } from '../house.js';
import { executionDay, refuseDay, rememberDay } from '../rails/execution-day.js';
import { type Refused, refuse } from '../refusal.js';
import { anyParked } from '../unpark.js';
import { type BatchResult, describeBatch, lockBatch } from './batches.js';
import { EXECUTION_DAY_MOVED } from './send-batch.js';

/**
 * Somebody agrees that a signed batch is executed on a later day than it was signed for; what waited for that is sent. The day must be the one
 * the bank would execute it on now.
 */
export async function confirmDay(
  tx: Tx,
  house: House,
  actor: Actor,
  { batchId, executionOn }: { readonly batchId: string; readonly executionOn: string },
): Promise<BatchResult> {
  const batch = await lockBatch(tx, batchId);
  if (!batch) return refuse('batch-not-found', '没有这张拨付单。', 'There is no such batch.');
  if (batch.rail === 'allocation' || !['approved', 'processing'].includes(batch.state)) return notSigned(batch.state);
  const day = await executionDay(tx, house, batchId, executionOn);
  if (!day.ok) return refuseDay(day);
  await rememberDay(tx, house, actor, batchId, day.date);
  return describeBatch(tx, batch);
}

const notSigned = (state: string): Refused =>
  refuse('batch-state', `拨付单现为“${state}”，无需确认执行日。`, `The batch is ${state}; there is no day to confirm.`);

/** Puts batches back to work whose new day somebody agreed to. Returns how many. */
export async function unparkConfirmed(house: House, worker: Actor): Promise<number> {
  if (!(await anyParked(house, 'batch.send'))) return 0;
  return house.database.transaction(worker, async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE outbox o SET state = 'pending', reason = NULL, attempts = 0, due_at = $1
       WHERE o.state = 'parked' AND o.kind = 'batch.send' AND o.reason = '${EXECUTION_DAY_MOVED}' AND EXISTS (
         SELECT FROM batch_execution_days e WHERE e.batch_id = o.subject AND e.execution_on >= (o.params #>> '{needs,executionOn}')::date)`,
      [formatInstant(house.systemNow())],
    );
    return rowCount ?? 0;
  });
}
