// (f) GET of a case by its id, signed in, beside a bare Fastify with one SELECT on the same table; and what each process holds.

import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { generateKeyFile } from '@tranche/casework';
import { closedLoop, median, memoryOf } from './measure.mjs';
import { caseAt, copies } from './population.mjs';
import { startRedis } from './redis.mjs';

const ROOT = join(import.meta.dirname, '..');
const CONNECTIONS = 32;

export async function read(place, { rounds, seconds }) {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-bench-read-'));
  const ids = await copies(place, await caseAt(place, 'started'), 2_000, 'F-');
  const token = await signIn(place);
  writeFileSync(join(folder, 'keys.json'), generateKeyFile(randomBytes), { mode: 0o600 });
  const common = {
    DATABASE_URL: place.appUrl,
    TRANCHE_SANDBOX: '1',
    TRANCHE_KEY_FILE: join(folder, 'keys.json'),
    LOG_LEVEL: 'silent',
    LOGINS_PER_MINUTE: '10000',
  };
  const redis = await startRedis();
  const servers = [];
  try {
    const bare = await serve(join(ROOT, 'bench/bare-fastify.mjs'), { DATABASE_URL: place.superuserUrl });
    servers.push(bare);
    const api = await serve(join(ROOT, 'dist/api.js'), common);
    servers.push(api);
    const apiAtRest = memoryOf(api.pid).rest;
    const run = (port, path) =>
      closedLoop({ clients: CONNECTIONS, ms: seconds * 1000, serverPid: place.serverPid, work: getter(port, path, token, ids) });
    // every page once, made anew; from then on they are shown as they were kept
    const firstPerSecond = await everyPage(getter(api.port, '/api/v1/cases/', token, ids), ids.length);
    const taken = [];
    for (let round = -1; round < rounds; round += 1) {
      const [theirs, ours] = [await run(bare.port, '/case/'), await run(api.port, '/api/v1/cases/')];
      if (round >= 0) taken.push({ theirs, ours });
      if (process.env.BENCH_VERBOSE) console.log(JSON.stringify({ theirs, ours }));
    }
    const apiPeak = memoryOf(api.pid).peak;
    // the copies' first advances wait in the outbox: work for a worker
    const worker = redis && (await start(join(ROOT, 'dist/worker.js'), { ...common, QUEUE_URL: redis.url }));
    if (worker) servers.push(worker);
    const workerAtRest = worker && memoryOf(worker.pid).rest;
    if (worker) await pause(seconds * 1000);
    const of = (pick) => median(taken.map(pick));
    return {
      perSecond: of(({ ours }) => ours.perSecond),
      p50: of(({ ours }) => ours.p50),
      firstPerSecond,
      barePerSecond: of(({ theirs }) => theirs.perSecond),
      bareP50: of(({ theirs }) => theirs.p50),
      ratio: of(({ ours, theirs }) => ours.perSecond / theirs.perSecond),
      memory: { api: { rest: apiAtRest, peak: apiPeak }, worker: worker && { rest: workerAtRest, peak: memoryOf(worker.pid).peak } },
    };
  } finally {
    for (const server of servers) server.stop();
    redis?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads the pages one after the other, `CONNECTIONS` at a time; answers pages a second. */
async function everyPage(work, count) {
  const began = performance.now();
  let next = 0;
  const loop = async () => {
    while (next < count) await work(0, next++);
  };
  await work(0, 0);
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  return (count * 1000) / (performance.now() - began);
}

/** A session of the officer, as logging in leaves it. */
async function signIn({ owner, by }) {
  const token = randomBytes(32).toString('base64url');
  await owner.query(
    `INSERT INTO sessions (token_sha256, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, now(), now(), now() + interval '8 hours')`,
    [createHash('sha256').update(token).digest(), by('officer').userId],
  );
  return token;
}

async function start(file, env) {
  const child = fork(file, [], {
    env: { ...process.env, ...env },
    execArgv: [],
    stdio: ['ignore', process.env.BENCH_VERBOSE ? 'inherit' : 'ignore', 'inherit', 'ipc'],
  });
  await Promise.race([
    new Promise((resolve) => setTimeout(resolve, 4_000)),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${file} ended with ${code}`))),
  ]);
  return { pid: child.pid, stop: () => child.kill('SIGTERM') };
}

export async function serve(file, env) {
  const port = await freePort();
  return { ...(await start(file, { ...env, PORT: String(port) })), port };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function getter(port, path, token, ids) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const headers = { authorization: `Bearer ${token}` };
  return (client, turn) =>
    new Promise((resolve, reject) => {
      const asked = request(
        { port, host: '127.0.0.1', agent, headers, path: `${path}${ids[(client * 61 + turn) % ids.length]}` },
        (answer) => {
          answer.resume();
          answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`answered ${answer.statusCode}`))));
        },
      );
      asked.on('error', reject);
      asked.end();
    });
}
