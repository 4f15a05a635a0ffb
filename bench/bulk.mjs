// (b) Many events in one durable transaction, everything on, beside the naive loop on the same server.

import { dispatchMany } from '@tranche/casework';
import pg from 'pg';
import { prepareBareTables } from './bare-event.mjs';
import { closedLoop, median } from './measure.mjs';
import { naiveTransaction } from './naive-loop.mjs';
import { commandOf, population } from './population.mjs';

/** Transactions under way at once, in one process. */
const WRITERS = 2;

export async function bulk(place, { rounds, seconds, cases = 10_000, warmUpMs = seconds * 1000, sizes = [100, 500, 1_000] }) {
  const { template, ids, paused } = await population(place, 'started', cases);
  await prepareBareTables(place);
  const sample = await place.superuser.query(
    'SELECT policy_id AS "policyId", policy_version AS "policyVersion", jurisdiction FROM cases WHERE id = $1',
    [template],
  );
  const { machine } = place.house.policies.of(sample.rows[0]);
  const clients = await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      const client = new pg.Client({ connectionString: place.superuserUrl });
      await client.connect();
      return client;
    }),
  );
  const rows = [];
  try {
    for (const size of sizes) {
      const [ours, theirs] = [pausingMany(place, ids, size, paused), naiveMany(clients, machine.states, ids.length, size)];
      const taken = [];
      for (let round = -1; round < rounds; round += 1) {
        const ms = round < 0 ? warmUpMs : seconds * 1000;
        const run = (work) => closedLoop({ clients: WRITERS, ms, serverPid: place.serverPid, work });
        const [naive, product] = [await run(theirs), await run(ours)];
        if (round >= 0) taken.push({ naive, product });
        if (process.env.BENCH_VERBOSE) console.log(size, JSON.stringify({ naive, product }));
      }
      const of = (pick) => median(taken.map(pick));
      rows.push({
        size,
        perSecond: of(({ product }) => product.perSecond * size),
        naivePerSecond: of(({ naive }) => naive.perSecond * size),
        ratio: of(({ product, naive }) => product.perSecond / naive.perSecond),
        cpuUs: of(({ product }) => (product.cpuMs * 1000) / size),
        serverCpuUs: of(({ product }) => (product.serverCpuMs * 1000) / size),
        naiveCpuUs: of(({ naive }) => (naive.cpuMs * 1000) / size),
        naiveServerCpuUs: of(({ naive }) => (naive.serverCpuMs * 1000) / size),
        p50: of(({ product }) => product.p50),
        p99: of(({ product }) => product.p99),
      });
    }
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
  return rows;
}

/** Trainings that pause and go on, `size` of them in a transaction; the writers share no case. */
function pausingMany(place, ids, size, paused) {
  return async (client, turn) => {
    const half = ids.length / WRITERS;
    const commands = Array.from({ length: size }, (_, index) => {
      const caseId = ids[client * half + ((turn * size + index) % half)];
      return paused.has(caseId) ? commandOf(caseId, 'delivery.resumed') : commandOf(caseId, 'delivery.interrupted', { reason: 'flood' });
    });
    for (const answer of await dispatchMany(place.house, place.by('officer'), commands)) {
      if (!answer.ok) throw new Error(JSON.stringify(answer));
      if (!paused.delete(answer.caseId)) paused.add(answer.caseId);
    }
  };
}

function naiveMany(clients, machine, count, size) {
  const stamp = {
    amounts: { estimate: '30000000', first: '15000000', second: '7500000', assessed: null, onFailure: '0' },
    conditions: { halfReached: null },
    eligible: true,
    inWindow: true,
    unmet: [],
  };
  const eventOf = ({ snapshot, version }) => ({
    type: snapshot.value.continuity === 'interrupted' ? 'delivery.resumed' : 'delivery.interrupted',
    seq: version + 1,
    at: '2020-11-25T09:00:00+08:00',
    on: '2020-11-25',
    actor: 'somebody',
    data: { reason: 'flood' },
    stamp,
  });
  return (client, turn) => {
    const half = count / WRITERS;
    const ids = Array.from({ length: size }, (_, index) => 1 + client * half + ((turn * size + index) % half));
    return naiveTransaction(clients[client], machine, ids, eventOf);
  };
}
