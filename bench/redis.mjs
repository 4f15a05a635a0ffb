// A private Redis for the peers, writing its log every second (appendfsync everysec), as a queue in production does.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** Starts a redis-server; null when there is none on PATH. */
export async function startRedis() {
  const [port, dir] = [await freePort(), mkdtempSync(join(tmpdir(), 'tranche-bench-redis-'))];
  const settings = ['--port', port, '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'];
  const server = spawn('redis-server', settings.map(String), { stdio: 'ignore' });
  const failed = new Promise((resolve) => server.once('error', () => resolve(null)));
  const close = () => {
    server.kill('SIGTERM');
    rmSync(dir, { recursive: true, force: true });
  };
  const answered = answers(port);
  if ((await Promise.race([answered, failed])) === null) {
    close();
    return null;
  }
  return { url: `redis://127.0.0.1:${port}`, pid: server.pid, close };
}

async function answers(port) {
  const client = new Redis({ port, lazyConnect: false, retryStrategy: () => 50, maxRetriesPerRequest: 100 });
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
  return true;
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
