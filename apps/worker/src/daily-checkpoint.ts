import { readFileSync } from 'node:fs';
import { type House, signingKeyOf, takeCheckpoint } from '@tranche/casework';
import { type Config, ConfigInvalid } from './config.js';
import { describe, log } from './log.js';

/** Looked at often, taken once a day: a day begins for the legal clock too, wherever that stands. */
const LOOK_EVERY_MS = 60_000;

/**
 * Signs and exports a checkpoint of all cases once a day. A history that shrank is said loudly and not signed.
 * Answers how to stop. Throws ConfigInvalid when the key file cannot be used.
 */
export function startDailyCheckpoints(house: House, checkpoints: Config['checkpoints']): () => Promise<void> {
  if (checkpoints === null) return () => Promise.resolve();
  const { dir, keyFile } = checkpoints;
  const key = signingKeyOf(readKeyFile(keyFile));
  if (!key.ok) throw new ConfigInvalid(`TRANCHE_KEY_FILE: ${key.message.zh} ${key.message.en}`);
  let running: Promise<void> = Promise.resolve();
  const look = () => {
    running = running.then(() => once(house, { dir, key: key.key, daily: true }));
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

async function once(house: House, options: Parameters<typeof takeCheckpoint>[1]): Promise<void> {
  try {
    const outcome = await takeCheckpoint(house, options);
    if (!outcome.ok) log('error', 'checkpoint refused', { code: outcome.code, detail: outcome.detail.en });
    else if (outcome.no !== null) log('info', 'checkpoint taken', { no: outcome.no, cases: outcome.cases, root: outcome.root });
  } catch (error) {
    log('error', 'checkpoint failed', describe(error));
  }
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new ConfigInvalid('TRANCHE_KEY_FILE 无法读取 · TRANCHE_KEY_FILE cannot be read');
  }
}
