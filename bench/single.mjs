// (a) One event at a time through the one door, beside pgbench on bare tables of the same server.

import { dispatch } from '@tranche/casework';
import { closedLoop, median } from './measure.mjs';
import { pgbenchEvents, pgbenchPath, prepareBareTables } from './pgbench.mjs';
import { caseAt, commandOf, copies } from './population.mjs';

/** A training that pauses and goes on, again and again: an event that writes no more than case, event and stored answer. */
export function pausing(place, ids, paused = new Set()) {
  return (clients) => async (client, turn) => {
    // clients never share a case
    const caseId = ids[(client + turn * clients) % ids.length];
    const type = paused.has(caseId) ? 'delivery.resumed' : 'delivery.interrupted';
    const answer = await dispatch(place.house, place.by('officer'), commandOf(caseId, type, paused.has(caseId) ? {} : { reason: 'flood' }));
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    if (!paused.delete(caseId)) paused.add(caseId);
  };
}

export async function single(place, { rounds, seconds, clients = [1, 8, 32] }) {
  const ids = await copies(place, await caseAt(place, 'started'), 10_000, 'A-');
  const work = pausing(place, ids);
  const peer = pgbenchPath() === null ? null : 'pgbench';
  if (peer) await prepareBareTables(place);
  await closedLoop({ clients: 8, ms: 2_000, serverPid: place.serverPid, work: work(8) });
  const rows = [];
  for (const count of clients) {
    const taken = [];
    for (let round = 0; round < rounds; round += 1) {
      const bare = peer ? await pgbenchEvents(place, { clients: count, seconds }) : null;
      const ours = await closedLoop({ clients: count, ms: seconds * 1000, serverPid: place.serverPid, work: work(count) });
      taken.push({ bare, ours, ratio: bare ? ours.perSecond / bare.perSecond : null, slower: bare ? ours.p50 / bare.p50 : null });
      if (process.env.BENCH_VERBOSE) console.log(count, JSON.stringify(taken.at(-1)));
    }
    const of = (pick) => median(taken.map(pick));
    rows.push({
      clients: count,
      peer,
      perSecond: of(({ ours }) => ours.perSecond),
      p50: of(({ ours }) => ours.p50),
      p99: of(({ ours }) => ours.p99),
      cpuMs: of(({ ours }) => ours.cpuMs),
      serverCpuMs: of(({ ours }) => ours.serverCpuMs),
      peerPerSecond: of(({ bare }) => bare?.perSecond),
      peerP50: of(({ bare }) => bare?.p50),
      ratio: of(({ ratio }) => ratio),
      slower: of(({ slower }) => slower),
    });
  }
  return rows;
}
