import { StartRefused } from '@tranche/database';
import { ConfigInvalid, readConfig } from './config.js';
import { describe, log } from './log.js';
import type { Worker } from './worker.js';

/** Everything is safe to be killed at any line, so patience is short. */
const STOP_WITHIN_MS = 8_000;

let worker: Worker | null = null;
let ending = false;

function end(why: string): void {
  if (ending) return;
  ending = true;
  setTimeout(() => {
    log('warn', 'stopped without waiting any longer', { why });
    process.exit(0);
  }, STOP_WITHIN_MS).unref();
  void (worker?.stop() ?? Promise.resolve())
    .catch((error: unknown) => log('error', 'stopping failed', describe(error)))
    .then(() => {
      log('info', 'worker stopped', { why });
      process.exit(0);
    });
}

function fail(error: unknown): never {
  const known = error instanceof StartRefused || error instanceof ConfigInvalid;
  if (known) process.stderr.write(`${error.message}\n`);
  else log('error', 'worker failed', describe(error));
  process.exit(1);
}

process.on('uncaughtException', fail).on('unhandledRejection', fail);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(signal));
if (process.send !== undefined) process.on('disconnect', () => end('parent gone'));

try {
  const config = readConfig(process.env);
  // the program itself is read only when it may run: a wrong setting is said at once
  const { startWorker } = await import('./worker.js');
  worker = await startWorker(config);
  log('info', 'worker started');
  process.send?.({ ready: true });
} catch (error) {
  fail(error);
}
