import { z } from 'zod';
import { cite, date, json, text } from '../fields/fields.js';

const version = z.object({ id: z.string(), version: z.string(), jurisdiction: z.string(), title: text, issuedOn: date, cite });
const side = z.object({ says: json, cite: cite.nullable() });

/** Two versions side by side; `same` compares what is said and on what basis, not in which document. */
export const policyDiff = z
  .object({
    from: version,
    to: version,
    counts: z.object({ same: z.int(), changed: z.int(), onlyFrom: z.int(), onlyTo: z.int() }),
    sections: z.array(
      z.object({
        section: z.string(),
        label: text,
        rows: z.array(
          z.object({
            id: z.string(),
            label: text,
            status: z.enum(['same', 'changed', 'onlyFrom', 'onlyTo']),
            fields: z.array(z.string()),
            from: side.nullable(),
            to: side.nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'PolicyDiff' });

const matchedRule = z.object({ id: z.string(), reason: text, cite, missing: z.array(z.string()) });
/** The policies in force by how well they fit what is known; the best first. */
export const matches = z
  .object({
    ok: z.literal(true),
    on: date,
    jurisdiction: z.string(),
    items: z.array(
      z.object({
        policy: z.object({
          id: z.string(),
          version: z.string(),
          jurisdiction: z.string(),
          title: text,
          cite,
          office: text,
          timeLimit: text,
          payee: z.array(z.string()),
        }),
        match: z.enum(['applies', 'nearly', 'no']),
        because: z.enum(['payee', 'window']).nullable(),
        failed: z.array(matchedRule),
        open: z.array(matchedRule),
        met: z.int(),
        /** what open rules wait for; `list` and `person` are told with an application, not in a question */
        missing: z.array(
          z.object({
            fact: z.string(),
            label: text,
            type: z.enum(['int', 'bool', 'date', 'string', 'person', 'list']),
            /** the codes it may be, where it is one of few */
            oneOf: z.array(z.object({ value: z.string(), label: text })).optional(),
          }),
        ),
        amounts: z.record(z.string(), z.object({ label: text, fen: z.string() })),
      }),
    ),
  })
  .meta({ id: 'PolicyMatches' });

/** Which version binds in a place on a day, and how it was found. */
export const binding = z
  .object({
    on: date,
    jurisdiction: z.string(),
    policy: z.object({ id: z.string(), version: z.string(), jurisdiction: z.string(), title: text }).nullable(),
    /** what must lie in the window: the day of receipt, each period, or the day a fact names */
    anchor: z.enum(['received', 'period', 'fact']).nullable(),
    places: z.array(z.object({ place: z.string(), versions: z.array(z.string()), binds: z.string().nullable() })),
    why: text,
  })
  .meta({ id: 'BindingVersion' });
