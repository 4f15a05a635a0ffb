import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { setBankClock } from '@tranche/bank';
import { assertHouse, killAt, makeHouse, parseKeyFile } from '@tranche/casework';
import { openDatabase } from '@tranche/database';
import { createApplication } from './application.js';
import { type Config, ConfigInvalid, readKeyFile } from './config.js';
import { openQueueWaker } from './queue/queue-waker.js';

export type RunningApi = { readonly port: number; readonly stop: () => Promise<void> };

/**
 * Opens database and queue, checks that the house may start (application's role, migrated, every open case runnable), listens.
 * Without a queue the worker's own sweep finds the work a little later.
 */
export async function startApi(config: Config): Promise<RunningApi> {
  const parsed = parseKeyFile(readKeyFile(config.keyFile));
  if (!parsed.ok) throw new ConfigInvalid(`TRANCHE_KEY_FILE: ${parsed.message.zh} · ${parsed.message.en}`);
  const database = openDatabase({ url: config.databaseUrl, applicationName: 'tranche-api' });
  const waker = config.queueUrl === null ? null : openQueueWaker(config.queueUrl, () => undefined);
  const house = makeHouse({
    database,
    checkpoint: killAt(config.checkpoint),
    ...(waker === null ? {} : { wake: waker.wake }),
    ...bankClockOf(config),
  });
  const close = async () => {
    await Promise.allSettled([waker?.close(), database.close()]);
  };
  try {
    await assertHouse(house);
    const application = await createApplication({ house, settings: config, keys: parsed.keys });
    await application.listen(config.port, config.host);
    const { port } = application.getHttpServer().address() as AddressInfo;
    const stop = async () => {
      await application.close();
      await close();
    };
    return { port, stop };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Sandbox: the simulated bank dates its settlements by the legal clock, so it is told when that moves. */
const bankClockOf = ({ sandbox, bankUrl }: Config): { followBankClock?: (offsetMs: number) => Promise<void> } =>
  sandbox && bankUrl !== null ? { followBankClock: (offsetMs) => setBankClock(bankUrl, offsetMs) } : {};
