import { z } from 'zod';
import { cite, date, fen, json, text } from '../fields/fields.js';

const seen = {
  expression: z.string(),
  inputs: json,
  parameters: z.array(z.string()),
  missing: z.array(z.string()),
  problem: z.unknown().optional(),
};
const limit = z.object({ text, count: z.int(), unit: z.string(), from: z.string(), kind: z.enum(['statutory', 'service']), cite });

/** What a policy says of some facts, and why; null = cannot be said yet because an input is missing. */
export const assessment = z
  .object({
    ok: z.literal(true),
    policy: z.object({ id: z.string(), version: z.string(), jurisdiction: z.string(), title: text, cite, hash: z.string() }),
    on: date,
    eligible: z.boolean().nullable(),
    rules: z.array(z.object({ id: z.string(), result: z.boolean().nullable(), reason: text, cite, ...seen })),
    amounts: z.record(z.string(), z.object({ fen: fen.nullable(), label: text, cite, ...seen })),
    conditions: z.record(z.string(), z.object({ result: z.boolean().nullable(), label: text, ...seen })),
    plan: z.array(
      z.object({
        payment: z.string(),
        label: text,
        amountFen: fen.nullable(),
        projected: z.boolean(),
        when: text,
        deadline: limit.nullable(),
        cite,
      }),
    ),
    settlement: z.object({ entitledFen: fen, advancesFen: fen, remainderFen: fen, recoverFen: fen }).nullable(),
    parameters: z.array(
      z.object({
        key: z.string(),
        label: text,
        value: z.unknown(),
        from: z.string().nullable(),
        scope: z.string(),
        sample: z.boolean(),
        cite,
      }),
    ),
  })
  .meta({ id: 'Assessment' });
