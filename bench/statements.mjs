// What the product sends to its database, kept message by message as it leaves, and sent again by a driver that decides nothing. Nothing
// of it is written here: whatever the door sends today, in whatever packets, is what is replayed.

import { openDatabase } from '@tranche/database';
import { closedLoop } from './measure.mjs';

/**
 * Keeps all that is sent on a database's connections from now on. `take()` answers what was sent since the last call, in the order in
 * which it began: one item for each time a connection was taken from a pool, `{ pool, trips }`; a trip is what was sent without waiting, a
 * list of sendings, each the messages up to one synchronisation. `stop()` ends it.
 */
export function keepStatements(database) {
  let kept = [];
  let keeping = true;
  const begun = (use) => {
    if (keeping) kept.push(use);
  };
  for (const [name, pool] of Object.entries(poolsOf(database)))
    pool.on('acquire', (client) => {
      client.benchUse = { pool: name, trips: [] };
      client.benchBegun = begun;
      if (!client.benchWatched) watch(client);
      client.benchWatched = true;
    });
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

/** Listens to the messages of one connection. */
function watch(client) {
  const { connection } = client;
  const texts = new Map();
  let [underWay, sending] = [0, []];
  connection.on('readyForQuery', () => {
    underWay -= 1;
  });
  const sent = () => {
    const { trips } = client.benchUse;
    if (trips.length === 0) client.benchBegun(client.benchUse);
    if (underWay === 0) trips.push([]);
    trips.at(-1).push(sending);
    [underWay, sending] = [underWay + 1, []];
  };
  const heard = {
    parse: ({ text, name = '' }) => texts.set(name, text),
    bind: (message) => sending.push({ kind: 'bind', message, text: texts.get(message.statement ?? '') }),
    describe: (message) => sending.push({ kind: 'describe', message }),
    execute: (message) => sending.push({ kind: 'execute', message }),
    query: (text) => {
      sending.push({ kind: 'query', message: text });
      sent();
    },
    sync: sent,
  };
  for (const [kind, hear] of Object.entries(heard)) {
    const send = connection[kind];
    connection[kind] = (...args) => {
      hear(...args);
      return send.apply(connection, args);
    };
  }
}

/** One sending as pg lets it be submitted: prepares what this connection does not know yet, and waits for the end of the answer. */
class Sending {
  constructor(messages, resolve, reject) {
    Object.assign(this, { messages, resolve, reject });
  }

  submit(connection) {
    connection.benchPrepared ??= new Map();
    connection.stream.cork();
    for (const { kind, message, text } of this.messages)
      if (kind === 'bind') connection.bind({ ...message, statement: prepared(connection, text) });
      else connection[kind](message);
    if (this.messages.at(-1)?.kind !== 'query') connection.sync();
    connection.stream.uncork();
  }

  handleReadyForQuery() {
    this.resolve();
  }
  handleError(error) {
    this.reject(error);
  }
  handleRowDescription() {}
  handleDataRow() {}
  handleCommandComplete() {}
  handleEmptyQuery() {}
}

function prepared(connection, text) {
  const known = connection.benchPrepared.get(text);
  if (known !== undefined) return known;
  const name = `kept_${connection.benchPrepared.size}`;
  connection.benchPrepared.set(text, name);
  connection.parse({ text, name });
  return name;
}

/**
 * A driver for `url`, a copy of the database as it was before the statements were kept, on connections made as the product makes its
 * own. `run` sends them `clients` transactions at a time, each trip awaited before the next, and answers what `closedLoop` does.
 */
export function openReplay(url, serverPid) {
  const database = openDatabase({ url, applicationName: 'tranche-bench-replay', max: 8, hotMax: 32 });
  const pools = poolsOf(database);
  const send = async ({ pool, trips }) => {
    const client = await pools[pool].connect();
    const submit = (messages) => new Promise((resolve, reject) => client.query(new Sending(messages, resolve, reject)));
    let failed = true;
    try {
      for (const trip of trips) await Promise.all(trip.map(submit));
      failed = false;
    } finally {
      client.release(failed);
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
    const shape = trips.map((trip) => trip.flat().filter(({ kind }) => kind === 'bind' || kind === 'query').length).join(' + ');
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
