import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyFile } from '@tranche/casework';
import type { UpConfig } from './config.js';
import { StartProblem } from './problem.js';

/** Path of the key file: a given one must exist; the sandbox makes its own once (mode 0600) and keeps it with its data. */
export function keyFileOf(config: UpConfig): string {
  if (config.TRANCHE_KEY_FILE === undefined) return ownKeyFile(join(config.dir, 'keys.json'));
  if (existsSync(config.TRANCHE_KEY_FILE)) return config.TRANCHE_KEY_FILE;
  throw new StartProblem({
    zh: 'TRANCHE_KEY_FILE 指向的文件不存在：请改正路径；不设置它则使用沙箱自己的密钥',
    en: 'The file named by TRANCHE_KEY_FILE does not exist: correct the path, or leave it unset to use the sandbox’s own keys.',
  });
}

function ownKeyFile(path: string): string {
  if (existsSync(path)) return path;
  writeFileSync(path, generateKeyFile(randomBytes), { mode: 0o600, flag: 'wx' });
  return path;
}
