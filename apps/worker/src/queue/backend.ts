import { isPostgresQueue, queuePrefix, queueSchema, topics } from '@tranche/casework';
import { openQueuePool } from '@tranche/database';
import { createPostgresBackend, type QueueOptions, setDefaultBackendFactory } from 'bullmq';
import { describe, log } from '../log.js';

export type QueueBackend = { readonly options: Pick<QueueOptions, 'connection' | 'prefix'>; readonly close: () => Promise<void> };

/** Each worker keeps one connection to listen on; the rest fetch, finish and add. */
const CONNECTIONS = topics.length + 3;

/**
 * Where the queues live, by address: Redis, or a schema of its own in a Postgres. Call it before anything of BullMQ is made: on
 * Postgres it also sets the backend for the whole process. The application's pools are never shared with the queue.
 */
export function queueBackend(queueUrl: string): QueueBackend {
  if (!isPostgresQueue(queueUrl))
    return { options: { connection: { url: queueUrl, maxRetriesPerRequest: null }, prefix: queuePrefix }, close: async () => undefined };
  setDefaultBackendFactory(createPostgresBackend);
  const pool = openQueuePool({
    url: queueUrl,
    schema: queueSchema,
    max: CONNECTIONS,
    applicationName: 'tranche-worker-queue',
    onIdleError: (error) => log('warn', 'queue connection lost', describe(error)),
  });
  // the type speaks of Redis only; the backend factory above takes the place of it
  return { options: { connection: pool as unknown as QueueOptions['connection'] }, close: () => pool.end() };
}
