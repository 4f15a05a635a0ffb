import { Command } from 'commander';

/** `tranche backup FILE`: every row of the embedded database in one file, whatever its version of Postgres. */
export const backupCommand = (): Command =>
  new Command('backup')
    .description('备份内置数据库到一个文件 · back the embedded database up to one file')
    .argument('<file>', '目标文件（不覆盖） · file to write, never replaced')
    .option('--dir <folder>', '数据目录 · data folder (default: .tranche, or TRANCHE_DIR)')
    .action(async (file: string, options: { dir?: string }) => {
      const { runBackup } = await import('./run.js');
      process.exitCode = await runBackup(file, options.dir);
    });
