// A tiny process that outlives the supervisor by moments: when the supervisor is gone without having said goodbye (SIGKILL, the
// out-of-memory killer), it stops the embedded Postgres. Usage: node watchdog.js <folder>

import { embeddedStatus, stopEmbedded } from '@tranche/database';

const dir = process.argv[2] ?? '';

/** A server that was still starting when its supervisor died can only be stopped a moment later. */
const PATIENCE_MS = [100, 400, 1_000, 1_500, 2_000];

async function stopDatabase(): Promise<void> {
  for (const wait of PATIENCE_MS) {
    if (embeddedStatus(dir).running) return stopEmbedded(dir);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

// Signals meant for the supervisor must not end the watchdog before its work is done.
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('message', () => process.exit(0));
process.once('disconnect', () => {
  stopDatabase().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
