import { isLocalDate } from '@tranche/calendar';
import { z } from 'zod';
import { IDENTIFIER } from './cel-types.js';
import { roles } from './people.js';

export const written = z.string().min(1);
export const text = z.strictObject({ zh: written, en: written });
export const date = z.string().refine(isLocalDate, 'must be a real date YYYY-MM-DD');
export const identifier = z.string().regex(IDENTIFIER, 'must be an identifier such as plannedHours');
export const cel = z.string().min(1).max(2000);
export const roleName = z.enum(roles);
/** The name of a condition, or `!` and its name. */
export const reference = z.string().regex(/^!?[a-z][A-Za-z0-9]*$/, 'must name a condition, with ! before it where it must not hold');

/** A stated clause must be quoted; everything else must say why it is read so. */
export const cite = z
  .strictObject({
    doc: written,
    clause: written,
    basis: z.enum(['stated', 'inferred', 'open', 'external']),
    quote: written.optional(),
    note: text.optional(),
  })
  .refine((value) => value.basis !== 'stated' || value.quote !== undefined, 'a stated clause needs its verbatim quote');
