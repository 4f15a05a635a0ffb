// The Redis of one test run: a given one (REDIS_URL), a private one (redis-server on PATH), or none with the reason.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Answers {url, note, stop}; url is null when the Redis tests must be skipped, `note` says what was done and why. */
export async function provideRedis(env) {
  if (env.REDIS_URL) return { url: env.REDIS_URL, note: 'Redis queue tests: on REDIS_URL', stop() {} };
  if (!onPath('redis-server', env)) return without('redis-server is not on PATH and REDIS_URL is not set');
  return startPrivate();
}

const without = (reason) => ({ url: null, note: `Redis queue tests: SKIPPED, because ${reason}`, stop() {} });

const onPath = (command, env) => (env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, command)));

async function startPrivate() {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'tranche-redis-'));
  const settings = ['--port', port, '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no'].map(String);
  const server = spawn('redis-server', settings, { stdio: 'ignore' });
  const stop = () => {
    server.kill('SIGTERM');
    rmSync(dir, { recursive: true, force: true });
  };
  server.on('error', () => {});
  if (await answers(port)) return { url: `redis://127.0.0.1:${port}`, note: 'Redis queue tests: on a private redis-server', stop };
  stop();
  return without('the private redis-server did not start');
}

/** A port nobody listens on at this moment. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answers(port) {
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await accepts(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (open) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
