import { coalescingWaker, isPostgresQueue, jobOptions, queuePrefix, queueSchema, type Topic, topics } from '@tranche/casework';
import { createPostgresBackend, Queue, type QueueOptions, setDefaultBackendFactory } from 'bullmq';
import { v7 } from 'uuid';

export type QueueWaker = {
  /** after commit: "there is work of this kind"; never throws, and losing the call costs only time */
  readonly wake: (topic: Topic) => void;
  readonly close: () => Promise<void>;
};

/** Wakes the worker through the queues at this address (`redis://…` or `postgres://…`). `lost` hears what could not be told. */
export function openQueueWaker(queueUrl: string, lost: (topic: Topic, error: unknown) => void): QueueWaker {
  const backend = backendOf(queueUrl);
  const queues = new Map(topics.map((topic) => [topic, new Queue(topic, { ...backend, defaultJobOptions: jobOptions[topic] })]));
  for (const [topic, queue] of queues) queue.on('error', (error) => lost(topic, error));
  return {
    wake: coalescingWaker(
      async (topic) =>
        queues.get(topic)?.add('work', {}, { ...jobOptions[topic], jobId: v7(), deduplication: { id: topic, keepLastIfActive: true } }),
      lost,
    ),
    close: async () => {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
    },
  };
}

function backendOf(queueUrl: string): Pick<QueueOptions, 'connection' | 'prefix'> {
  if (!isPostgresQueue(queueUrl)) return { connection: { url: queueUrl, enableOfflineQueue: false }, prefix: queuePrefix };
  setDefaultBackendFactory(createPostgresBackend);
  const connection = { connectionString: queueUrl, schema: queueSchema, max: 1, application_name: 'tranche-queue' };
  return { connection: connection as QueueOptions['connection'] };
}
