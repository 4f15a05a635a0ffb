import { StartRefused } from '@tranche/database';
import { ConfigInvalid, readConfig } from './config.js';
import type { RunningApi } from './start-api.js';

/** A request in flight may finish; then the process goes. */
const stopWithinMs = 8_000;

let running: RunningApi | null = null;
let ending = false;

function end(): void {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(0), stopWithinMs).unref();
  void (running?.stop() ?? Promise.resolve()).catch(() => undefined).then(() => process.exit(0));
}

function fail(error: unknown): never {
  const known = error instanceof StartRefused || error instanceof ConfigInvalid;
  const taken = (error as { code?: string }).code === 'EADDRINUSE';
  const line = known ? error.message : taken ? '端口已被占用 · PORT is taken' : (error as Error).stack;
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

process.on('uncaughtException', fail).on('unhandledRejection', fail);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end);
if (process.send !== undefined) process.on('disconnect', end);

try {
  const config = readConfig(process.env);
  // the program itself is read only when it may run: a wrong setting is said at once
  const { startApi } = await import('./start-api.js');
  running = await startApi(config);
  process.send?.({ ready: true, port: running.port });
} catch (error) {
  fail(error);
}
