import { dateOf, formatInstant } from '@tranche/calendar';
import { systemCommand } from '../command.js';
import { legalNow } from '../deadlines.js';
import { dispatchEach } from '../dispatch.js';
import type { House } from '../house.js';
import { type OutboxOutcome, type OutboxRow, worker } from '../outbox.js';
import { dropLines, dropStaleAccounts } from './drop-lines.js';
import { finishBatches, markProcessing } from './send-batch.js';

type Line = { id: string; caseId: string; disbursementId: string; payment: string; state: 'approved' | 'submitting' };

const PAGE = 100;
const AGAIN_MS = 300_000;

/**
 * Books a signed batch of allocations: budget moves to a city on the day it is booked, and no bank is asked. Each line goes the way of any
 * transfer in two steps, so that a case that is held or has failed by now keeps its line; a step that was taken is not taken again.
 */
export async function bookAllocation(house: House, row: OutboxRow): Promise<OutboxOutcome> {
  if (!row.subject) return { kind: 'dead', why: 'batch.book without a batch' };
  await markProcessing(house, row.subject);
  await dropStaleAccounts(house, row.subject);
  let stuck = 0;
  for (let lines = await openLines(house, row.subject, ''); lines.length > 0; lines = await openLines(house, row.subject, lines.at(-1)!.id))
    stuck += await book(house, lines);
  await finishBatches(house);
  return stuck === 0 ? { kind: 'done' } : { kind: 'later', afterMs: AGAIN_MS, why: `${stuck} lines could not be booked` };
}

function openLines(house: House, batchId: string, after: string): Promise<Line[]> {
  return house.database.read<Line>(
    worker,
    `SELECT t.id, d.case_id AS "caseId", d.id AS "disbursementId", d.payment, t.state FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id
     WHERE t.batch_id = $1 AND t.state IN ('approved', 'submitting') AND t.id::text > $2 ORDER BY t.id::text LIMIT ${PAGE}`,
    [batchId, after],
  );
}

/** Returns how many lines a failing case kept from being booked. */
async function book(house: House, lines: readonly Line[]): Promise<number> {
  const today = dateOf(await legalNow(house));
  const step = (line: Line, type: string, from: string, to: string, data: object, settled: object) =>
    systemCommand({
      caseId: line.caseId,
      type,
      data: { payment: line.payment, disbursement: line.disbursementId, ...data },
      key: `transfer:${line.id}:${to}`,
      cause: 'worker',
      along: { moveTransfers: [{ id: line.id, from_state: from, state: to, updated_at: formatInstant(house.systemNow()), ...settled }] },
    });
  const signed = lines.filter(({ state }) => state === 'approved');
  const begun = await dispatchEach(
    house,
    worker,
    signed.map((line) => step(line, 'disbursement.submitted', 'approved', 'submitting', {}, {})),
  );
  const refused = signed.filter((_, at) => begun.answers[at]?.ok === false);
  await dropLines(
    house,
    refused.map(({ id }) => id),
  );
  const ready = lines.filter((line) => line.state === 'submitting' || begun.answers[signed.indexOf(line)]?.ok === true);
  const done = await dispatchEach(
    house,
    worker,
    ready.map((line) => step(line, 'disbursement.settled', 'submitting', 'settled', { paidOn: today }, { settled_on: today })),
  );
  return [...begun.answers, ...done.answers].filter((answer) => answer === null).length;
}
