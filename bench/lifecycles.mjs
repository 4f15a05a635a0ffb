// (c) Like for like: eight events of a case and three payments of one INSERT each. The product's events go through the one door with
// everything on; the peers' events do the bare event transaction (BullMQ) or only write their own journal (DBOS).

import { dispatch, dispatchMany } from '@tranche/casework';
import { v7 } from 'uuid';
import { prepareBareTables } from './bare-event.mjs';
import { closedLoop, median } from './measure.mjs';
import { caseAt, commandOf, copies } from './population.mjs';

/** Role, type, data, and whether a payment goes with it. */
const life = [
  ['institution', 'application.submitted'],
  ['officer', 'application.accepted'],
  ['reviewer', 'application.reviewed'],
  ['approver', 'application.approved'],
  ['institution', 'milestone.started', {}, true],
  ['officer', 'delivery.interrupted', { reason: 'flood' }],
  ['officer', 'delivery.resumed', {}, true],
  ['institution', 'milestone.ended', {}, true],
];

/** One row that stands or falls with the event. */
const payment = (place, caseId) => ({
  notifications: [
    {
      id: v7(),
      case_id: caseId,
      audience_role: 'maker',
      organisation_id: place.seed.institutionId,
      kind: 'bench.payment',
      text: { zh: '拨付', en: 'payment' },
      recorded_at: new Date().toISOString(),
    },
  ],
});

const step = (place, caseId, [, type, data = {}, pays]) => ({
  ...commandOf(caseId, type, data),
  ...(pays ? { along: payment(place, caseId) } : {}),
});

const accepted = (answer) => {
  if (!answer.ok) throw new Error(JSON.stringify(answer));
};

/** Drafts that are used up one by one; made as they are needed. */
async function drafts(place, count, prefix) {
  const ids = await copies(place, await caseAt(place, 'draft'), count, prefix);
  return () => {
    const id = ids.pop();
    if (id === undefined) throw new Error('not enough drafts for this run');
    return id;
  };
}

const singly = (place, next) => async () => {
  const caseId = next();
  for (const each of life) accepted(await dispatch(place.house, place.by(each[0]), step(place, caseId, each)));
};

const together = (place, next, size) => async () => {
  const ids = Array.from({ length: size }, next);
  for (const each of life)
    for (const answer of await dispatchMany(
      place.house,
      place.by(each[0]),
      ids.map((caseId) => step(place, caseId, each)),
    ))
      accepted(answer);
};

export async function lifecycles(place, { rounds, seconds, peers, size = 250 }) {
  const next = await drafts(place, Math.ceil(1800 * seconds * (rounds + 1)), 'C-');
  await prepareBareTables(place);
  const others = peers ? await openPeers(place) : [];
  const runs = [
    { name: 'Tranche, events sent one by one', clients: 128, lives: 1, work: singly(place, next) },
    { name: `Tranche, ${size} cases a transaction`, clients: 2, lives: size, work: together(place, next, size) },
    ...others.map(({ name, clients, live, pid }) => ({ name, clients, lives: 1, work: live, pid })),
  ];
  const taken = runs.map(() => []);
  try {
    for (let round = -1; round < rounds; round += 1)
      for (const [index, { clients, lives, work, name }] of runs.entries()) {
        const loop = await closedLoop({ clients, ms: seconds * 1000, serverPid: place.serverPid, work });
        const result = { perSecond: loop.perSecond * lives, cpuMs: (loop.cpuMs + loop.serverCpuMs) / lives, p50: loop.p50, p99: loop.p99 };
        if (round >= 0) taken[index].push(result);
        if (process.env.BENCH_VERBOSE) console.log(name, JSON.stringify(result));
      }
  } finally {
    for (const { close } of others) await close();
  }
  const baseOf = (name) => runs.findIndex((run) => run.name.startsWith(name));
  return runs.map(({ name }, index) => {
    const of = (pick) => median(taken[index].map(pick));
    const against = (peer) =>
      baseOf(peer) < 0 ? null : median(taken[index].map(({ perSecond }, round) => perSecond / taken[baseOf(peer)][round].perSecond));
    return {
      name,
      perSecond: of(({ perSecond }) => perSecond),
      p50: of(({ p50 }) => p50),
      cpuMs: of(({ cpuMs }) => cpuMs),
      toBullmq: against('BullMQ'),
      toDbos: against('DBOS'),
    };
  });
}

/** BullMQ needs a redis-server; DBOS its own packages (`npm install` in bench/peers). */
async function openPeers(place) {
  const { openBullmq } = await import('./peers/bullmq.mjs');
  const { openDbos } = await import('./peers/dbos.mjs');
  return (await Promise.all([openBullmq(place), openDbos(place)])).filter((peer) => peer !== null);
}
