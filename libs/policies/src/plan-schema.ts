import { z } from 'zod';
import type { Due } from './plan.js';
import { entries } from './plan.js';
import { cel, cite, date, identifier, reference, roleName, text, written } from './schema-parts.js';

/** Longest time limit the calendar counts. */
export const COUNT_MOST = 3650;
const parameterCount = z.strictObject({ parameter: written });
const count = z.union([z.int().min(1).max(COUNT_MOST), parameterCount]);
const due: z.ZodType<Due> = z.strictObject({
  count,
  unit: z.enum(['workingDays', 'calendarDays', 'months']),
  from: written,
  kind: z.enum(['statutory', 'service']),
  cite,
  when: reference.optional(),
  get otherwise() {
    return due.optional();
  },
});

const milestone = z.strictObject({
  id: identifier,
  label: text,
  by: z.array(roleName).min(1),
  requires: written.optional(),
  cite,
  optional: z.literal(true).optional(),
  anytime: z.union([z.literal(true), z.strictObject({ until: z.strictObject({ after: written, months: count }) })]).optional(),
  voids: z.literal(true).optional(),
  evidence: z.array(written).optional(),
});
const marks = z.array(written).min(1);

const notice = z.discriminatedUnion('when', [
  z.strictObject({ when: z.literal('beforeRemainder'), days: due, objectionDecision: due, cite }),
  z.strictObject({ when: z.literal('afterPayment'), days: due, cite }),
  z.strictObject({ when: z.literal('chosen'), mode: written, pauses: written, days: due, objectionDecision: due, cite }),
]);

const claim = z.strictObject({
  id: identifier,
  label: text,
  every: z.enum(['month', 'quarter']),
  amount: written,
  opens: marks,
  when: reference.optional(),
  term: z.strictObject({ periods: cel, cite }).optional(),
  extension: z.strictObject({ periods: cel, times: z.int().min(1).max(10), when: reference.optional(), cite }).optional(),
  due,
  stops: z.array(z.strictObject({ id: identifier, label: text, cite })),
  cite,
});

/** Until when: a date, or a landmark. */
export const until = z.union([date, z.strictObject({ landmark: identifier, plusMonths: z.int().min(1).max(120).optional() })]);

/** The plan. The order of the keys is that of the stored form: new ones come last. */
export const planSchema = z.strictObject({
  entry: z.enum(entries),
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
  notice: notice.optional(),
  advances: z.array(
    z.strictObject({
      id: identifier,
      label: text,
      amount: written,
      opens: marks,
      lapsesOn: written.optional(),
      due,
      cite,
      when: reference.optional(),
    }),
  ),
  remainder: z.strictObject({ id: identifier, label: text, projection: written.optional(), cite }).optional(),
  entitlement: z.array(z.strictObject({ opens: marks, amount: written, due: due.optional(), cite, when: reference.optional() })),
  recovery: z
    .strictObject({
      demand: due,
      repay: due,
      cite,
      setOff: z
        .strictObject({ cite })
        .refine(({ cite: { basis } }) => basis === 'stated' || basis === 'external', 'a set-off stands on a clause, not on silence')
        .optional(),
    })
    .optional(),
  claims: z.array(claim).min(1).optional(),
  expiry: z
    .strictObject({ after: written, months: count, when: reference.optional(), outcome: z.enum(['keepPaid', 'void']), cite })
    .optional(),
  ceiling: z.strictObject({ amount: written, cite }).optional(),
});
