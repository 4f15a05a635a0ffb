import { Command } from 'commander';

/** `tranche migrate`: brings an external database up to date; creates roles and database first when it is given a superuser. */
export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('升级外部数据库（可先创建角色与库） · bring an external database up to date, creating roles and database if asked')
    .action(async () => {
      const { runMigrate } = await import('./run.js');
      process.exitCode = await runMigrate();
    });
