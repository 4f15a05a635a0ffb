import type { House } from './house.js';
import { sideBySide } from './lanes.js';
import { claimOutbox, OUTBOX_PAGE, type OutboxKind, type OutboxOutcome, type OutboxRow, recordOutbox } from './outbox.js';
import { retellNews } from './payments/bank-feed.js';
import { bookAllocation } from './payments/book-allocation.js';
import { sendBatch } from './payments/send-batch.js';
import { restoreDebt } from './recovery/restore-debt.js';
import { requestPayment, requestPayments } from './request-payment.js';

/** Decides retry: anything else that is thrown counts as retryable, up to the limit. */
export class NonRetryable extends Error {}

const ATTEMPTS_MAX = 12;
/** What is decided here for one page while the database writes another. */
const LANES = 2;

const noBank = Promise.resolve<OutboxOutcome>({ kind: 'later', afterMs: 60_000, why: 'no bank is configured' });

/** One handler per kind of intention; the type makes a missing one a compile error. */
const handlers: { [K in OutboxKind]: (house: House, row: OutboxRow) => Promise<OutboxOutcome> } = {
  'payment.request': requestPayment,
  'batch.send': (house, row) => (house.bank ? sendBatch(house, house.bank, row) : noBank),
  'batch.book': bookAllocation,
  'debt.restore': restoreDebt,
  'bank.news': (house, row) => (house.bank ? retellNews(house, house.bank, row) : noBank),
};

/** Works through a page of what is due; returns how many rows were handled. Every row is re-read and re-decided: an old job can never act on old facts. */
export async function runEffects(house: House, workerName: string, kinds?: readonly OutboxKind[]): Promise<number> {
  const rows = await claimOutbox(house, workerName, kinds);
  if (rows.length > 0) house.checkpoint('during-sweep');
  const together = await paymentsTogether(house, rows);
  await recordOutbox(
    house,
    workerName,
    [...together].map(([id, outcome]) => ({ id, outcome })),
  );
  const left = rows.filter(({ id }) => !together.has(id)).values();
  const lane = async (): Promise<void> => {
    for (const row of left) {
      const outcome: OutboxOutcome = house.stopping() ? { kind: 'later', afterMs: 0, why: 'the worker stopped' } : await runOne(house, row);
      await recordOutbox(house, workerName, [{ id: row.id, outcome }]);
    }
  };
  await sideBySide(LANES, lane);
  return rows.length;
}

/** Everything of these kinds that is due, page by page, two pages at once. Returns how many rows were handled. */
export async function drainEffects(house: House, workerName: string, kinds?: readonly OutboxKind[]): Promise<number> {
  const lane = async (): Promise<number> => {
    for (let handled = 0; ; ) {
      const page = await runEffects(house, workerName, kinds);
      handled += page;
      if (page < OUTBOX_PAGE || house.stopping()) return handled;
    }
  };
  const handled = await sideBySide(LANES, lane);
  return handled.reduce((sum, each) => sum + each, 0);
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
