import { Command } from 'commander';

/** `tranche up`: the whole sandbox in one process tree, until Ctrl-C. */
export const upCommand = (): Command =>
  new Command('up')
    .description('启动沙箱：数据库、模拟银行、后台任务、接口 · start the sandbox: database, bank simulator, worker, API')
    .option('--dir <folder>', '数据目录 · data folder (default: .tranche, or TRANCHE_DIR)')
    .action(async ({ dir }: { dir?: string }) => {
      // Loaded only now: `tranche --help` need not wait for database drivers and schemas.
      const { up } = await import('./run.js');
      process.exitCode = await up(dir);
    });
