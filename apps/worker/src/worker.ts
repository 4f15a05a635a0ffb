import 'reflect-metadata';
import type { WorkerHost } from '@nestjs/bullmq';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { httpBank } from '@tranche/bank';
import { assertHouse, bankRail, type House, killAt, makeHouse, type Topic, topics } from '@tranche/casework';
import { openDatabase } from '@tranche/database';
import type { Queue } from 'bullmq';
import type { Config } from './config.js';
import { startDailyCheckpoints } from './daily-checkpoint.js';
import { hintNearDeadlines } from './deadline-hints.js';
import { describe, log } from './log.js';
import { startNightlyProofs } from './nightly-proof.js';
import { queueBackend } from './queue/backend.js';
import { type Queues, reportErrors, wakerOf } from './queue/queues.js';
import { Rounds } from './rounds.js';
import { Sweep } from './sweep.js';
import { processors, queueToken, WorkerModule } from './worker.module.js';

const CONNECTIONS = 4;
const HINT_EVERY_MS = 10 * 60_000;

export type Worker = { stop(): Promise<void> };

/**
 * Opens the house, listens to the queues and sweeps. Throws `StartRefused` when the house may not run here.
 * `stop` finishes the pages in hand and closes everything.
 */
export async function startWorker(config: Config): Promise<Worker> {
  const database = openDatabase({
    url: config.databaseUrl,
    applicationName: 'tranche-worker',
    max: CONNECTIONS,
    onIdleError: lostConnection,
  });
  let stopping = false;
  let wake: (topic: Topic) => void = () => undefined;
  const house = makeHouse({
    database,
    bank:
      config.bankUrl === null
        ? null
        : bankRail(httpBank({ baseUrl: config.bankUrl, timeoutMs: config.bank.timeoutMs, perCall: config.bankPerCall }), config.bank),
    wake: (topic) => wake(topic),
    checkpoint: killAt(config.checkpoint),
    stopping: () => stopping,
    outboxLeaseMs: config.outboxLeaseMs,
  });
  let stopCheckpoints: () => Promise<void>;
  try {
    await assertHouse(house);
    stopCheckpoints = startDailyCheckpoints(house, config.checkpoints);
  } catch (error) {
    await database.close();
    throw error;
  }
  const rounds = new Rounds(house, `worker-${house.newId()}`);
  const backend = queueBackend(config.queueUrl);
  const application = await NestFactory.createApplicationContext(WorkerModule.on(rounds, backend.options), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  const queues = queuesOf(application);
  reportErrors(queues);
  // not awaited: a queue that is away costs only time, the sweep works without it
  listen(application, queues).catch((error: unknown) => {
    if (!stopping) throw error;
  });
  wake = wakerOf(queues);
  const sweep = new Sweep(rounds, config.sweepMs);
  sweep.start();
  const hints = startHints(house, queues.deadlines);
  const stopProofs = startNightlyProofs(house);
  return {
    stop: async () => {
      stopping = true;
      clearInterval(hints);
      await sweep.stop();
      await stopCheckpoints();
      await stopProofs();
      await application.close();
      await backend.close();
      await rounds.idle();
      await database.close();
    },
  };
}

/**
 * Begins to listen when every connection is known to be good: the queue remembers a failed first connection for ever, so a worker
 * that met one ends here and is started anew.
 */
async function listen(application: INestApplicationContext, queues: Queues): Promise<void> {
  const listeners = processors.map((processor) => application.get<WorkerHost>(processor).worker);
  await Promise.all([...Object.values(queues), ...listeners].map((each) => each.waitUntilReady()));
  log('info', 'queue ready');
  for (const listener of listeners) void listener.run().catch((error: unknown) => log('error', 'no longer listening', describe(error)));
}

const lostConnection = (error: Error): void => log('warn', 'database connection lost', describe(error));

const queuesOf = (application: INestApplicationContext): Queues =>
  Object.fromEntries(topics.map((topic) => [topic, application.get<Queue>(queueToken(topic))])) as Record<Topic, Queue>;

function startHints(house: House, queue: Queue): NodeJS.Timeout {
  const hint = () =>
    void hintNearDeadlines(house, queue).catch((error: unknown) => log('warn', 'no hints for near deadlines', describe(error)));
  hint();
  return setInterval(hint, HINT_EVERY_MS);
}
