import pg, { type Pool } from 'pg';
import { isUnreachable } from './unreachable.js';

export type QueuePool = Pool;

export type OpenQueuePool = {
  url: string;
  /** where the queue's tables lie; its statements name no schema */
  schema: string;
  /** each worker on the pool keeps one connection to listen on */
  max: number;
  applicationName: string;
  onIdleError: (error: Error) => void;
};

const ignored = (): void => undefined;

/**
 * A pool for the queue's own tables, never the application's: another search path, and the driver's usual column types.
 * A connection that breaks in the middle of a statement fails that statement and nothing else. Whatever keeps a statement from
 * reaching the server is told as ECONNREFUSED, the one error after which the queue pauses before it tries again.
 */
export function openQueuePool({ url, schema, max, applicationName, onIdleError }: OpenQueuePool): QueuePool {
  const pool = new PatientPool({
    connectionString: url,
    options: `-c search_path=${schema}`,
    max,
    application_name: applicationName,
    keepAlive: true,
  });
  pool.on('connect', (client) => client.on('error', ignored));
  pool.on('error', onIdleError);
  // every queue and every listener hears its errors: two for each kind of work, and no leak
  pool.setMaxListeners(32);
  return pool;
}

class PatientPool extends pg.Pool {
  override connect = ((...given: unknown[]) => told(super.connect(...(given as [])))) as unknown as Pool['connect'];
  override query = ((...given: unknown[]) => told(super.query(...(given as [string])))) as unknown as Pool['query'];
}

/** Promise in, promise out; a call with a callback (the pool's own) passes through. */
function told(result: unknown): unknown {
  if (!(result instanceof Promise)) return result;
  return result.catch((error: unknown) => {
    if (!isUnreachable(error)) throw error;
    const { message } = error as Error;
    throw Object.assign(new Error(`the queue's database cannot be reached: ${message}`, { cause: error }), { code: 'ECONNREFUSED' });
  });
}
