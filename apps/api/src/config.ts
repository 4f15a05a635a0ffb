import { readFileSync } from 'node:fs';
import { type Checkpoint, checkpoints } from '@tranche/casework';
import { z } from 'zod';
import { builtSite } from './site/site.js';

const empty = (value: unknown): unknown => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(empty, schema.optional());

const environment = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//),
  QUEUE_URL: optional(z.string().regex(/^(rediss?|postgres(ql)?):\/\//)),
  PORT: z.preprocess(empty, z.coerce.number().int().min(0).max(65_535).default(3000)),
  HOST: z.preprocess(empty, z.string().default('127.0.0.1')),
  TRANCHE_SANDBOX: z.preprocess(empty, z.enum(['0', '1', 'false', 'true']).default('0')),
  TRANCHE_KEY_FILE: z.string().min(1),
  BANK_URL: optional(z.url()),
  TRANCHE_CHECKPOINT: optional(z.enum(checkpoints)),
  SESSION_HOURS: z.preprocess(empty, z.coerce.number().min(0.1).max(24).default(8)),
  SESSION_IDLE_MINUTES: z.preprocess(empty, z.coerce.number().min(1).max(240).default(30)),
  OTP_REQUIRED: optional(z.enum(['0', '1', 'false', 'true'])),
  LOGINS_PER_MINUTE: z.preprocess(empty, z.coerce.number().int().min(1).max(10_000).default(120)),
  LOG_LEVEL: z.preprocess(empty, z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info')),
});

/** How this process runs; read once, frozen. */
export type Config = {
  readonly databaseUrl: string;
  readonly queueUrl: string | null;
  readonly port: number;
  readonly host: string;
  readonly sandbox: boolean;
  readonly keyFile: string;
  readonly bankUrl: string | null;
  /** sandbox only: kill this process at the named point */
  readonly checkpoint: Checkpoint | null;
} & HttpSettings;

/** What the HTTP application itself needs to know. */
export type HttpSettings = {
  readonly sandbox: boolean;
  readonly sessionMs: number;
  readonly sessionIdleMs: number;
  /** a batch is signed and a payee account approved with a one-time password only; whoever has a device is asked for it in any case */
  readonly otpRequired: boolean;
  readonly loginsPerMinute: number;
  readonly logLevel: string;
  /** the built portals; null: none, and `/` is unknown */
  readonly siteDir: string | null;
  /** how often an open stream shows that it lives, and its session is looked at */
  readonly liveBeatMs: number;
};

export class ConfigInvalid extends Error {}

/**
 * Reads the environment. A wrong setting is named, its value never shown.
 * @throws ConfigInvalid with one line that names every setting to correct
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = environment.safeParse(env);
  if (!read.success) {
    const names = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))].join(', ');
    throw new ConfigInvalid(`环境变量不正确 · wrong or missing settings: ${names}`);
  }
  const value = read.data;
  const sandbox = value.TRANCHE_SANDBOX === '1' || value.TRANCHE_SANDBOX === 'true';
  return Object.freeze({
    databaseUrl: value.DATABASE_URL,
    queueUrl: value.QUEUE_URL ?? null,
    port: value.PORT,
    host: value.HOST,
    sandbox,
    keyFile: value.TRANCHE_KEY_FILE,
    bankUrl: value.BANK_URL ?? null,
    checkpoint: sandbox ? (value.TRANCHE_CHECKPOINT ?? null) : null,
    sessionMs: value.SESSION_HOURS * 3_600_000,
    sessionIdleMs: value.SESSION_IDLE_MINUTES * 60_000,
    otpRequired: value.OTP_REQUIRED === undefined ? !sandbox : value.OTP_REQUIRED === '1' || value.OTP_REQUIRED === 'true',
    loginsPerMinute: value.LOGINS_PER_MINUTE,
    logLevel: value.LOG_LEVEL,
    siteDir: builtSite(),
    liveBeatMs: 15_000,
  });
}

/** The key file's text; a missing or unreadable file is named by its setting, not by its path. */
export function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new ConfigInvalid('TRANCHE_KEY_FILE 无法读取 · TRANCHE_KEY_FILE cannot be read');
  }
}
