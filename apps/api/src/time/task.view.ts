import { z } from 'zod';
import { cite, date, instant, text, uuid } from '../fields/fields.js';
import { roleName } from '../fields/roles.js';
import { deadlineStatus } from './deadline.view.js';

export const taskState = z.enum(['open', 'claimed', 'done', 'cancelled']);

/** Work for a role. `clock` is the deadline of its case that runs out first; a step taken with it is sent against `caseVersion`. */
export const task = z
  .object({
    id: uuid,
    caseId: uuid.nullable(),
    caseNo: z.string().nullable(),
    caseVersion: z.int().nullable(),
    policy: z.object({ id: z.string(), version: z.string(), jurisdiction: z.string(), title: text }).nullable(),
    organisation: z.string().nullable(),
    kind: z.string(),
    role: roleName,
    label: text,
    state: taskState,
    claimedBy: uuid.nullable(),
    dueOn: date.nullable(),
    clock: z
      .object({
        label: text,
        kind: z.enum(['statutory', 'service']),
        lastDay: date.nullable(),
        provisional: z.boolean(),
        status: deadlineStatus,
        cite,
      })
      .nullable(),
    openedAt: instant,
  })
  .meta({ id: 'Task' });
