import { Command } from 'commander';

/** `tranche restore FILE`: into a data folder that holds nothing yet; ends with a verification. */
export const restoreCommand = (): Command =>
  new Command('restore')
    .description('从备份恢复到新的数据目录，并核验 · restore a backup into a new data folder, and verify it')
    .argument('<file>', '备份文件 · file made by tranche backup')
    .option('--dir <folder>', '新的数据目录 · new data folder (default: .tranche, or TRANCHE_DIR)')
    .option('--checkpoints <folder>', '检查点目录（外部佐证） · folder of exported checkpoints')
    .action(async (file: string, options: { dir?: string; checkpoints?: string }) => {
      const { runRestore } = await import('./run.js');
      process.exitCode = await runRestore(file, options);
    });
