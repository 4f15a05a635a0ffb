import { isLocalDate } from '@tranche/calendar';
import { z } from 'zod';
import { IDENTIFIER } from './cel-types.js';
import { type Policy, roles } from './policy.js';

const written = z.string().min(1);
const text = z.strictObject({ zh: written, en: written });
const date = z.string().refine(isLocalDate, 'must be a real date YYYY-MM-DD');
const identifier = z.string().regex(IDENTIFIER, 'must be an identifier such as plannedHours');
const cel = z.string().min(1).max(2000);

/** A stated clause must be quoted; everything else must say why it is read so. */
const cite = z
  .strictObject({
    doc: written,
    clause: written,
    basis: z.enum(['stated', 'inferred', 'open', 'external']),
    quote: written.optional(),
    note: text.optional(),
  })
  .refine((value) => value.basis !== 'stated' || value.quote !== undefined, 'a stated clause needs its verbatim quote');

/** Longest time limit the calendar counts. */
export const COUNT_MOST = 3650;
const parameterCount = z.strictObject({ parameter: written });
const due = z.strictObject({
  count: z.union([z.int().min(1).max(COUNT_MOST), parameterCount]),
  unit: z.enum(['workingDays', 'calendarDays', 'months']),
  from: written,
  kind: z.enum(['statutory', 'service']),
  cite,
});

const scalar = z.enum(['int', 'bool', 'date', 'string']);
const fact = z.strictObject({
  type: z.union([scalar, z.strictObject({ list: z.record(identifier, scalar) })]),
  label: text,
  from: z.enum(['form', 'upload', 'data', 'case']),
  optional: z.boolean().optional(),
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
  until: date.optional(),
  range: z.strictObject({ least: z.int().nonnegative(), most: z.int().nonnegative() }).optional(),
  oneOf: z.array(choice).optional(),
  sample: z.boolean().optional(),
  cite,
});

const role = z.enum(roles);
const milestone = z.strictObject({ id: identifier, label: text, by: z.array(role).min(1), requires: written.optional(), cite });
const marks = z.array(written).min(1);

const plan = z.strictObject({
  entry: z.literal('standard'),
  conditions: z.record(identifier, cel).optional(),
  conditionLabels: z.record(identifier, text).optional(),
  milestones: z.array(milestone),
  interruption: z.strictObject({ cite }).optional(),
  acceptance: z
    .strictObject({
      attempts: z.union([z.int().positive(), z.strictObject({ parameter: written, plus: z.int().nonnegative() })]),
      cite,
      onFailure: written.optional(),
      onFailureCite: cite,
    })
    .optional(),
  notice: z.strictObject({ when: z.literal('beforeRemainder'), days: due, objectionDecision: due, cite }).optional(),
  advances: z.array(
    z.strictObject({ id: identifier, label: text, amount: written, opens: marks, lapsesOn: written.optional(), due, cite }),
  ),
  remainder: z.strictObject({ id: identifier, label: text, projection: written.optional(), cite }).optional(),
  entitlement: z.array(z.strictObject({ opens: marks, amount: written, due: due.optional(), cite })).min(1),
  recovery: z.strictObject({ demand: due, repay: due, cite }).optional(),
});

/** Structure of a policy. Unknown keys are refused, so a misspelt field cannot be lost in silence. */
export const policySchema: z.ZodType<Policy> = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  version: written,
  jurisdiction: z.string().regex(/^CN(-\d{2}(\d{2}){0,2})?$/, 'must be a GB/T 2260 code such as CN-21 or CN-2102'),
  title: text,
  cite,
  issuedOn: date,
  window: z.strictObject({ from: date, until: date.optional(), anchor: z.literal('received') }),
  payee: z.array(z.enum(['institution', 'enterprise', 'citizen'])).min(1),
  office: text,
  officeCite: cite,
  timeLimit: text,
  timeLimitCite: cite,
  funds: z.array(z.strictObject({ code: written, name: text, cite })).min(1),
  facts: z.record(identifier, fact),
  parameters: z.array(parameter),
  rules: z.array(z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]*$/), when: cel, reason: text, cite })).min(1),
  amounts: z.record(
    identifier,
    z.strictObject({ fen: cel, label: text, valid: z.strictObject({ when: cel, reason: text }).optional(), cite }),
  ),
  plan,
  exclusions: z.array(z.strictObject({ group: written, subject: z.enum(['trainee', 'payee']), cite, reason: text })),
  evidence: z.array(z.strictObject({ id: written, label: text, obtainBy: z.enum(['data', 'upload']), cite })),
});
