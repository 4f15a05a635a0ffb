import type { OnlineRail } from '@tranche/bank';
import type { Calendar } from '@tranche/calendar';
import type { Database, HotPool } from '@tranche/database';
import type { CasePolicies } from './case-policies.js';
import type { Topic } from './queues.js';

export const checkpoints = [
  'after-commit-before-wake',
  'after-submitting-before-send',
  'after-send-before-record',
  'during-sweep',
] as const;
export type Checkpoint = (typeof checkpoints)[number];

/** The bank and its manners: how long a send may take, when to ask again, when "not found" may be believed. Milliseconds. */
export type BankRail = {
  readonly adapter: OnlineRail;
  /** send timeout plus margin: only an attempt whose lease has run out becomes unknown */
  readonly leaseMs: number;
  readonly inquireAfterMs: readonly number[];
  readonly settleMs: number;
};

/** What the house of casework stands on: values and ports, made once per process. */
export type House = {
  readonly database: Database;
  /** pipelining connections for the one door */
  readonly hot: HotPool;
  readonly policies: CasePolicies;
  /** system clock, epoch milliseconds */
  readonly systemNow: () => number;
  readonly newId: () => string;
  /** after commit: "there is work of this kind"; losing a call costs only time */
  readonly wake: (topic: Topic) => void;
  /** the way to the bank; absent where nothing is sent */
  readonly bank: BankRail | null;
  /** sandbox: the simulated bank's clock follows the legal clock; does nothing otherwise */
  readonly followBankClock: (offsetMs: number) => Promise<void>;
  /** named points at which a test may kill the process; does nothing otherwise */
  readonly checkpoint: (point: Checkpoint) => void;
  /** true once this process should finish the page in hand and begin no other */
  readonly stopping: () => boolean;
  /** how long claimed work is left alone; after that another worker may take it. Milliseconds */
  readonly outboxLeaseMs: number;
  /** calendar of the last revision seen; replaced when the database has a newer one */
  readonly calendarCache: { revision: number; calendar: Calendar | null };
};
