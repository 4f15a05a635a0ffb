// `tranche`: the command line. Each sub-command lives in its own file and is listed in commands.ts.

import { Command } from 'commander';
import { commands } from './commands.js';

const program = new Command('tranche').description(
  '分期拨 · employment subsidies paid in stages, on legal deadlines, only what was earned',
);
for (const command of commands) program.addCommand(command());

await program.parseAsync(process.argv);
