import type { House } from './house.js';
import { claimOutbox, type OutboxKind, type OutboxOutcome, type OutboxRow, recordOutbox } from './outbox.js';
import { retellNews } from './payments/bank-feed.js';
import { bookAllocation } from './payments/book-allocation.js';
import { sendBatch } from './payments/send-batch.js';
import { requestPayment, requestPayments } from './request-payment.js';

/** Decides retry: anything else that is thrown counts as retryable, up to the limit. */
export class NonRetryable extends Error {}

const ATTEMPTS_MAX = 12;

const noBank = Promise.resolve<OutboxOutcome>({ kind: 'later', afterMs: 60_000, why: 'no bank is configured' });

/** One handler per kind of intention; the type makes a missing one a compile error. */
const handlers: { [K in OutboxKind]: (house: House, row: OutboxRow) => Promise<OutboxOutcome> } = {
  'payment.request': requestPayment,
  'batch.send': (house, row) => (house.bank ? sendBatch(house, house.bank, row) : noBank),
  'batch.book': bookAllocation,
  'bank.news': (house, row) => (house.bank ? retellNews(house, house.bank, row) : noBank),
};

/** Works through what is due; returns how many rows were handled. Every row is re-read and re-decided: an old job can never act on old facts. */
export async function runEffects(house: House, workerName: string, kinds?: readonly OutboxKind[]): Promise<number> {
  const rows = await claimOutbox(house, workerName, kinds);
  if (rows.length > 0) house.checkpoint('during-sweep');
  const together = await paymentsTogether(house, rows);
  await recordOutbox(
    house,
    workerName,
    [...together].map(([id, outcome]) => ({ id, outcome })),
  );
  for (const row of rows.filter(({ id }) => !together.has(id))) {
    const outcome: OutboxOutcome = house.stopping() ? { kind: 'later', afterMs: 0, why: 'the worker stopped' } : await runOne(house, row);
    await recordOutbox(house, workerName, [{ id: row.id, outcome }]);
  }
  return rows.length;
}

/** Requests of payments go together, as far as they can; none where something fails: each is then looked at alone. */
async function paymentsTogether(house: House, rows: readonly OutboxRow[]): Promise<ReadonlyMap<string, OutboxOutcome>> {
  const requests = rows.filter(({ kind }) => kind === 'payment.request');
  if (requests.length < 2 || house.stopping()) return new Map();
  try {
    return await requestPayments(house, requests);
  } catch {
    return new Map();
  }
}

async function runOne(house: House, row: OutboxRow): Promise<OutboxOutcome> {
  try {
    return await handlers[row.kind](house, row);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof NonRetryable || row.attempts >= ATTEMPTS_MAX) return { kind: 'dead', why };
    return { kind: 'later', afterMs: Math.min(1000 * 2 ** row.attempts, 300_000), why };
  }
}
