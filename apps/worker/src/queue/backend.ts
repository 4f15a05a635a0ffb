import { isPostgresQueue, queuePrefix, queueSchema } from '@tranche/casework';
import { createPostgresBackend, type QueueOptions, setDefaultBackendFactory } from 'bullmq';

/** Connections of a queue or worker on Postgres: one listens, the others fetch and finish. */
const CONNECTIONS = 2;

/**
 * Where the queues live, by address: Redis, or a schema of its own in a Postgres. Call it before anything of BullMQ is made: on
 * Postgres it also sets the backend for the whole process. The application's pools are never shared with the queue.
 */
export function queueBackend(queueUrl: string): Pick<QueueOptions, 'connection' | 'prefix'> {
  if (!isPostgresQueue(queueUrl)) return { connection: { url: queueUrl, maxRetriesPerRequest: null }, prefix: queuePrefix };
  setDefaultBackendFactory(createPostgresBackend);
  const connection = { connectionString: queueUrl, schema: queueSchema, max: CONNECTIONS, application_name: 'tranche-queue' };
  // the type speaks of Redis only; the backend factory above takes the place of it
  return { connection: connection as QueueOptions['connection'] };
}
