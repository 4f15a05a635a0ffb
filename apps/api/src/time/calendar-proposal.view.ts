import { z } from 'zod';
import { cite, date, line, text, uuid } from '../fields/fields.js';

const content = {
  year: z.int().min(2000).max(2200),
  publishedOn: date.nullable().default(null),
  off: z.array(date).max(366),
  work: z.array(date).max(60),
  reason: line(500),
};
export const newCalendarYear = z.strictObject({ ...content, cite: z.strictObject(cite.shape) }).meta({ id: 'NewCalendarYear' });
export const calendarApproval = z
  .strictObject({
    touchedSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .meta({ id: 'CalendarApproval' });
export const calendarRejection = z.strictObject({ reason: line(500) }).meta({ id: 'CalendarRejection' });

export const calendarProposal = z
  .object({
    id: uuid,
    ...content,
    publishedOn: date.nullable(),
    cite,
    state: z.enum(['proposed', 'approved', 'rejected']),
    proposedBy: uuid,
    decidedBy: uuid.nullable(),
    rejectionReason: z.string().nullable(),
  })
  .meta({ id: 'CalendarProposal' });
export type CalendarProposalView = z.infer<typeof calendarProposal>;

const kind = z.enum(['off', 'work']).nullable().meta({ description: 'null: 按星期 · as its weekday says' });
/** Which days change, and which running time limits would end on another day; the first of them listed, all of them counted. */
export const calendarChanged = z
  .object({
    newYear: z.boolean(),
    days: z.array(z.object({ day: date, before: kind, after: kind })),
    count: z.int(),
    sha256: z.string(),
    deadlines: z.array(
      z.object({ id: uuid, caseId: uuid, caseNo: z.string(), label: text, before: date.nullable(), after: date.nullable() }),
    ),
  })
  .meta({ id: 'CalendarChange' });
/** `touched` is null once it was decided. */
export const calendarProposalDetail = z
  .object({ ...calendarProposal.shape, touched: calendarChanged.nullable() })
  .meta({ id: 'CalendarProposalDetail' });

export const calendarProposalColumns = `id, year, published_on AS "publishedOn", off::text[] AS off, work::text[] AS work, cite, reason, state,
  proposed_by AS "proposedBy", decided_by AS "decidedBy", rejection_reason AS "rejectionReason"`;
