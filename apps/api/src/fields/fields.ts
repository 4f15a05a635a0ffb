import { z } from 'zod';

/** The small words of the contract; every schema is built from them. */
export const uuid = z.uuid();
export const date = z.iso.date();
/** an instant with its offset, e.g. 2020-11-25T09:00:00+08:00 */
export const instant = z.iso.datetime({ offset: true });
/** money: a decimal string of fen, never a JSON number; at most 10^15 fen */
export const fen = z
  .string()
  .regex(/^(0|[1-9]\d{0,15})$/)
  .meta({ description: '人民币分,十进制字符串 · fen of CNY as a decimal string', examples: ['27000000'] });
export const positiveFen = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .meta({ description: '大于零的分 · fen above zero, as a decimal string', examples: ['27000000'] });
/** may be negative: balances and entries */
export const signedFen = z.string().regex(/^(0|-?[1-9]\d{0,17})$/);
/** a line people wrote */
export const line = (max: number) => z.string().trim().min(1).max(max);
export const district = z
  .string()
  .regex(/^\d{6}$/)
  .meta({ description: 'GB/T 2260', examples: ['210200'] });
export const text = z.object({ zh: z.string(), en: z.string() }).meta({ id: 'Text' });
export const cite = z
  .object({
    doc: z.string(),
    clause: z.string(),
    basis: z.enum(['stated', 'inferred', 'open', 'external']),
    quote: z.string().optional(),
    note: text.optional(),
  })
  .meta({ id: 'Cite' });
/** an open JSON object, as stored */
export const json = z.record(z.string(), z.unknown());

export const idPath = z.strictObject({ id: uuid });
export type IdPath = z.infer<typeof idPath>;
