import { Command } from 'commander';
import { type Language, languageOption } from '../terminal/language.js';

export type VerifyOptions = { dir?: string; checkpoints?: string; publicKey?: string; json?: true; record: boolean; lang: Language };

/** `tranche verify`: everything in the database against itself and against the exported checkpoints, read by a role that cannot write. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .description('核验事件链、状态、账簿与检查点（只读） · verify chains, states, books and checkpoints, read-only')
    .option('--dir <folder>', '数据目录（内置数据库） · data folder of an embedded database')
    .option('--checkpoints <folder>', '检查点目录 · folder of exported checkpoints (default: TRANCHE_CHECKPOINT_DIR)')
    .option('--public-key <file>', '检查点公钥（PEM） · public key of the checkpoints')
    .option('--json', '输出 JSON · print JSON')
    .option('--no-record', '不保存结果 · do not keep the result')
    .addOption(languageOption())
    .action(async (options: VerifyOptions) => {
      const { runVerify } = await import('./run.js');
      process.exitCode = await runVerify(options);
    });
