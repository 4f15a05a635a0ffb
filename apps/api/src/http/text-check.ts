import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/** With the `u` flag a surrogate only matches when it stands alone. */
const unstorable = /\0|\p{Surrogate}/u;

/** No request of ours nests deeper than a few levels; a deeper one only wants to exhaust the stack. */
const deepest = 64;

/** Finds U+0000 or a lone surrogate in any text of a value, keys included; answers its place or null. */
export function unstorableAt(value: unknown, place: string, depth = 0): string | null {
  if (depth > deepest) throw new Problem('request-malformed');
  if (typeof value === 'string') return unstorable.test(value) ? place : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const found = unstorableAt(key, `${place}.(key)`) ?? unstorableAt(part, `${place}.${key}`, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Postgres can store neither U+0000 nor a lone surrogate: refused before anything looks at the request. */
export function refuseUnstorableText(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', ({ body, query, params }, _, done) => {
    done(problemOf(body, 'body') ?? problemOf(query, 'query') ?? problemOf(params, 'path'));
  });
}

function problemOf(value: unknown, name: string): Problem | undefined {
  if (Buffer.isBuffer(value)) return undefined;
  const field = unstorableAt(value, name);
  return field === null ? undefined : new Problem('text-invalid', { errors: [{ field, code: 'text-invalid', message: 'U+0000' }] });
}
