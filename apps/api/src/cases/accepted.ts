import type { Answer, House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { uuid } from '../fields/fields.js';
import { problemOfRefusal } from '../http/outcome.js';
import { describeTypes } from './allowed-events.js';
import { policyOf, readCase } from './case-row.js';

/** What the one door answers when it lets an event through. */
export const accepted = z
  .object({
    ok: z.literal(true),
    replayed: z.boolean(),
    caseId: uuid,
    caseNo: z.string(),
    type: z.string(),
    seq: z.int(),
    version: z.int(),
    state: z.string(),
    standing: z.string(),
  })
  .meta({ id: 'Accepted' });

/** The door's answer; a refusal lists what this person could send instead, with the schema of each. */
export async function acceptedOf(
  house: House,
  actor: Actor,
  caseId: string,
  answer: Answer,
  members: Readonly<Record<string, unknown>> = {},
) {
  if (answer.ok) return answer;
  const { allowed, state } = answer;
  if (allowed === undefined) throw problemOfRefusal(answer, members);
  const row = await readCase(house, actor, caseId);
  throw problemOfRefusal(answer, { ...members, state, allowedEvents: describeTypes(policyOf(house, row), row, allowed) });
}
