import type { Cite } from '@tranche/policies';
import { z } from 'zod';
import { cite, date, line, text, uuid } from '../fields/fields.js';

export const value = z.union([
  z.string().max(200),
  z.number(),
  z.boolean(),
  z.array(z.string().max(200)).max(200),
  z.record(z.string(), z.union([z.string(), z.number()])),
  z.record(z.string(), z.record(z.string(), z.string())),
]);
export const content = {
  policyId: line(80),
  key: line(80),
  scope: z.string().regex(/^(\*|CN(-\d{2,6})?|\d{6})$/),
  effectiveFrom: date,
  value,
  cite,
  reason: line(500),
};
export const parameter = z
  .object({
    id: uuid,
    ...content,
    shared: z.string().nullable(),
    running: z.enum(['keep', 'refresh']),
    proposedBy: uuid,
    approvedBy: uuid.nullable(),
    rejectedBy: uuid.nullable(),
  })
  .meta({ id: 'ParameterValue' });
export type ParameterView = z.infer<typeof parameter>;

/** The running cases that would read the value at their next decision or claim; the first of them listed, all of them counted. */
const touched = z.object({
  count: z.int(),
  sha256: z.string(),
  byPolicy: z.array(
    z.object({
      policyId: z.string(),
      version: z.string(),
      jurisdiction: z.string(),
      title: text,
      count: z.int(),
      before: z.array(value),
      after: value,
    }),
  ),
  cases: z.array(z.object({ id: uuid, caseNo: z.string(), policyId: z.string(), district: z.string() })),
});
/** `touched` is null where no running case follows, or once it was decided. */
export const parameterDetail = z.object({ ...parameter.shape, touched: touched.nullable() }).meta({ id: 'ParameterDetail' });

export const parameterColumns = `id, policy_id AS "policyId", shared, key, scope, effective_from AS "effectiveFrom", value, cite, reason, running,
  proposed_by AS "proposedBy", approved_by AS "approvedBy", rejected_by AS "rejectedBy"`;

/** A citation without members that were not given. */
export function sourceOf({ quote, note, ...source }: z.infer<typeof cite>): Cite {
  return { ...source, ...(quote === undefined ? {} : { quote }), ...(note === undefined ? {} : { note }) };
}
