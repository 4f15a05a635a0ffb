import { Command } from 'commander';

/** `tranche accounts first`: the two administrators of a new office. */
export const accountsCommand = (): Command =>
  new Command('accounts').description('账号 · accounts').addCommand(
    new Command('first')
      .description('建立首批账号：系统管理与安全管理各一人（口令只显示一次） · the two administrators of a new office, secrets shown once')
      .requiredOption('--admin <username>', '系统管理员的用户名 · user name of the administrator')
      .requiredOption('--security <username>', '安全管理员的用户名 · user name of the security administrator')
      .action(async (options: { admin: string; security: string }) => {
        const { runFirstAccounts } = await import('./run.js');
        process.exitCode = await runFirstAccounts(options);
      }),
  );
