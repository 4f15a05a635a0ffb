import { formatInstant } from '@tranche/calendar';
import { z } from 'zod';
import { cite, date, instant, text, uuid } from '../fields/fields.js';

export const deadlineStatus = z.enum(['running', 'met', 'cancelled', 'passed', 'suspected', 'confirmed', 'cleared']);

/** A legal clock of a case. `lastDay` is the last day in time; provisional while that year's calendar is not published. */
export const deadline = z
  .object({
    id: uuid,
    caseId: uuid,
    caseNo: z.string(),
    key: z.string(),
    label: text,
    kind: z.enum(['statutory', 'service']),
    from: date,
    count: z.int(),
    unit: z.enum(['workingDays', 'calendarDays', 'months']),
    lastDay: date.nullable(),
    dueAt: instant.nullable(),
    provisional: z.boolean(),
    status: deadlineStatus,
    endedOn: date.nullable(),
    cite,
    trace: z.unknown(),
    paused: z.array(z.object({ from: date, until: date })).nullable(),
  })
  .meta({ id: 'Deadline' });
export type DeadlineView = z.infer<typeof deadline>;
export type DeadlineRow = Omit<DeadlineView, 'dueAt'> & { readonly dueAt: number | null };

/** `d` is deadlines, `c` its case. */
export const deadlineColumns = `d.id, d.case_id AS "caseId", c.case_no AS "caseNo", d.key, d.label, d.kind, d.from_date AS "from", d.count, d.unit, d.last_day AS "lastDay",
  d.due_at AS "dueAt", d.provisional, d.status, d.ended_on AS "endedOn", d.cite, d.trace, d.paused`;

export const deadlineView = (row: DeadlineRow): DeadlineView => ({ ...row, dueAt: row.dueAt === null ? null : formatInstant(row.dueAt) });
