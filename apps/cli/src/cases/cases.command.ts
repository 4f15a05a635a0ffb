import { Command } from 'commander';
import { type Language, languageOption } from '../terminal/language.js';

export type MigrateOptions = {
  to?: string;
  policy?: string;
  jurisdiction?: string;
  restamp?: true;
  dryRun?: true;
  propose?: true;
  apply?: string;
  report?: string;
  by?: string;
  dir?: string;
  lang: Language;
};

/** `tranche cases migrate`: running cases to another version of their policy; a report first, then two people. */
export const casesCommand = (): Command =>
  new Command('cases').description('案件 · cases').addCommand(
    new Command('migrate')
      .description(
        '将未结案件迁移到另一政策版本：先出报告，再由两人办理 · move running cases to another policy version: a report, then two people',
      )
      .option('--to <version>', '目标版本 · version to move to')
      .option('--policy <id>', '政策 · policy id')
      .option('--jurisdiction <code>', '适用地区，如 CN-2102 · jurisdiction of the version')
      .option('--restamp', '按新版本重新计算金额与条件 · compute amounts and conditions anew under the new version')
      .option('--dry-run', '只出报告 · only write the report')
      .option('--report <file>', '报告文件 · report file (default: migration-<version>.jsonl)')
      .option('--propose', '主管提出（须 --report、--by） · a supervisor proposes the report')
      .option('--apply <proposal>', '审批人确认并执行（须 --report、--by） · an approver confirms and applies it')
      .option('--by <username>', '办理人；密码取自 TRANCHE_PASSWORD 或提示输入 · who acts; password from TRANCHE_PASSWORD or a prompt')
      .option('--dir <folder>', '数据目录（内置数据库） · data folder of an embedded database')
      .addOption(languageOption())
      .action(async (options: MigrateOptions) => {
        const { runMigrateCases } = await import('./run.js');
        process.exitCode = await runMigrateCases(options);
      }),
  );
