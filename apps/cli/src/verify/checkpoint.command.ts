import { Command } from 'commander';

/** `tranche checkpoint`: signs and exports now what the worker signs and exports once a day. */
export const checkpointCommand = (): Command =>
  new Command('checkpoint')
    .description('立即签署并导出一个检查点 · sign and export a checkpoint now')
    .option('--dir <folder>', '数据目录（内置数据库） · data folder of an embedded database')
    .option('--checkpoints <folder>', '导出目录 · folder to export to (default: TRANCHE_CHECKPOINT_DIR)')
    .action(async (options: { dir?: string; checkpoints?: string }) => {
      const { runCheckpoint } = await import('./run-checkpoint.js');
      process.exitCode = await runCheckpoint(options);
    });
