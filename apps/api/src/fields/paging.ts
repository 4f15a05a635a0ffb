import { z } from 'zod';
import { Problem } from '../http/problem.js';

/** `?limit=&cursor=` of every list. */
export const paging = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(400).optional() };
export const pageQuery = z.strictObject(paging);
export type PageQuery = z.infer<typeof pageQuery>;

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };

/** Lists are ordered by id (UUIDv7, so by time); the cursor hides the last id of the page before. */
export function afterId(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new Problem('cursor-invalid');
  return id;
}

/** Turns `limit + 1` rows into a page of `limit`. */
export function page<Row, Item>(rows: readonly Row[], limit: number, idOf: (row: Row) => string, present: (row: Row) => Item): Page<Item> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? Buffer.from(idOf(last)).toString('base64url') : null;
  return { items: kept.map(present), nextCursor };
}
