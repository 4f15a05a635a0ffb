import { coalescingWaker, isPostgresQueue, jobOptions, queuePrefix, queueSchema, type Topic, topics } from '@tranche/casework';
import { openQueuePool, type QueuePool } from '@tranche/database';
import { createPostgresBackend, Queue } from 'bullmq';
import { v7 } from 'uuid';

export type QueueWaker = {
  /** after commit: "there is work of this kind"; never throws, and losing the call costs only time */
  readonly wake: (topic: Topic) => void;
  readonly close: () => Promise<void>;
};

/** Wakes the worker through the queues at this address (`redis://…` or `postgres://…`). `lost` hears what could not be told. */
export function openQueueWaker(queueUrl: string, lost: (topic: Topic, error: unknown) => void): QueueWaker {
  const pool = isPostgresQueue(queueUrl) ? openPool(queueUrl) : null;
  const queues = new Map(topics.map((topic) => [topic, openQueue(queueUrl, pool, topic)]));
  for (const [topic, queue] of queues) queue.on('error', (error) => lost(topic, error));
  return {
    wake: coalescingWaker(
      async (topic) =>
        queues.get(topic)?.add('work', {}, { ...jobOptions[topic], jobId: v7(), deduplication: { id: topic, keepLastIfActive: true } }),
      lost,
    ),
    close: async () => {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
      await pool?.end();
    },
  };
}

const openPool = (url: string): QueuePool =>
  openQueuePool({ url, schema: queueSchema, max: 2, applicationName: 'tranche-api-queue', onIdleError: () => undefined });

/** The connection and its backend belong to this queue alone: nothing is set for the whole process. */
function openQueue(queueUrl: string, pool: QueuePool | null, topic: Topic): Queue {
  const defaultJobOptions = jobOptions[topic];
  if (pool === null)
    return new Queue(topic, { connection: { url: queueUrl, enableOfflineQueue: false }, prefix: queuePrefix, defaultJobOptions });
  // the type of a queue speaks of Redis; what is called on it is the same
  return new Queue(topic, { connection: pool, defaultJobOptions }, createPostgresBackend) as unknown as Queue;
}
