import pg, { type ClientBase, type Pool, type QueryResultRow } from 'pg';
import { type Actor, settingsOf, settingValues } from './actor.js';
import { columnTypes } from './column-types.js';
import { sharedReads } from './shared-reads.js';

/** Connections of the one door: several statements sent at once cost one round trip (`roundTrip`). */
export type HotPool = Pool;

/** A connection inside a transaction. */
export type Tx = ClientBase;

/** A statement with its name, when it should be prepared once per connection. */
export type Sql = string | { readonly name: string; readonly text: string };

export type Database = {
  /**
   * Runs `work` in one transaction as this actor and commits; throws what the statements threw, with nothing written.
   * A serialization failure or a deadlock is tried again from the start (`retries`, 3 unless told): `work` must be repeatable.
   * `frozen`: every statement sees the same moment (REPEATABLE READ).
   */
  transaction<T>(actor: Actor, work: (tx: ClientBase) => Promise<T>, options?: { retries?: number; frozen?: boolean }): Promise<T>;
  /** One read-only statement as this actor: one round trip, its rows. */
  read<R extends QueryResultRow>(actor: Actor, sql: Sql, params?: readonly unknown[]): Promise<R[]>;
  /**
   * One SELECT that sets its actor itself: its text begins with `settingActor`, and whatever row security guards comes from sub-queries
   * that depend on that part (LATERAL … OFFSET 0), or it finds nothing. No transaction round it: the settings end with the statement,
   * and the server gets one message instead of four. `params` are $5 and on.
   */
  readAlone<R extends QueryResultRow>(actor: Actor, statement: Exclude<Sql, string>, params: readonly unknown[]): Promise<R[]>;
  /** The pool of the hot path; made at the first call. Its users begin, commit and release themselves. */
  hot(): HotPool;
  /** for health checks and metrics */
  readonly pool: Pool;
  close(): Promise<void>;
};

export type OpenDatabase = {
  url: string;
  /** connections of the ordinary pool, 10 unless told */
  max?: number;
  /** connections of the hot pool, as many as `max` unless told */
  hotMax?: number;
  applicationName: string;
  /** an idle connection broke (server restarted); the pool has already dropped it */
  onIdleError?: (error: Error) => void;
};

const deadlockOrSerialization = new Set(['40001', '40P01']);

/** Opens pools to a database as `tranche_app`. Connects at the first use. */
export function openDatabase(options: OpenDatabase): Database {
  const pool = makePool(options, options.max ?? 10);
  const hot = once(() =>
    makePool({ ...options, applicationName: `${options.applicationName}-hot` }, options.hotMax ?? options.max ?? 10, hotPlans),
  );
  const shared = once(() =>
    sharedReads(
      makePool({ ...options, applicationName: `${options.applicationName}-shared` }, sharedConnections, `${hotPlans} ${readOnly}`),
    ),
  );
  return {
    pool,
    transaction: (actor, work, { retries = 3, frozen = false } = {}) =>
      withRetries(retries, () => inTransaction(pool, actor, work, frozen ? 'BEGIN ISOLATION LEVEL REPEATABLE READ' : 'BEGIN')),
    read: (actor, sql, params = []) => readOnce(pool, actor, sql, params),
    readAlone: (actor, statement, params) => shared.get().query({ ...statement, values: [...settingValues(actor), ...params] }),
    hot: hot.get,
    close: async () => {
      await Promise.all([pool.end(), hot.made()?.end(), shared.made()?.close()]);
    },
  };
}

/** Made at the first call of `get`; `made` is undefined before it. */
function once<T>(make: () => T): { readonly get: () => T; readonly made: () => T | undefined } {
  let value: T | undefined;
  const get = () => {
    value ??= make();
    return value;
  };
  return { get, made: () => value };
}

const ignored = (): void => undefined;

/**
 * The few statements of the hot path are planned once per connection, by their indexes: left to itself the server plans two of
 * them again for every event, and a plan made while a table was small would scan it when it has grown.
 */
const hotPlans = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off';
const readOnly = '-c default_transaction_read_only=on';
/** Enough to keep both the server and this process at work; more only wake each other. */
const sharedConnections = 4;

function makePool({ url, applicationName, onIdleError }: OpenDatabase, max: number, settings?: string): Pool {
  const config: pg.PoolConfig & { pipeline: boolean } = {
    connectionString: url,
    ...(settings === undefined ? {} : { options: settings }),
    max,
    application_name: applicationName,
    types: columnTypes,
    // the hot path sends its round trips whole (round-trip.ts), which pg's own pipelining does not let through
    pipeline: settings === undefined,
    connectionTimeoutMillis: 10_000,
  };
  const pool = new pg.Pool(config);
  // a connection that breaks while it is in use tells whoever uses it, and also says so here: without a listener the process would end
  pool.on('connect', (client) => client.on('error', ignored));
  pool.on('error', (error) => onIdleError?.(error));
  return pool;
}

async function withRetries<T>(retries: number, attempt: () => Promise<T>): Promise<T> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tried >= retries || !deadlockOrSerialization.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}

async function inTransaction<T>(pool: Pool, actor: Actor, work: (tx: ClientBase) => Promise<T>, begin: string): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await Promise.all([client.query(begin), client.query(settingsOf(actor))]);
    const result = await work(client);
    const end = await client.query('COMMIT');
    // a COMMIT after a failed statement resolves too, as a rollback: nobody may take it for a commit
    if (end.command !== 'COMMIT') throw new Error('the transaction was rolled back: a failed statement was swallowed');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function readOnce<R extends QueryResultRow>(pool: Pool, actor: Actor, sql: Sql, params: readonly unknown[]): Promise<R[]> {
  const client = await pool.connect();
  const statement = typeof sql === 'string' ? { text: sql } : sql;
  const sent = await Promise.allSettled([
    client.query('BEGIN READ ONLY'),
    client.query(settingsOf(actor)),
    client.query<R>({ ...statement, values: [...params] }),
    client.query('COMMIT'),
  ]);
  const [begun, , answer, ended] = sent;
  client.release(begun.status === 'rejected' || ended.status === 'rejected');
  const failed = sent.find((each) => each.status === 'rejected');
  if (answer.status === 'fulfilled' && !failed) return answer.value.rows;
  throw failed?.reason;
}
