import type { FactType, Policy } from '@tranche/policies';
import { z } from 'zod';
import { paymentIds } from './context.js';
import { correctingTypes } from './regions/corrections.js';

const maxRows = 20_000;
/** No control characters but white space: PostgreSQL cannot store U+0000, and nobody can read the others. */
const storable = /^[\P{Cc}\s]*$/u;
const largestFen = 9_223_372_036_854_775_807n;

/** A string PostgreSQL can store and a person can read. */
const line = (max: number) => z.string().min(1).max(max).regex(storable, 'control characters such as U+0000 are not allowed');
const reason = line(1000);
const day = z.iso.date();
const id = z.uuid();
const proposal = z.int().min(1);
/** Fen as a decimal string, 1 to the largest int64. */
const amountFen = z
  .string()
  .regex(/^[1-9]\d{0,18}$/)
  .refine((value) => /^[1-9]\d{0,18}$/.test(value) && BigInt(value) <= largestFen, 'more than an int64 holds');
const fileSha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What the data of each event type must look like, strictly: unknown keys are refused.
 * The facts named are the policy's own; institutions type only those a form supplies.
 */
export function dataSchemas(policy: Policy): ReadonlyMap<string, z.ZodType> {
  const schemas: readonly (readonly [string, z.ZodType])[] = [
    ...applicationSchemas(policy),
    ...deliverySchemas(policy),
    ...correctionSchemas(policy),
    ...moneySchemas(policy),
  ];
  return new Map(schemas);
}

const nothing = z.strictObject({});
const withReason = z.strictObject({ reason });

function applicationSchemas(policy: Policy): readonly (readonly [string, z.ZodType])[] {
  const imported = z.strictObject({ fileSha256, facts: factsOf(policy) });
  return [
    ['case.opened', z.record(z.string().max(100), z.json())],
    ['application.submitted', nothing],
    ['application.withdrawn', withReason],
    ['application.accepted', nothing],
    ['application.returned', withReason],
    ['application.reviewed', nothing],
    ['application.rejected', withReason],
    ['application.approved', nothing],
    ['roster.imported', imported],
    ['attendance.imported', imported],
    ['results.imported', imported],
    ['facts.recorded', z.strictObject({ facts: factsOf(policy, 'form') })],
  ];
}

function deliverySchemas(policy: Policy): readonly (readonly [string, z.ZodType])[] {
  const { milestones, interruption, acceptance, notice } = policy.plan;
  const objection = { objection: id };
  const decision = reason;
  return [
    ...milestones.map((milestone) => [`milestone.${milestone.id}`, nothing] as const),
    ...(interruption
      ? ([
          ['delivery.interrupted', withReason],
          ['delivery.resumed', nothing],
        ] as const)
      : []),
    ...(acceptance
      ? ([
          ['delivery.aborted', withReason],
          ['acceptance.passed', nothing],
          ['acceptance.failed', withReason],
        ] as const)
      : []),
    ...(notice
      ? ([
          ['notice.posted', nothing],
          ['objection.raised', z.strictObject({ ...objection, ground: line(4000) })],
          ['objection.rejected', z.strictObject({ ...objection, decision })],
          ['objection.upheld', z.strictObject({ ...objection, decision, consequence: z.enum(['recompute', 'failed']) })],
        ] as const)
      : []),
    ['case.held', withReason],
    ['case.released', withReason],
  ];
}

/** What each correcting event carries besides the number of its proposal. */
function correctionsOf(policy: Policy) {
  return {
    'decision.rescinded': { decision: z.enum(['approval', 'acceptance']) },
    'fact.corrected': { facts: factsOf(policy) },
    'notice.withdrawn': {},
    'recovery.writtenOff': { amountFen },
  } satisfies Record<(typeof correctingTypes)[number], z.ZodRawShape>;
}

function correctionSchemas(policy: Policy): readonly (readonly [string, z.ZodType])[] {
  const shapes = correctionsOf(policy);
  const wanted = correctingTypes.filter((type) => applies(policy, type));
  const correction = z.discriminatedUnion(
    'type',
    wanted.map((type) => z.strictObject({ type: z.literal(type), data: z.strictObject(shapes[type]) })) as unknown as [
      z.ZodObject,
      ...z.ZodObject[],
    ],
  );
  return [
    ['correction.proposed', z.strictObject({ correction, reason, cite: line(500) })],
    ['correction.dismissed', z.strictObject({ proposal, reason: reason.optional() })],
    ...wanted.map((type) => [type, z.strictObject({ proposal, ...shapes[type] })] as const),
  ];
}

const applies = ({ plan }: Policy, type: (typeof correctingTypes)[number]): boolean =>
  (type !== 'notice.withdrawn' || plan.notice !== undefined) && (type !== 'recovery.writtenOff' || plan.recovery !== undefined);

function moneySchemas(policy: Policy): readonly (readonly [string, z.ZodType])[] {
  const payment = z.enum(paymentIds(policy) as [string, ...string[]]);
  const sent = { payment, disbursement: id };
  return [
    ...(policy.plan.recovery ? ([['recovery.received', z.strictObject({ amountFen, reference: line(200) })]] as const) : []),
    ['payment.requested', z.strictObject({ payment, fund: line(100) })],
    ['disbursement.submitted', z.strictObject(sent)],
    ['disbursement.settled', z.strictObject({ ...sent, paidOn: day })],
    ['disbursement.failed', z.strictObject({ ...sent, reason })],
    ['disbursement.returned', z.strictObject({ ...sent, reason, returnedOn: day })],
    ['deadline.passed', z.strictObject({ key: line(100) })],
  ];
}

/** Any subset of the policy's facts, each of its declared type; `from` limits it to one supplier. */
function factsOf(policy: Policy, from?: 'form'): z.ZodType {
  const named = Object.entries(policy.facts).filter(([, fact]) => from === undefined || fact.from === from);
  return z.strictObject(Object.fromEntries(named.map(([name, fact]) => [name, factOf(fact.type).optional()])));
}

const scalars = {
  int: z.union([z.int(), z.string().regex(/^-?\d{1,18}$/)]),
  bool: z.boolean(),
  date: day,
  string: z.string().max(500).regex(storable, 'control characters such as U+0000 are not allowed'),
  person: z.string().min(1).max(64),
} as const;

function factOf(type: FactType): z.ZodType {
  if (typeof type === 'string') return scalars[type];
  const row = Object.fromEntries(Object.entries(type.list).map(([name, scalar]) => [name, scalars[scalar]]));
  return z.array(z.strictObject(row)).max(maxRows);
}
