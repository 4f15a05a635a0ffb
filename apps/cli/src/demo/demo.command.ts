import { Command } from 'commander';
import { type Language, languageOption } from '../terminal/language.js';

type Options = { readonly lang: Language; readonly url?: string; readonly bank?: string; readonly dir?: string };

/** `tranche demo`: three real cases over the HTTP interface, told as a story. */
export const demoCommand = (): Command =>
  new Command('demo')
    .description('演示：三个真实案件，全程经由接口办理 · three real cases in under a minute, told as a story')
    .option('--url <address>', '沙箱地址（默认：正在运行的沙箱；没有则临时启动）· address of the sandbox')
    .option('--bank <address>', '模拟银行地址 · address of its simulated bank')
    .option('--dir <folder>', '数据目录 · data folder of the sandbox (default: .tranche, or TRANCHE_DIR)')
    .addOption(languageOption())
    .action(async ({ lang, ...options }: Options) => {
      const { runDemo } = await import('./run.js');
      process.exitCode = await runDemo(lang, options);
    });
