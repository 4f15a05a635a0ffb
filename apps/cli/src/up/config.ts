// What `tranche up` reads from the environment. Parsed once; problems name the variable, never its value.

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { StartProblem } from './problem.js';

const url = (...protocols: string[]) => z.url({ protocol: new RegExp(`^(${protocols.join('|')})$`) });
const postgres = url('postgres', 'postgresql');

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: postgres.optional(),
  OWNER_DATABASE_URL: postgres.optional(),
  QUEUE_URL: url('postgres', 'postgresql', 'redis', 'rediss').optional(),
  BANK_URL: url('http', 'https').optional(),
  SANDBOX_PASSWORD: z.string().min(8).default('tranche-sandbox'),
  TRANCHE_DIR: z.string().min(1).optional(),
  TRANCHE_KEY_FILE: z.string().min(1).optional(),
});

export type UpConfig = Readonly<z.infer<typeof Environment> & { dir: string }>;

/** The data folder of a checkout, whatever folder the command is run from. */
const DEFAULT_DIR = fileURLToPath(new URL('../../../../.tranche', import.meta.url));

/** Parses the environment; an empty variable counts as not set. `dir` (from --dir) wins over TRANCHE_DIR. Throws StartProblem. */
export function upConfig(env: NodeJS.ProcessEnv, dir?: string): UpConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) throw unusable(parsed.error.issues.map((issue) => String(issue.path[0])));
  if (parsed.data.DATABASE_URL === undefined && parsed.data.OWNER_DATABASE_URL !== undefined) throw unusable(['DATABASE_URL']);
  return Object.freeze({ ...parsed.data, dir: resolve(dir ?? parsed.data.TRANCHE_DIR ?? DEFAULT_DIR) });
}

function unusable(names: string[]): StartProblem {
  const list = [...new Set(names)].join(', ');
  return new StartProblem({
    zh: `环境变量 ${list} 缺失或无法使用：请改正后重新运行（取值说明见 README）`,
    en: `Environment variable ${list} is missing or cannot be used: correct it and run the command again (see README).`,
  });
}
