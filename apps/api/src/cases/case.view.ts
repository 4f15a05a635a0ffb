import { z } from 'zod';
import { cite, date, fen, instant, json, signedFen, text, uuid } from '../fields/fields.js';
import { awaitedFact, nextStep } from '../policies/assessment.view.js';
import { deadline } from '../time/deadline.view.js';

const policyRef = z.object({ id: z.string(), version: z.string(), jurisdiction: z.string(), title: text });

export const caseSummary = z
  .object({
    id: uuid,
    caseNo: z.string(),
    policy: policyRef,
    organisationId: uuid,
    district: z.string(),
    state: z.string(),
    standing: z.enum(['active', 'held', 'closed']),
    version: z.int(),
    openedOn: date,
    lastAt: instant,
  })
  .meta({ id: 'CaseSummary' });
export type CaseSummary = z.infer<typeof caseSummary>;

const tranche = z
  .object({
    id: z.string(),
    label: text,
    kind: z.enum(['advance', 'claim', 'remainder', 'refund']),
    state: z.enum(['locked', 'due', 'requested', 'sent', 'paid', 'cancelled']),
    stateLabel: text,
    amountFen: fen.nullable(),
    paidFen: fen,
    /** of `paidFen`, what was kept back for debts of other cases */
    setOffFen: fen.optional(),
    paidOn: date.nullable(),
    fund: z.string().nullable(),
    reason: z.string().optional(),
    /** the legal clock of this payment, when one was ever set */
    due: z.object({ lastDay: date.nullable(), status: z.string(), provisional: z.boolean(), cite }).nullable(),
    cite,
  })
  .meta({ id: 'Tranche' });

/** A case at a glance: where every payment is, what is missing, who is next. */
export const caseOverview = z
  .object({
    ...caseSummary.shape,
    regions: z.record(z.string(), z.object({ state: z.string(), label: text })),
    facts: json,
    tranches: z.array(tranche),
    missing: z.array(z.object({ fact: z.string(), label: text })),
    next: z.array(nextStep),
  })
  .meta({ id: 'CaseOverview' });
export type CaseOverview = z.infer<typeof caseOverview>;

/** What the signed-in person may do next; files go to `imports`, everything else to `events` with data of this schema. */
export const allowedEvent = z
  .object({
    type: z.string(),
    label: text,
    duty: z.string().nullable(),
    via: z.enum(['events', 'imports']),
    dataSchema: json,
    missing: z.array(awaitedFact),
  })
  .meta({ id: 'AllowedEvent' });

export const caseDetail = z
  .object({
    ...caseSummary.shape,
    payeeAccountId: uuid,
    facts: json,
    terms: json,
    regions: z.record(z.string(), z.object({ state: z.string(), label: text })),
    marks: z.record(z.string(), date),
    tranches: z.array(tranche),
    estimateFen: fen.nullable(),
    entitledFen: fen.nullable(),
    paidFen: fen,
    recoveredFen: fen,
    /** of `recoveredFen`, what was kept back of payments of other cases */
    setOffFen: fen.optional(),
    writtenOffFen: fen,
    payableFen: signedFen.nullable(),
    recovery: z.object({ no: z.int(), state: z.string(), outstandingFen: signedFen }).nullable(),
    notice: z.object({ no: z.int(), postedOn: date, endedOn: date.nullable() }).nullable(),
    objections: z.array(z.string()),
    proposals: z.array(z.object({ proposal: z.int(), type: z.string(), by: z.string() })),
    /** deadline keys the machine listens to */
    clocks: z.record(z.string(), z.enum(['running', 'passed'])),
    attempts: z.object({ failed: z.int(), allowed: z.int() }),
    deadlines: z.array(deadline),
    allowedEvents: z.array(allowedEvent),
  })
  .meta({ id: 'Case' });
export type CaseDetail = z.infer<typeof caseDetail>;

export const caseEvent = z
  .object({
    seq: z.int(),
    type: z.string(),
    label: text,
    data: json,
    stamp: json,
    actor: z.string(),
    role: z.string(),
    cause: z.string(),
    on: date,
    at: instant,
    recordedAt: instant,
    hash: z.string(),
    prevHash: z.string(),
  })
  .meta({ id: 'CaseEvent' });
export type CaseEventView = z.infer<typeof caseEvent>;
