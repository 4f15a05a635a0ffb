import { migrate, prepareDatabase } from '@tranche/database';
import { Command } from 'commander';
import { reporting } from '../reporting.js';
import { type MigrateConfig, migrateConfig } from './config.js';

const DATABASE = 'tranche';

/** `tranche migrate`: brings an external database up to date; creates roles and database first when it is given a superuser. */
export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('升级外部数据库（可先创建角色与库） · bring an external database up to date, creating roles and database if asked')
    .action(() =>
      reporting(async () => {
        const ran = await run(migrateConfig(process.env));
        console.log(ran.length === 0 ? '数据库已是最新 · the database is up to date' : `已执行 · ran: ${ran.join(', ')}`);
        return 0;
      }),
    );

async function run(config: MigrateConfig): Promise<string[]> {
  if (config.ADMIN_DATABASE_URL === undefined) return migrate(config.OWNER_DATABASE_URL);
  const passwords = { owner: config.TRANCHE_OWNER_PASSWORD, app: config.TRANCHE_APP_PASSWORD };
  return (await prepareDatabase(config.ADMIN_DATABASE_URL, { database: DATABASE, passwords })).migrated;
}
