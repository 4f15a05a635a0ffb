// (a) One event at a time through the one door, beside an event of six statements on bare tables, and beside the door's own statements
// sent again to a copy of the database by a driver that decides nothing.

import { dispatch } from '@tranche/casework';
import pg from 'pg';
import { bareEvents } from './bare-event.mjs';
import { closedLoop, median } from './measure.mjs';
import { commandOf, population } from './population.mjs';
import { keepStatements, openReplay, shapeOf } from './statements.mjs';

/** A training that pauses and goes on, again and again: an event that writes no more than case, event and stored answer. */
export function pausing(place, ids, paused = new Set()) {
  return (clients) => async (client, turn) => {
    // clients never share a case
    const caseId = ids[(client + turn * clients) % (ids.length - (ids.length % clients))];
    const type = paused.has(caseId) ? 'delivery.resumed' : 'delivery.interrupted';
    const answer = await dispatch(place.house, place.by('officer'), commandOf(caseId, type, paused.has(caseId) ? {} : { reason: 'flood' }));
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    if (!paused.delete(caseId)) paused.add(caseId);
  };
}

export async function single(place, { rounds, seconds, cases = 10_000, warmUpMs = 2_000, clients = [1, 8, 32] }) {
  const { ids, paused } = await population(place, 'started', cases);
  const work = pausing(place, ids, paused);
  const copied = await place.copy(`copy_${Date.now()}`);
  const copy = openReplay(copied.appUrl, place.serverPid);
  const sent = keepStatements(place.database);
  const bare = await bareEvents(place);
  const lived = async (count, ms) => ({
    ours: await closedLoop({ clients: count, ms, serverPid: place.serverPid, work: work(count) }),
    kept: sent.take(),
  });
  try {
    await copy.run((await lived(8, warmUpMs)).kept, 8);
    const rows = [];
    for (const count of clients) {
      const taken = [];
      for (let round = 0; round < rounds; round += 1) {
        const peer = await bare.run({ clients: count, seconds });
        const { ours, kept } = await lived(count, seconds * 1000);
        taken.push({ peer, ours, replay: perEvent(await copy.run(kept, count), ours.count), trips: shapeOf(kept) });
        if (process.env.BENCH_VERBOSE) console.log(count, JSON.stringify(taken.at(-1)));
      }
      rows.push(rowOf(count, bare.name, taken));
    }
    await sameEvents(place.superuserUrl, copied.superuserUrl);
    return rows;
  } finally {
    sent.stop();
    await Promise.all([copy.close(), bare.close()]);
  }
}

/** What was counted by transaction, by event: events that arrive together may share one. */
function perEvent({ count, perSecond, cpuMs, serverCpuMs, ...rest }, events) {
  const [each, shared] = [events / count, count / events];
  return { ...rest, each, perSecond: perSecond * each, cpuMs: cpuMs * shared, serverCpuMs: serverCpuMs * shared };
}

/** What was replayed is what the product did: throws unless both databases hold the same events. */
async function sameEvents(...urls) {
  const [ours, theirs] = await Promise.all(urls.map(digestOfEvents));
  if (ours !== theirs) throw new Error('the statements that were sent again did not write the events that the door wrote');
}

async function digestOfEvents(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query("SELECT md5(string_agg(encode(hash, 'hex'), ' ' ORDER BY case_id, seq)) AS digest FROM case_events");
  await client.end();
  return rows[0].digest;
}

function rowOf(clients, peer, taken) {
  const of = (pick) => median(taken.map(pick));
  return {
    clients,
    peer,
    perSecond: of(({ ours }) => ours.perSecond),
    p50: of(({ ours }) => ours.p50),
    p99: of(({ ours }) => ours.p99),
    cpuMs: of(({ ours }) => ours.cpuMs),
    serverCpuMs: of(({ ours }) => ours.serverCpuMs),
    peerPerSecond: of((each) => each.peer.perSecond),
    peerP50: of((each) => each.peer.p50),
    ratio: of((each) => each.ours.perSecond / each.peer.perSecond),
    slower: of((each) => each.ours.p50 / each.peer.p50),
    trips: taken[0].trips,
    replay: {
      each: of(({ replay }) => replay.each),
      perSecond: of(({ replay }) => replay.perSecond),
      p50: of(({ replay }) => replay.p50),
      p99: of(({ replay }) => replay.p99),
      cpuMs: of(({ replay }) => replay.cpuMs),
      serverCpuMs: of(({ replay }) => replay.serverCpuMs),
      ratio: of(({ ours, replay }) => ours.perSecond / replay.perSecond),
      toPeer: of((each) => each.replay.perSecond / each.peer.perSecond),
    },
  };
}
