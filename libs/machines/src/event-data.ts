import type { Choices, Fact, Policy, ScalarType } from '@tranche/policies';
import { z } from 'zod';
import { paymentIds } from './context.js';
import { chainOf, hasRoster } from './entries.js';
import { correctingTypes } from './regions/corrections.js';
import { mostInstalments } from './regions/instalments.js';
import { permitsSetOff } from './regions/set-off.js';
import { decisionsOf, voidingIds } from './rescindable.js';

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
  // lists told before their rows were sealed have no digest of them
  const imported = z.strictObject({ fileSha256, rowsSha256: fileSha256.optional(), facts: factsOf(policy) });
  const roster = hasRoster(policy);
  const steps = new Set(chainOf(policy).map(({ event }) => event));
  const step = (type: string, schema: z.ZodType) => (steps.has(type) ? [[type, schema] as const] : []);
  return [
    ['case.opened', z.record(z.string().max(100), z.json())],
    ...step('application.screened', telling(policy)),
    ...step('application.confirmed', nothing),
    ...step('application.submitted', nothing),
    ['application.withdrawn', withReason],
    ...step('application.accepted', roster ? nothing : telling(policy)),
    ['application.returned', withReason],
    ...step('application.reviewed', roster ? nothing : telling(policy)),
    ['application.rejected', withReason],
    ['application.approved', nothing],
    ...(roster
      ? ([
          ['roster.imported', imported],
          ['attendance.imported', imported],
          ['results.imported', imported],
        ] as const)
      : []),
    ['facts.recorded', z.strictObject({ facts: roster ? factsOf(policy, ['form']) : factsOf(policy, ['form', 'upload']) })],
  ];
}

/** What registers and lists say, told with the step that rests on it. */
const telling = (policy: Policy) => z.strictObject({ facts: factsOf(policy, ['form', 'upload', 'data', 'ledger']).optional() });

function deliverySchemas(policy: Policy): readonly (readonly [string, z.ZodType])[] {
  const { milestones, interruption, acceptance, notice } = policy.plan;
  const objection = { objection: id };
  const decision = reason;
  return [
    ...milestones.map((milestone) => [`milestone.${milestone.id}`, hasRoster(policy) ? nothing : telling(policy)] as const),
    ...(interruption
      ? ([
          ['delivery.interrupted', withReason],
          ['delivery.resumed', nothing],
        ] as const)
      : []),
    ...(acceptance
      ? ([
          ['delivery.aborted', withReason],
          ['acceptance.passed', hasRoster(policy) ? nothing : telling(policy)],
          ['acceptance.failed', withReason],
        ] as const)
      : []),
    ...(notice ? ([['notice.posted', nothing]] as const) : []),
    ...(notice && 'objectionDecision' in notice
      ? ([
          ['objection.raised', z.strictObject({ ...objection, ground: line(4000) })],
          ['objection.rejected', z.strictObject({ ...objection, decision })],
          ['objection.upheld', z.strictObject({ ...objection, decision, consequence: z.enum(['recompute', 'failed']) })],
        ] as const)
      : []),
    ...claimSchemas(policy),
    ['case.held', withReason],
    ['case.released', withReason],
  ];
}

function claimSchemas(policy: Policy): readonly (readonly [string, z.ZodType])[] {
  const { claims = [] } = policy.plan;
  if (claims.length === 0) return [];
  const claim = oneOf(claims.map((each) => each.id));
  const stops = [...new Set(claims.flatMap((each) => each.stops.map((stop) => stop.id)))];
  return [
    ['claim.filed', z.strictObject({ claim, period: periodId, facts: factsOfPeriod(policy) })],
    ['claims.stopped', z.strictObject({ claim, stop: z.enum(['other', ...stops]), reason })],
    ...(claims.some(({ extension }) => extension) ? ([['term.extended', z.strictObject({ claim })]] as const) : []),
  ];
}

type Correcting = (typeof correctingTypes)[number];
type Shapes = readonly [z.ZodRawShape, ...z.ZodRawShape[]];

/** What each correcting event carries besides the number of its proposal: one shape, or one for each thing it may be about. */
function correctionsOf(policy: Policy): Readonly<Record<Correcting, Shapes>> {
  return {
    'decision.rescinded': decisionShapes(policy),
    'fact.corrected': [{ facts: factsOf(policy) }],
    'notice.withdrawn': [{}],
    'recovery.setOff': [{ setOff: id, amountFen, fund: id, payingCase: id, payment: z.string().min(1).max(100), disbursement: id }],
    'recovery.writtenOff': [{ amountFen }],
    'recovery.instalmentsAgreed': [
      {
        instalments: z
          .array(z.strictObject({ dueOn: day, amountFen }))
          .min(1)
          .max(mostInstalments),
      },
    ],
  };
}

/** Each decision names what it was about. */
function decisionShapes(policy: Policy): Shapes {
  const wanted = decisionsOf(policy);
  const claims = (policy.plan.claims ?? []).map((each) => each.id);
  const named: Readonly<Record<'period' | 'stop' | 'milestone', () => z.ZodRawShape>> = {
    period: () => ({ claim: oneOf(claims), period: periodId }),
    stop: () => ({ claim: oneOf(claims) }),
    milestone: () => ({ milestone: oneOf(voidingIds(policy)) }),
  };
  const plain = wanted.filter((decision) => !(decision in named));
  const about = wanted.filter((decision): decision is keyof typeof named => decision in named);
  return [{ decision: oneOf(plain) }, ...about.map((decision) => ({ decision: z.literal(decision), ...named[decision]() }))];
}

