import { type BankTiming, bankTiming, type Checkpoint, checkpoints } from '@tranche/casework';
import { z } from 'zod';

const empty = (value: unknown): unknown => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(empty, schema.optional());
const milliseconds = optional(z.coerce.number().int().min(1).max(86_400_000));
const postgres = z.string().regex(/^postgres(ql)?:\/\//);

const environment = z.object({
  DATABASE_URL: postgres,
  QUEUE_URL: optional(z.string().regex(/^(rediss?|postgres(ql)?):\/\//)),
  BANK_URL: optional(z.url()),
  TRANCHE_SANDBOX: z.preprocess(empty, z.enum(['0', '1', 'false', 'true']).default('0')),
  TRANCHE_CHECKPOINT: optional(z.enum(checkpoints)),
  TRANCHE_CHECKPOINT_DIR: optional(z.string().min(1)),
  TRANCHE_KEY_FILE: optional(z.string().min(1)),
  SWEEP_MS: milliseconds,
  OUTBOX_LEASE_MS: milliseconds,
  BANK_PER_CALL: optional(z.coerce.number().int().min(1).max(200)),
  BANK_TIMEOUT_MS: milliseconds,
  BANK_LEASE_MARGIN_MS: milliseconds,
  BANK_SETTLE_MS: milliseconds,
  BANK_INQUIRE_AFTER_MS: optional(
    z
      .string()
      .regex(/^\d{1,8}(,\d{1,8}){0,9}$/)
      .transform((list) => list.split(',').map(Number)),
  ),
});

/** How this process runs; read once, frozen. */
export type Config = {
  readonly databaseUrl: string;
  readonly queueUrl: string;
  readonly bankUrl: string | null;
  readonly bank: BankTiming;
  /** payments the bank takes in one call */
  readonly bankPerCall: number;
  readonly sweepMs: number;
  readonly outboxLeaseMs: number;
  /** sandbox only: kill this process at the named point */
  readonly checkpoint: Checkpoint | null;
  /** where signed checkpoints of all cases are exported, and the key file that signs them; null: none are taken */
  readonly checkpoints: { readonly dir: string; readonly keyFile: string } | null;
};

/** The simulator answers at once, so a sandbox need not wait minutes to hear what became of a lost answer. */
const sandboxTiming: BankTiming = {
  timeoutMs: 5_000,
  leaseMarginMs: 2_000,
  inquireAfterMs: [1_000, 2_000, 5_000, 15_000, 60_000],
  settleMs: 3_000,
};

export class ConfigInvalid extends Error {}

/**
 * Reads the environment. A wrong setting is named, its value never shown.
 * @throws ConfigInvalid with one line that names every setting to correct
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = environment.safeParse(env);
  if (!read.success) throw new ConfigInvalid(wrong([...new Set(read.error.issues.map((issue) => String(issue.path[0])))]));
  const value = read.data;
  const sandbox = value.TRANCHE_SANDBOX === '1' || value.TRANCHE_SANDBOX === 'true';
  if (value.TRANCHE_CHECKPOINT !== undefined && !sandbox) throw new ConfigInvalid(wrong(['TRANCHE_CHECKPOINT']));
  const usual = sandbox ? sandboxTiming : bankTiming;
  return Object.freeze({
    databaseUrl: value.DATABASE_URL,
    queueUrl: value.QUEUE_URL ?? value.DATABASE_URL,
    bankUrl: value.BANK_URL ?? null,
    bank: {
      timeoutMs: value.BANK_TIMEOUT_MS ?? usual.timeoutMs,
      leaseMarginMs: value.BANK_LEASE_MARGIN_MS ?? usual.leaseMarginMs,
      inquireAfterMs: value.BANK_INQUIRE_AFTER_MS ?? usual.inquireAfterMs,
      settleMs: value.BANK_SETTLE_MS ?? usual.settleMs,
    },
    bankPerCall: value.BANK_PER_CALL ?? 1,
    sweepMs: value.SWEEP_MS ?? 1_000,
    outboxLeaseMs: value.OUTBOX_LEASE_MS ?? 60_000,
    checkpoint: value.TRANCHE_CHECKPOINT ?? null,
    checkpoints: checkpointsOf(value.TRANCHE_CHECKPOINT_DIR, value.TRANCHE_KEY_FILE),
  });
}

function checkpointsOf(dir: string | undefined, keyFile: string | undefined): Config['checkpoints'] {
  if (dir === undefined) return null;
  if (keyFile === undefined) throw new ConfigInvalid(wrong(['TRANCHE_KEY_FILE']));
  return { dir, keyFile };
}

const wrong = (names: readonly string[]): string => `环境变量不正确 · wrong or missing settings: ${names.join(', ')}`;
