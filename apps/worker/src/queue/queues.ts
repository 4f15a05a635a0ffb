import { coalescingWaker, jobOptions, type Topic, topics } from '@tranche/casework';
import type { Queue } from 'bullmq';
import { v7 } from 'uuid';
import { describe, log } from '../log.js';

/** One queue per kind of work. */
export type Queues = Readonly<Record<Topic, Queue>>;

/** Adds "there is work of this kind": while one such job waits no second one is made; while one runs, one more follows it. */
export const addWork = (queue: Queue, topic: Topic): Promise<unknown> =>
  queue.add('work', {}, { ...jobOptions[topic], jobId: v7(), deduplication: { id: topic, keepLastIfActive: true } });

/** A hint for later, told once per moment; the row decides, not the job. */
export const addHint = (queue: Queue, topic: Topic, dueAtMs: number, delayMs: number): Promise<unknown> =>
  queue.add('work', {}, { ...jobOptions[topic], jobId: v7(), delay: delayMs, deduplication: { id: `${topic}-${dueAtMs}` } });

/** The wake-up call of a process that holds the queues. */
export const wakerOf = (queues: Queues): ((topic: Topic) => void) =>
  coalescingWaker(
    (topic) => addWork(queues[topic], topic),
    (topic, error) => log('warn', 'wake-up lost', { topic, ...describe(error) }),
  );

/** A queue that cannot be reached is reported and never ends the process: the sweep goes on without it. */
export function reportErrors(queues: Queues): void {
  for (const topic of topics) queues[topic].on('error', quietly(topic));
}

const REPORT_EVERY_MS = 30_000;

/** A handler that logs an error of the queue's connection, at most twice a minute. */
export function quietly(topic: Topic): (error: Error) => void {
  let last = 0;
  return (error) => {
    if (Date.now() - last < REPORT_EVERY_MS) return;
    last = Date.now();
    log('warn', 'queue unreachable', { topic, ...describe(error) });
  };
}
