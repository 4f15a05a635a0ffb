import { Command } from 'commander';

type Options = { readonly url?: string };

/** `tranche bank`: drives the bank simulator of a sandbox. */
export const bankCommand = (): Command => {
  const bank = new Command('bank')
    .description('驱动模拟银行：状态、故障、时钟、对账单、文件 · drive the bank simulator')
    .option('--url <address>', '模拟银行地址（默认 BANK_URL） · its address (default: BANK_URL)');
  const run = (work: (tools: typeof import('./run.js'), url: string | undefined) => Promise<number>) => async (): Promise<void> => {
    process.exitCode = await work(await import('./run.js'), bank.opts<Options>().url);
  };
  bank
    .command('status')
    .description('时间、账簿合计、文件、故障 · time, sums of the book, files, faults')
    .action(run((tools, url) => tools.status(url)));
  bank
    .command('fault <kind> [settings]')
    .description('安排故障，settings 为 JSON，如 {"match":{"nth":2}} · plan a fault; settings as JSON')
    .action((kind: string, settings: string | undefined) => run((tools, url) => tools.fault(url, kind, settings))());
  bank
    .command('heal')
    .description('取消全部故障 · forget all faults')
    .action(run((tools, url) => tools.heal(url)));
  bank
    .command('advance <hours>')
    .description('时钟前进若干小时 · move its clock forward by hours')
    .action((hours: string) => run((tools, url) => tools.advance(url, hours))());
  bank
    .command('deliver <file>')
    .description('把支付文件交给银行 · hand a payment file to the bank')
    .option('--debtor <account>', '代发清单的付款账号 · paying account of a 代发 list')
    .option('--debtor-name <name>', '付款户名 · its name')
    .option('--debtor-bank <number>', '付款行号 · its bank number')
    .action((file: string, debtor: Readonly<Record<string, string>>) => run((tools, url) => tools.deliver(url, file, debtor))());
  bank
    .command('statement <account> <day>')
    .description('取某日全部对账单页（camt.053） · write all pages of a day’s statement')
    .option('--to <folder>', '存放目录 · folder', '.')
    .action((account: string, day: string, { to }: { to: string }) => run((tools, url) => tools.statement(url, { account, day, to }))());
  bank
    .command('answers <file>')
    .description('取银行对文件的答复（pain.002 或 回盘） · write what the bank answers to a file')
    .option('--to <folder>', '存放目录 · folder', '.')
    .action((file: string, { to }: { to: string }) => run((tools, url) => tools.answers(url, { file, to }))());
  return bank;
};
