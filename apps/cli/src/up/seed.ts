// Fills a new sandbox and says what the announcement and the bank need to know about it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedSandbox } from '@tranche/casework';
import { assertAppRole, openDatabase, systemActor } from '@tranche/database';
import { v7 } from 'uuid';
import { hashPassword } from '../password.js';
import type { UpConfig } from './config.js';
import type { DatabaseUrls } from './database.js';

export type Seeded = {
  /** The password of every sandbox account: the one of the first start, whatever the environment says later. */
  password: string;
  /** How far the sandbox's legal clock is from the system's, in milliseconds: the simulated bank lives in the same year. */
  clockOffsetMs: number;
};

/** Seeds accounts, an institution with an approved payee account, funds and the calendar; safe to repeat. Without an owner's URL it only reads. */
export async function seed(config: UpConfig, urls: DatabaseUrls): Promise<Seeded> {
  const password = firstPassword(config);
  const database = openDatabase({ url: urls.app, applicationName: 'tranche-up', max: 2 });
  try {
    await assertAppRole(database.pool);
    if (urls.owner !== null) {
      await seedSandbox(database, { ownerUrl: urls.owner, systemNow: Date.now, newId: v7, hashPassword, password });
    }
    const sql = 'SELECT offset_ms::float8 AS offset FROM sandbox_clock WHERE id = 1';
    const [clock] = await database.read<{ offset: number }>(systemActor('up'), sql);
    return { password, clockOffsetMs: Math.round(clock?.offset ?? 0) };
  } finally {
    await database.close();
  }
}

/** Remembered beside the data, so that a later start with another SANDBOX_PASSWORD does not print one that is wrong. */
function firstPassword(config: UpConfig): string {
  const path = join(config.dir, 'sandbox-password');
  if (!existsSync(path)) writeFileSync(path, config.SANDBOX_PASSWORD, { mode: 0o600, flag: 'wx' });
  return readFileSync(path, 'utf8');
}
