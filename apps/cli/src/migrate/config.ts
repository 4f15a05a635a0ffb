import { databaseUrl, ownerRole } from '@tranche/database';
import { z } from 'zod';
import { StartProblem } from '../up/problem.js';

const postgres = z.url({ protocol: /^postgres(ql)?$/ });
const password = z.string().min(8);

const Environment = z.union([
  z.object({
    ADMIN_DATABASE_URL: postgres,
    TRANCHE_OWNER_PASSWORD: password,
    TRANCHE_APP_PASSWORD: password,
    TRANCHE_AUDITOR_PASSWORD: password.optional(),
    QUEUE_URL: z.url().optional(),
  }),
  z.object({ ADMIN_DATABASE_URL: z.undefined().optional(), OWNER_DATABASE_URL: postgres, QUEUE_URL: z.url().optional() }),
]);

export type MigrateConfig = z.infer<typeof Environment>;

/** What `tranche migrate` reads: a superuser's URL with both roles' passwords, or the owner's URL alone. Throws StartProblem. */
export function migrateConfig(env: NodeJS.ProcessEnv): MigrateConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new StartProblem({
    zh: '请设置 OWNER_DATABASE_URL，或同时设置 ADMIN_DATABASE_URL、TRANCHE_OWNER_PASSWORD、TRANCHE_APP_PASSWORD（密码至少 8 位）',
    en: 'Set OWNER_DATABASE_URL, or ADMIN_DATABASE_URL with TRANCHE_OWNER_PASSWORD and TRANCHE_APP_PASSWORD (at least 8 characters each).',
  });
}

/** The database that `tranche migrate` makes, unless the owner's URL names another. */
export const DATABASE = 'tranche';

/** Where the owner of the tables connects to. */
export const ownerUrlOf = (config: MigrateConfig): string =>
  config.ADMIN_DATABASE_URL === undefined
    ? config.OWNER_DATABASE_URL
    : databaseUrl(config.ADMIN_DATABASE_URL, { user: ownerRole, password: config.TRANCHE_OWNER_PASSWORD, database: DATABASE });
