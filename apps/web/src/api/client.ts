// The API as generated types know it. A page never calls fetch: it asks `api`, and `good` turns a refusal into a thrown Refused.

import createClient from 'openapi-fetch';
import { doorway } from './doorway.js';
import { refusedOf } from './problem.js';
import type { components, paths } from './schema.js';

export type Schemas = components['schemas'];

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: doorway });

type Answered<T> = { readonly data?: T; readonly error?: unknown; readonly response: Response };

/** The body of a good answer. @throws Refused */
export async function good<T>(answer: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (response.ok) return data as T;
  throw refusedOf(response.status, error);
}

/** The header that lets a write be repeated safely; the same key for the same wish. */
export const keyed = (key: string) => ({ 'Idempotency-Key': key });

export const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** A file and the fields before it, as the multipart routes want it. The cast: openapi-fetch types a form as its JSON. */
export const formOf = (file: File, fields: Readonly<Record<string, string>> = {}): never => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return form as never;
};
