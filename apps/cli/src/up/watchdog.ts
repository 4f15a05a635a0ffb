// A tiny process that outlives the supervisor by moments: when the supervisor is gone without having said goodbye (SIGKILL, the
// out-of-memory killer), it stops the embedded Postgres. Usage: node watchdog.js <folder>

import { stopEmbedded } from '@tranche/database';

const dir = process.argv[2] ?? '';

/** A server that was still starting when its supervisor died can only be stopped a moment later. */
const ATTEMPT_MS = [0, 500, 1_500, 3_000];

async function stopDatabase(): Promise<void> {
  for (const wait of ATTEMPT_MS) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    await stopEmbedded(dir);
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
