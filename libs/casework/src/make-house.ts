import type { OnlineRail } from '@tranche/bank';
import { assertAppRole, type Database } from '@tranche/database';
import { v7 } from 'uuid';
import { casePolicies } from './case-policies.js';
import { assertCasesRunnable } from './cases-runnable.js';
import type { BankRail, Checkpoint, House } from './house.js';

/** How long the bank may take and when it is asked again; milliseconds. */
export type BankTiming = {
  /** of one request, from the first byte to the last of the answer */
  readonly timeoutMs: number;
  /** on top of the time-out, before an attempt without answer counts as unknown */
  readonly leaseMarginMs: number;
  readonly inquireAfterMs: readonly number[];
  /** how long the bank's "not found" is not believed */
  readonly settleMs: number;
};

const minutes = (count: number): number => count * 60_000;

/** Pauses of 1, 2, 5, 15 and 60 minutes; "not found" is believed after ten. */
export const bankTiming: BankTiming = {
  timeoutMs: 30_000,
  leaseMarginMs: 30_000,
  inquireAfterMs: [1, 2, 5, 15, 60].map(minutes),
  settleMs: minutes(10),
};

export const bankRail = (adapter: OnlineRail, timing: BankTiming = bankTiming): BankRail => ({
  adapter,
  leaseMs: timing.timeoutMs + timing.leaseMarginMs,
  inquireAfterMs: timing.inquireAfterMs,
  settleMs: timing.settleMs,
});

export type HouseParts = {
  readonly database: Database;
  /** the policies this house knows; those of the registry unless told */
  readonly policies?: House['policies'];
  readonly bank?: BankRail | null;
  /** sandbox: sets the simulated bank's clock to the system clock plus this */
  readonly followBankClock?: House['followBankClock'];
  /** losing a call costs only time */
  readonly wake?: House['wake'];
  readonly checkpoint?: (point: Checkpoint) => void;
  /** true once the process should finish the page in hand and begin no other */
  readonly stopping?: () => boolean;
  /** how long a worker may hold claimed work before another takes it; a minute unless told */
  readonly outboxLeaseMs?: number;
  /** system clock, epoch milliseconds */
  readonly systemNow?: () => number;
};

const nothing = (): void => undefined;
const never = (): boolean => false;

/** The house of casework for one process. Connects to nothing yet; `assertHouse` says whether it may start. */
export function makeHouse(parts: HouseParts): House {
  return {
    database: parts.database,
    hot: parts.database.hot(),
    policies: parts.policies ?? casePolicies(),
    systemNow: parts.systemNow ?? Date.now,
    newId: v7,
    wake: parts.wake ?? nothing,
    bank: parts.bank ?? null,
    followBankClock: parts.followBankClock ?? (() => Promise.resolve()),
    checkpoint: parts.checkpoint ?? nothing,
    stopping: parts.stopping ?? never,
    outboxLeaseMs: parts.outboxLeaseMs ?? minutes(1),
    calendarCache: { revision: -1, calendar: null },
  };
}

/**
 * A process starts only as the application's role, and only when it can run every case that is not closed.
 * Throws `StartRefused` with what is wrong and what to do.
 */
export async function assertHouse(house: House): Promise<void> {
  await assertAppRole(house.database.pool);
  await assertCasesRunnable(house);
}
