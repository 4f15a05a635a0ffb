import { z } from 'zod';
import { cite, date, fen, json, text } from '../fields/fields.js';

const verdict = z.enum(['may', 'mayNot', 'open']);
const seen = {
  expression: z.string(),
  inputs: json,
  parameters: z.array(z.string()),
  missing: z.array(z.string()),
  problem: z.unknown().optional(),
};
const perPeriod = { per: z.literal('period').optional() };
const limit = z.object({ text, count: z.int(), unit: z.string(), from: z.string(), kind: z.enum(['statutory', 'service']), cite });
const rule = z.object({
  id: z.string(),
  result: z.boolean().nullable(),
  reason: text,
  cite,
  ...perPeriod,
  claim: z.string().optional(),
  ...seen,
});
const amount = z.object({ fen: fen.nullable(), label: text, cite, ...perPeriod, ...seen });
/** a fact that is not known, and what waits for it */
const missing = z.object({
  fact: z.string(),
  label: text,
  from: z.string(),
  ...perPeriod,
  rules: z.array(z.string()),
  amounts: z.array(z.string()),
  conditions: z.array(z.string()),
});
const until = z.union([date, z.object({ landmark: z.string(), plusMonths: z.int().optional() })]);
const parts = {
  policy: z.object({ id: z.string(), version: z.string(), jurisdiction: z.string(), title: text, cite, hash: z.string() }),
  on: date,
  verdict,
  summary: text,
  eligible: z.boolean().nullable(),
  inWindow: z.boolean(),
  window: z.object({
    from: date,
    until: date.nullable(),
    ends: until.nullable(),
    anchor: z.enum(['received', 'period', 'fact']),
    day: date.nullable(),
  }),
  missing: z.array(missing),
  rules: z.array(rule),
  amounts: z.record(z.string(), amount),
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
      every: z.enum(['month', 'quarter']).optional(),
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
  counts: z.record(z.string(), z.int().nullable()).optional(),
  period: json.optional(),
};

/** What a policy says of some facts, and why; null = cannot be said yet because an input is missing. */
export const assessment = z.object({ ok: z.literal(true), ...parts }).meta({ id: 'Assessment' });

/** A period that was claimed, by the rules, amounts and table values of that period. */
const periodExplained = z.object({
  id: z.string(),
  claim: z.string(),
  filedOn: date,
  verdict,
  summary: text,
  missing: z.array(missing),
  rules: z.array(rule),
  amounts: z.record(z.string(), amount),
});
/** A fact that an event waits for, with the rules, amounts and conditions that need it there; some can be told with the event itself. */
export const awaitedFact = z
  .object({
    fact: z.string(),
    label: text,
    from: z.enum(['form', 'upload', 'data', 'ledger', 'case']),
    rules: z.array(z.object({ kind: z.enum(['rule', 'amount', 'condition']), id: z.string(), label: text, cite })),
  })
  .meta({ id: 'AwaitedFact' });

/** what may happen next, and the roles that may do it */
export const nextStep = z.object({ type: z.string(), label: text, by: z.array(z.string()) });
/** Why less was transferred than is due, or more is repaid than was received: a debt kept back of a payment of another case. */
const setOffExplained = z.object({
  side: z.enum(['debt', 'payment']),
  otherCaseNo: z.string(),
  payment: z.string(),
  amountFen: fen,
  on: date,
  state: z.enum(['active', 'restoring', 'restored']),
  cite,
});
const explainedStep = nextStep.extend({ missing: z.array(awaitedFact) });
const clock = z.object({
  key: z.string(),
  label: text,
  kind: z.enum(['statutory', 'service']),
  lastDay: date.nullable(),
  provisional: z.boolean(),
  status: z.string(),
  cite,
});

/** What the jurisdiction chose about the notice of this case, and what it did to the clocks of payments. */
const noticeOfCase = z.object({
  mode: z.enum(['before', 'after', 'none']),
  clockPausesDuringNotice: z.boolean(),
  workingDays: z.int(),
  stillSince: date.nullable(),
  paused: z.array(z.object({ from: date, until: date })),
  text,
  cite,
});

/** A milestone that was verified and paid on, and that what was told since no longer proves: until the assessment nothing comes back. */
const doubt = z
  .object({ milestone: z.string(), label: text, condition: text, told: z.array(text), paidFen: fen, inFlightFen: fen, text, cite })
  .meta({ id: 'MilestoneInDoubt' });

/** Why a case stands where it stands: the assessment under its own terms, each claimed period, who is next, and until when. */
export const explanation = z
  .object({
    ok: z.literal(true),
    ...parts,
    periods: z.array(periodExplained),
    next: z.array(explainedStep),
    until: z.array(clock),
    notice: noticeOfCase.nullable(),
    setOffs: z.array(setOffExplained),
    doubts: z.array(doubt),
  })
  .meta({ id: 'Explanation' });
export type Explanation = z.infer<typeof explanation>;
