import { bringDelivered } from '@tranche/casework';
import { migrate, openDatabase, prepareDatabase } from '@tranche/database';
import { v7 } from 'uuid';
import { report } from '../reporting.js';
import { prepareQueue } from '../up/queue.js';
import { DATABASE, type MigrateConfig, migrateConfig } from './config.js';

/** Migrates what the environment names; answers the exit code. */
export async function runMigrate(): Promise<number> {
  try {
    const ran = await bringUpToDate(migrateConfig(process.env));
    console.log(ran.length === 0 ? '数据库已是最新 · the database is up to date' : `已执行 · ran: ${ran.join(', ')}`);
    return 0;
  } catch (error) {
    report(error);
    return 1;
  }
}

async function bringUpToDate(config: MigrateConfig): Promise<string[]> {
  const { ownerUrl, migrated } = await tables(config);
  await deliver(ownerUrl);
  if (config.QUEUE_URL !== undefined) await prepareQueue(config.QUEUE_URL, ownerUrl);
  return migrated;
}

async function tables(config: MigrateConfig): Promise<{ ownerUrl: string; migrated: string[] }> {
  if (config.ADMIN_DATABASE_URL === undefined)
    return { ownerUrl: config.OWNER_DATABASE_URL, migrated: await migrate(config.OWNER_DATABASE_URL) };
  const auditor = config.TRANCHE_AUDITOR_PASSWORD;
  const passwords = {
    owner: config.TRANCHE_OWNER_PASSWORD,
    app: config.TRANCHE_APP_PASSWORD,
    ...(auditor === undefined ? {} : { auditor }),
  };
  return prepareDatabase(config.ADMIN_DATABASE_URL, { database: DATABASE, passwords });
}

/** A new version of the software brings its policies and calendar years with it. */
async function deliver(ownerUrl: string): Promise<void> {
  const database = openDatabase({ url: ownerUrl, applicationName: 'tranche-migrate', max: 1 });
  try {
    await bringDelivered({ database, systemNow: Date.now, newId: v7 });
  } finally {
    await database.close();
  }
}
