import { accountsCommand } from './accounts/accounts.command.js';
import { backupCommand } from './backup/backup.command.js';
import { restoreCommand } from './backup/restore.command.js';
import { bankCommand } from './bank/bank.command.js';
import { casesCommand } from './cases/cases.command.js';
import type { CommandFactory } from './command.js';
import { demoCommand } from './demo/demo.command.js';
import { keysCommand } from './keys/keys.command.js';
import { migrateCommand } from './migrate/migrate.command.js';
import { packetCommand } from './packet/packet.command.js';
import { policyCommand } from './policy/policy.command.js';
import { upCommand } from './up/up.command.js';
import { checkpointCommand } from './verify/checkpoint.command.js';
import { verifyCommand } from './verify/verify.command.js';

/** Every sub-command of `tranche`. A new one is a file with a factory and a line here. */
export const commands: readonly CommandFactory[] = [
  upCommand,
  demoCommand,
  migrateCommand,
  accountsCommand,
  keysCommand,
  policyCommand,
  verifyCommand,
  checkpointCommand,
  packetCommand,
  casesCommand,
  bankCommand,
  backupCommand,
  restoreCommand,
];