const oneOf = (names: readonly string[]) => z.enum(names as [string, ...string[]]);
const periodId = z.string().regex(/^\d{4}-(0[1-9]|1[0-2]|Q[1-4])$/, 'a period such as 2021-01 or 2021-Q1');

/** One strict object, or a choice of several. */
function strictly(shapes: Shapes, more: z.ZodRawShape = {}): z.ZodType {
  const [first, ...others] = shapes.map((shape) => z.strictObject({ ...more, ...shape }));
  return others.length === 0 ? first! : z.discriminatedUnion('decision', [first!, ...others] as never);
}

function correctionSchemas(policy: Policy): readonly (readonly [string, z.ZodType])[] {
  const shapes = correctionsOf(policy);
  const wanted = correctingTypes.filter((type) => applies(policy, type));
  const correction = z.discriminatedUnion(
    'type',
    wanted.map((type) => z.strictObject({ type: z.literal(type), data: strictly(shapes[type]) })) as unknown as [
      z.ZodObject,
      ...z.ZodObject[],
    ],
  );
  return [
    ['correction.proposed', z.strictObject({ correction, reason, cite: line(500) })],
    ['correction.dismissed', z.strictObject({ proposal, reason: reason.optional() })],
    ...wanted.map((type) => [type, strictly(shapes[type], { proposal })] as const),
  ];
}

const applies = ({ plan }: Policy, type: Correcting): boolean =>
  (type !== 'notice.withdrawn' || plan.notice !== undefined) &&
  (!type.startsWith('recovery.') || plan.recovery !== undefined) &&
  (type !== 'recovery.setOff' || plan.recovery?.setOff !== undefined);

function moneySchemas(policy: Policy): readonly (readonly [string, z.ZodType])[] {
  const own = paymentIds(policy);
  const periods = (policy.plan.claims ?? []).map(({ id }) => id);
  const payment =
    periods.length === 0
      ? z.enum(own as [string, ...string[]])
      : z.string().regex(new RegExp(`^(${[...own, ...periods.map((each) => `${each}:\\d{4}-(0[1-9]|1[0-2]|Q[1-4])`)].join('|')})$`));
  const sent = { payment, disbursement: id };
  return [
    ...(policy.plan.recovery
      ? ([
          ['recovery.received', z.strictObject({ amountFen, reference: line(200) })],
          ['recovery.demanded', z.strictObject({ amountFen, letterSha256: fileSha256.optional() })],
          ['recovery.escalated', withReason],
        ] as const)
      : []),
    ...(permitsSetOff(policy)
      ? ([
          ['payment.setOff', z.strictObject({ payment, amountFen, fund: id, setOff: id, debtorCase: id })],
          ['recovery.restored', z.strictObject({ setOff: id, reason })],
        ] as const)
      : []),
    // a fund, or the shares of several that make it up
    ['payment.requested', z.strictObject({ payment, fund: line(400) })],
    ['disbursement.submitted', z.strictObject(sent)],
    ['disbursement.settled', z.strictObject({ ...sent, paidOn: day, sentOn: day.optional() })],
    ['disbursement.failed', z.strictObject({ ...sent, reason })],
    ['disbursement.returned', z.strictObject({ ...sent, reason, returnedOn: day })],
    ['deadline.passed', z.strictObject({ key: line(100) })],
  ];
}

/** Any subset of the case's facts, each of its declared type; `from` limits it to some suppliers. */
const factsOf = (policy: Policy, from?: readonly Fact['from'][]): z.ZodType =>
  optionalFacts(policy, (fact) => !fact.per && (from === undefined || from.includes(fact.from)));
/** Any subset of what is told anew with every period; what our own books put in is told by nobody. */
const factsOfPeriod = (policy: Policy): z.ZodType =>
  optionalFacts(policy, (fact) => fact.per === 'period' && !(fact.booked && typeof fact.type === 'string'));

function optionalFacts(policy: Policy, wanted: (fact: Fact) => boolean): z.ZodType {
  const named = Object.entries(policy.facts).filter(([, fact]) => wanted(fact));
  return z.strictObject(Object.fromEntries(named.map(([name, fact]) => [name, factOf(fact).optional()])));
}

const scalars = {
  int: z.union([z.int(), z.string().regex(/^-?\d{1,18}$/)]),
  bool: z.boolean(),
  date: day,
  string: z.string().max(500).regex(storable, 'control characters such as U+0000 are not allowed'),
  person: z.string().min(1).max(64),
} as const;

/** One of few codes, where it is that; where a parameter may name more, these are what is usual. */
function scalarOf(type: ScalarType, choices: Partial<Choices> = {}): z.ZodType {
  const { oneOf, others } = choices;
  if (oneOf === undefined) return scalars[type];
  const codes = oneOf.map(({ value }) => value);
  return others === undefined ? z.enum(codes) : scalars.string.meta({ examples: codes });
}

function factOf({ type, booked, columns = {}, ...own }: Fact): z.ZodType {
  if (typeof type === 'string') return scalarOf(type, own);
  const asked = Object.entries(type.list).filter(([name]) => name !== booked?.column);
  const row = Object.fromEntries(asked.map(([name, scalar]) => [name, scalarOf(scalar, columns[name])]));
  return z.array(z.strictObject(row)).max(maxRows);
}
