// The embedded database of a data folder, for commands that need it for a moment: used as it runs, or started and stopped again.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embeddedStatus, embeddedUrls, startEmbedded } from '@tranche/database';
import { StartProblem } from '../up/problem.js';

export const DATABASE = 'tranche';
const DEFAULT_DIR = fileURLToPath(new URL('../../../../.tranche', import.meta.url));

/** `--dir`, else TRANCHE_DIR, else `.tranche` of the checkout. */
export const dataDir = (dir: string | undefined): string => resolve(dir ?? (process.env['TRANCHE_DIR'] || DEFAULT_DIR));

export type EmbeddedUrls = NonNullable<ReturnType<typeof embeddedUrls>>;

/** Runs `work` on the embedded database of the folder. Throws StartProblem when there is none. */
export async function withEmbedded<T>(dir: string, work: (urls: EmbeddedUrls) => Promise<T>): Promise<T> {
  if (embeddedUrls(dir, DATABASE) === null)
    throw new StartProblem({
      zh: `${dir} 中没有内置数据库：请用 --dir 指定数据目录，或设置数据库地址`,
      en: `${dir} holds no embedded database: name the data folder with --dir, or set the address of a database.`,
    });
  const running = embeddedStatus(dir).running;
  const server = running ? null : await startEmbedded({ dir });
  try {
    return await work(embeddedUrls(dir, DATABASE) as EmbeddedUrls);
  } finally {
    await server?.stop();
  }
}

/** The key file's text: TRANCHE_KEY_FILE, or the sandbox's own in the data folder. */
export function keyFileText(dir: string): string {
  const path = process.env['TRANCHE_KEY_FILE'] || join(dir, 'keys.json');
  if (existsSync(path)) return readFileSync(path, 'utf8');
  throw new StartProblem({
    zh: '找不到密钥文件：请设置 TRANCHE_KEY_FILE',
    en: 'There is no key file: set TRANCHE_KEY_FILE.',
  });
}

/** Where checkpoints are exported: an option, TRANCHE_CHECKPOINT_DIR, or `checkpoints` in the data folder. */
export const checkpointDir = (given: string | undefined, dir: string): string =>
  resolve(given ?? (process.env['TRANCHE_CHECKPOINT_DIR'] || join(dir, 'checkpoints')));
