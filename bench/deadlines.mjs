// (e) Ten thousand deadlines due within one second: how late each is taken up, and when all have been told to their cases.

import { setTimeout as pause } from 'node:timers/promises';
import { fireDueDeadlines, legalNow } from '@tranche/casework';
import { Queue, Worker } from 'bullmq';
import { median, percentile } from './measure.mjs';
import { caseAt, copies } from './population.mjs';
import { startRedis } from './redis.mjs';

/** Until the first is due, so that everything is in place; the peer needs a while for each job it is given. */
const AHEAD_MS = 1_500;
const ADDED_PER_MS = 4;

export async function deadlines(place, { rounds, count = 10_000 }) {
  const redis = await startRedis();
  const template = await caseAt(place, 'started');
  const taken = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const peer = redis && (await delayedJobs(redis.url, count, round));
      const ours = await dueDeadlines(place, template, count, round);
      taken.push({ ours, peer });
      if (process.env.BENCH_VERBOSE) console.log(JSON.stringify(taken.at(-1)));
    }
  } finally {
    redis?.close();
  }
  const of = (pick) => median(taken.map(pick));
  return {
    count,
    p50: of(({ ours }) => ours.p50),
    p99: of(({ ours }) => ours.p99),
    max: of(({ ours }) => ours.max),
    appliedMs: of(({ ours }) => ours.appliedMs),
    peer: redis ? 'BullMQ delayed jobs on Redis' : null,
    peerP50: of(({ peer }) => peer?.p50),
    peerP99: of(({ peer }) => peer?.p99),
    ratio: of(({ ours, peer }) => (peer ? ours.p99 / peer.p99 : Number.NaN)),
  };
}

const lateness = (late) => ({ p50: percentile(late, 0.5), p99: percentile(late, 0.99), max: Math.max(...late) });

/** The product: a worker's loop of sweeps. Taken up: the sweep has the row in hand. Applied: the last case has heard it. */
async function dueDeadlines(place, template, count, round) {
  await copies(place, template, count, `E${round}-`);
  // the template's own clock, and those of other populations, are not part of this
  await place.owner.query("UPDATE deadlines SET due_at = due_at + interval '100 years' WHERE status = 'running'");
  const first = (await legalNow(place.house)) + AHEAD_MS;
  const { rows } = await place.owner.query(
    `UPDATE deadlines d SET due_at = to_timestamp(($1::float8 + r.n * 1000.0 / $2::float8) / 1000)
     FROM (SELECT x.id, row_number() OVER (ORDER BY x.id) - 1 AS n FROM deadlines x JOIN cases c ON c.id = x.case_id WHERE c.case_no LIKE $3) r
     WHERE d.id = r.id RETURNING d.id, r.n::int AS n`,
    [first, count, `E${round}-%`],
  );
  const dueAt = new Map(rows.map(({ id, n }) => [id, first + (n * 1000) / count]));
  const offset = (await legalNow(place.house)) - Date.now();
  const late = new Map();
  const watched = watchReads(place.house, (row) => {
    if (dueAt.has(row.id) && !late.has(row.id)) late.set(row.id, Date.now() + offset - dueAt.get(row.id));
  });
  let told = 0;
  for (const until = Date.now() + 60_000; told < count && Date.now() < until; ) {
    told += await fireDueDeadlines(watched);
    await pause(20);
  }
  if (told < count) throw new Error(`only ${told} of ${count} deadlines were told within a minute`);
  return { ...lateness([...late.values()]), appliedMs: Date.now() + offset - first };
}

/** The same house; whatever its one-statement reads return is shown first. */
function watchReads(house, show) {
  const read = async (...args) => {
    const rows = await house.database.read(...args);
    for (const row of rows) show(row);
    return rows;
  };
  return { ...house, database: { ...house.database, read } };
}

/** The peer: as many delayed jobs, a hundred at once; the handler only looks at the clock. */
async function delayedJobs(url, count, round) {
  const [name, connection] = [`deadlines-${round}`, { url, maxRetriesPerRequest: null }];
  const queue = new Queue(name, { connection });
  const first = Date.now() + AHEAD_MS + count / ADDED_PER_MS;
  for (let from = 0; from < count; from += 1_000) {
    const jobs = Array.from({ length: Math.min(1_000, count - from) }, (_, index) => {
      const dueAt = first + ((from + index) * 1000) / count;
      return { name: 'due', data: { dueAt }, opts: { delay: Math.max(0, dueAt - Date.now()), removeOnComplete: true } };
    });
    await queue.addBulk(jobs);
  }
  const late = [];
  const done = new Promise((resolve, reject) => {
    const worker = new Worker(
      name,
      async (job) => {
        late.push(Date.now() - job.data.dueAt);
        if (late.length === count) resolve(worker);
      },
      { connection, concurrency: 100 },
    );
    worker.on('error', reject);
  });
  const worker = await done;
  await worker.close();
  await queue.close();
  return lateness(late);
}
