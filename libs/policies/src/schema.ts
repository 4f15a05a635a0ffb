import { z } from 'zod';
import { payeeKinds } from './people.js';
import { planSchema, until } from './plan-schema.js';
import type { Policy } from './policy.js';
import { cel, cite, date, identifier, reference, text, written } from './schema-parts.js';

const scalar = z.enum(['int', 'bool', 'date', 'string', 'person']);
const period = z.literal('period').optional();
const codes = z.array(z.strictObject({ value: z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/), label: text })).min(2);
const fact = z.strictObject({
  type: z.union([scalar, z.strictObject({ list: z.record(identifier, scalar) })]),
  label: text,
  from: z.enum(['form', 'upload', 'data', 'ledger', 'case']),
  optional: z.boolean().optional(),
  oneOf: codes.optional(),
  others: identifier.optional(),
  columns: z.record(identifier, z.strictObject({ oneOf: codes, others: identifier.optional() })).optional(),
  per: period,
  booked: z
    .strictObject({
      group: z.string().min(1),
      person: identifier,
      column: identifier.optional(),
      since: identifier.optional(),
      fen: z.literal('year').optional(),
    })
    .optional(),
  otherwise: z.literal(0).optional(),
});

const parameterValue = z.union([
  z.string(),
  z.int().nonnegative(),
  z.boolean(),
  z.array(z.string()),
  z.record(z.string(), z.union([z.string(), z.int()])),
  z.record(z.string(), z.record(z.string(), z.string())),
]);
const choice = z.strictObject({ value: z.union([z.string(), z.number(), z.boolean()]), label: text, unsupported: text.optional() });
const parameter = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/),
  label: text,
  value: parameterValue,
  scope: written.optional(),
  from: date.optional(),
  until: until.optional(),
  range: z.strictObject({ least: z.int().nonnegative(), most: z.int().nonnegative() }).optional(),
  oneOf: z.array(choice).optional(),
  sample: z.boolean().optional(),
  cite,
  per: period,
  landmark: z.literal(true).optional(),
  shared: written.optional(),
});

const rule = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  when: cel,
  reason: text,
  cite,
  per: period,
  claim: identifier.optional(),
});
const amount = z.strictObject({
  fen: cel,
  label: text,
  valid: z.strictObject({ when: cel, reason: text }).optional(),
  cite,
  per: period,
});
const fund = z.strictObject({ code: written, name: text, cite, share: identifier.optional(), when: reference.optional() });

const exclusion = z.union([
  z.strictObject({ group: written, subject: z.enum(['trainee', 'payee']), switch: written.optional(), cite, reason: text }),
  z.strictObject({
    group: written,
    key: cel,
    per: z.union([z.enum(['once', 'year', 'period']), z.strictObject({ from: identifier, until: identifier })]),
    limit: z.union([z.literal(1), z.literal('counted'), z.strictObject({ capFen: identifier, weighs: cel })]),
    claim: identifier.optional(),
    when: reference.optional(),
    excludes: z.literal('others').optional(),
    switch: written.optional(),
    cite,
    reason: text,
  }),
]);

/** Structure of a policy. Unknown keys are refused, so a misspelt field cannot be lost in silence. */
export const policySchema: z.ZodType<Policy> = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  version: written,
  jurisdiction: z.string().regex(/^CN(-\d{2}(\d{2}){0,2})?$/, 'must be a GB/T 2260 code such as CN-21 or CN-2102'),
  title: text,
  cite,
  issuedOn: date,
  window: z.strictObject({
    from: date,
    until: until.optional(),
    anchor: z.union([z.enum(['received', 'period']), z.strictObject({ fact: identifier })]),
  }),
  payee: z.array(z.enum(payeeKinds)).min(1),
  office: text,
  officeCite: cite,
  timeLimit: text,
  timeLimitCite: cite,
  funds: z.array(fund).min(1),
  facts: z.record(identifier, fact),
  parameters: z.array(parameter),
  rules: z.array(rule).min(1),
  amounts: z.record(identifier, amount),
  plan: planSchema,
  exclusions: z.array(exclusion),
  evidence: z.array(z.strictObject({ id: written, label: text, obtainBy: z.enum(['data', 'upload']), cite })),
  beneficiaries: z.strictObject({ group: written, from: identifier, until: identifier, shows: identifier, cite }).optional(),
  means: z.enum(['transfer', 'allocation']).optional(),
});
