import type { Writable } from 'node:stream';
import type { Pool, PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';

/** Statements that need no transaction, on a few connections that everybody shares. */
export type SharedReads = {
  query<R extends QueryResultRow>(statement: QueryConfig): Promise<R[]>;
  close(): Promise<void>;
};

type Waiting = { readonly statement: QueryConfig; readonly told: (answer: Promise<QueryResult>) => void };

/**
 * A statement alone in its transaction needs no connection for itself. Those of one turn of the event loop go out together on one of the
 * pool's pipelining connections, in turn: most of what a small statement costs is waking the process at the other end. Each still ends
 * with its own Sync: none shares a transaction, a setting or an error with its neighbours.
 */
export function sharedReads(pool: Pool): SharedReads {
  const places: (Promise<PoolClient> | null)[] = Array.from({ length: pool.options.max }, () => null);
  let waiting: Waiting[] = [];
  let turn = 0;
  const send = async () => {
    const going = waiting;
    waiting = [];
    turn = (turn + 1) % places.length;
    try {
      const client = await (places[turn] ?? connect(pool, places, turn));
      together(client, () => {
        for (const { statement, told } of going) told(client.query(statement));
      });
    } catch (error) {
      for (const { told } of going) told(Promise.reject(error));
    }
  };
  return {
    query: async <R extends QueryResultRow>(statement: QueryConfig) => {
      const answer = new Promise<QueryResult<R>>((told) => {
        waiting.push({ statement, told: told as Waiting['told'] });
      });
      if (waiting.length === 1) setImmediate(() => void send());
      return (await answer).rows;
    },
    close: async () => {
      for (const place of places)
        place?.then(
          (client) => client.release(true),
          () => undefined,
        );
      await pool.end();
    },
  };
}

/** A connection for good; a lost one fails what was on its way, and the next statement makes another. */
function connect(pool: Pool, places: (Promise<PoolClient> | null)[], place: number): Promise<PoolClient> {
  const made = pool.connect();
  const leave = () => {
    if (places[place] === made) places[place] = null;
  };
  places[place] = made;
  made.then((client) => {
    client.once('error', (error) => {
      leave();
      client.release(error);
    });
  }, leave);
  return made;
}

/** Whatever `work` sends leaves in one write. */
function together(client: PoolClient, work: () => void): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection;
  stream.cork();
  try {
    work();
  } finally {
    stream.uncork();
  }
}
