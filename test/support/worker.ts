import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { prepareQueue } from '../../apps/cli/src/up/queue.js';
import type { TestDatabase } from './database.js';
import { program } from './programs.js';
import { quickBank } from './world.js';

/** A real worker process. */
export type WorkerProcess = {
  readonly child: ChildProcess;
  /** everything it printed so far */
  readonly output: () => string;
  /** resolves with exit code and signal once it is gone */
  readonly gone: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** ends it and waits */
  stop(signal?: NodeJS.Signals): Promise<void>;
};

export type WorkerSettings = { readonly bankUrl?: string; readonly queueUrl?: string; readonly env?: Readonly<Record<string, string>> };

const preparing = new Map<string, Promise<void>>();

/** Prepares a queue once per test file. */
export function prepareQueueOnce(queueUrl: string, ownerUrl: string): Promise<void> {
  const key = `${queueUrl} ${ownerUrl}`;
  const known = preparing.get(key) ?? prepareQueue(queueUrl, ownerUrl);
  preparing.set(key, known);
  return known;
}

/** Starts a worker on the world's database and waits until it says that it is ready. */
export async function startWorker(world: { readonly test: TestDatabase }, settings: WorkerSettings = {}): Promise<WorkerProcess> {
  const worker = await forkWorker(world, settings);
  await Promise.race([
    once(worker.child, 'message'),
    worker.gone.then(({ code, signal }) => Promise.reject(new Error(`the worker ended (${code ?? signal}): ${worker.output()}`))),
  ]);
  return worker;
}

/** Starts a worker and does not wait: it may be killed at a checkpoint before it is ready. */
export async function forkWorker(
  world: { readonly test: TestDatabase },
  { bankUrl, queueUrl = world.test.appUrl, env = {} }: WorkerSettings = {},
): Promise<WorkerProcess> {
  await prepareQueueOnce(queueUrl, world.test.ownerUrl);
  const child = fork(program('worker'), [], {
    env: {
      PATH: process.env['PATH'],
      TZ: process.env['TZ'],
      DATABASE_URL: world.test.appUrl,
      QUEUE_URL: queueUrl,
      ...(bankUrl === undefined ? {} : { BANK_URL: bankUrl }),
      TRANCHE_SANDBOX: '1',
      SWEEP_MS: '200',
      OUTBOX_LEASE_MS: '600',
      BANK_TIMEOUT_MS: String(quickBank.timeoutMs),
      BANK_LEASE_MARGIN_MS: '1',
      BANK_SETTLE_MS: String(quickBank.settleMs),
      BANK_INQUIRE_AFTER_MS: quickBank.inquireAfterMs.join(','),
      ...env,
    },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const gone = once(child, 'exit').then(([code, signal]) => ({ code: code as number | null, signal: signal as NodeJS.Signals | null }));
  return {
    child,
    output: () => printed,
    gone,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await gone;
    },
  };
}

/** Asks again and again until the answer is yes; throws with what was being waited for when the time is over. */
export async function until(what: string, ask: () => Promise<boolean>, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    if (await ask()) return;
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
