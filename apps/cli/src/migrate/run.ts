import { migrate, prepareDatabase } from '@tranche/database';
import { report } from '../reporting.js';
import { prepareQueue } from '../up/queue.js';
import { type MigrateConfig, migrateConfig } from './config.js';

const DATABASE = 'tranche';

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
