// The statements the product sends, kept as they are sent, and sent again by a driver that decides nothing. Nothing of them is written
// here: whatever the door sends today is what is replayed.

import { openDatabase } from '@tranche/database';
import { closedLoop } from './measure.mjs';

/**
 * Keeps all that is sent on a database's connections from now on. `take()` answers what was sent since the last call, in the order in
 * which it began: one item for each time a connection was taken from a pool, `{ pool, trips }`; a trip is what was sent without waiting.
 * `stop()` ends it.
 */
export function keepStatements(database) {
  let kept = [];
  let keeping = true;
  for (const [name, pool] of Object.entries(poolsOf(database)))
    pool.on('acquire', (client) => {
      watch(client);
      client.benchUse = { pool: name, trips: [] };
    });
  const watch = (client) => {
    if (client.benchWatched) return;
    client.benchWatched = true;
    const send = client.query;
    let underWay = 0;
    const answered = () => {
      underWay -= 1;
    };
    client.query = (statement, values, ...rest) => {
      const { trips } = client.benchUse;
      if (trips.length === 0 && keeping) kept.push(client.benchUse);
      if (underWay === 0) trips.push([]);
      trips.at(-1).push(asConfig(statement, values));
      const answer = send.call(client, statement, values, ...rest);
      underWay += 1;
      answer.then(answered, answered);
      return answer;
    };
  };
  return {
    take: () => {
      const taken = kept;
      kept = [];
      return taken;
    },
    stop: () => {
      keeping = false;
      kept = [];
    },
  };
}

const poolsOf = (database) => ({ hot: database.hot(), ordinary: database.pool });
const asConfig = (statement, values) => (typeof statement === 'string' ? { text: statement, ...(values ? { values } : {}) } : statement);

/**
 * A driver for `url`, a copy of the database as it was before the statements were kept, on connections made as the product makes its
 * own. `run` sends them `clients` transactions at a time, each trip awaited before the next, and answers what `closedLoop` does.
 */
export function openReplay(url, serverPid) {
  const database = openDatabase({ url, applicationName: 'tranche-bench-replay', max: 8, hotMax: 32 });
  const pools = poolsOf(database);
  const send = async ({ pool, trips }) => {
    const client = await pools[pool].connect();
    try {
      for (const trip of trips) await Promise.all(trip.map((statement) => client.query({ ...statement })));
    } finally {
      client.release();
    }
  };
  return {
    run: (kept, clients) => closedLoop({ clients, items: kept, serverPid, work: (_, __, use) => send(use) }),
    close: () => database.close(),
  };
}

/** How many statements each trip of a transaction holds, as the commonest of them has it: `5 + 2`. */
export function shapeOf(kept) {
  const counts = new Map();
  for (const { trips } of kept) {
    const shape = trips.map((trip) => trip.length).join(' + ');
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
