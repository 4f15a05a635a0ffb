import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { httpBank } from '@tranche/bank';
import { assertHouse, bankRail, type House, makeHouse, type Topic, topics } from '@tranche/casework';
import { openDatabase } from '@tranche/database';
import type { Queue } from 'bullmq';
import { killAt } from './checkpoint.js';
import type { Config } from './config.js';
import { hintNearDeadlines } from './deadline-hints.js';
import { describe, log } from './log.js';
import { queueBackend } from './queue/backend.js';
import { type Queues, reportErrors, wakerOf } from './queue/queues.js';
import { Rounds } from './rounds.js';
import { Sweep } from './sweep.js';
import { queueToken, WorkerModule } from './worker.module.js';

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
    bank: config.bankUrl === null ? null : bankRail(httpBank({ baseUrl: config.bankUrl, timeoutMs: config.bank.timeoutMs }), config.bank),
    wake: (topic) => wake(topic),
    checkpoint: killAt(config.checkpoint),
    stopping: () => stopping,
    outboxLeaseMs: config.outboxLeaseMs,
  });
  try {
    await assertHouse(house);
  } catch (error) {
    await database.close();
    throw error;
  }
  const rounds = new Rounds(house, `worker-${house.newId()}`);
  const application = await NestFactory.createApplicationContext(WorkerModule.on(rounds, queueBackend(config.queueUrl)), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  const queues = queuesOf(application);
  reportErrors(queues);
  wake = wakerOf(queues);
  const sweep = new Sweep(rounds, config.sweepMs);
  sweep.start();
  const hints = startHints(house, queues.deadlines);
  return {
    stop: async () => {
      stopping = true;
      clearInterval(hints);
      await sweep.stop();
      await application.close();
      await rounds.idle();
      await database.close();
    },
  };
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
