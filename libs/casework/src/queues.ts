/**
 * What the queues are called and how a job looks. A job only says "there is work of this kind": it carries nothing, is
 * deduplicated by kind, and losing it costs only time, because every intention is a row that the worker sweeps by itself.
 */

/** Kinds of work; each has a queue of its own, so that a slow bank or a large batch delays neither a deadline nor a new request. */
export const topics = ['effects', 'sending', 'bank', 'deadlines', 'runs'] as const;
export type Topic = (typeof topics)[number];

/** Hash-tagged: all keys of the queues lie in one slot of a Redis Cluster. */
export const queuePrefix = '{tranche}';
/** Schema of the queues on Postgres. */
export const queueSchema = 'bullmq';

export const isPostgresQueue = (queueUrl: string): boolean => /^postgres(ql)?:/.test(queueUrl);

export type QueuePolicy = {
  /** attempts of one job; the next sweep does the work anyway */
  readonly attempts: number;
  readonly backoff: { readonly type: 'exponential'; readonly delay: number };
  readonly removeOnComplete: true;
  readonly removeOnFail: true;
};

/** Nothing of a finished job is kept: what happened stands in Postgres. */
export const jobOptions: Readonly<Record<Topic, QueuePolicy>> = {
  effects: { attempts: 3, backoff: { type: 'exponential', delay: 500 }, removeOnComplete: true, removeOnFail: true },
  sending: { attempts: 3, backoff: { type: 'exponential', delay: 1000 }, removeOnComplete: true, removeOnFail: true },
  bank: { attempts: 3, backoff: { type: 'exponential', delay: 1000 }, removeOnComplete: true, removeOnFail: true },
  deadlines: { attempts: 3, backoff: { type: 'exponential', delay: 500 }, removeOnComplete: true, removeOnFail: true },
  runs: { attempts: 3, backoff: { type: 'exponential', delay: 1000 }, removeOnComplete: true, removeOnFail: true },
};

/** How the worker listens, once the queue is known to be ready; milliseconds. */
export const workerOptions = {
  concurrency: 1,
  lockDuration: 30_000,
  stalledInterval: 15_000,
  runRetryDelay: 1_000,
  autorun: false,
} as const;
