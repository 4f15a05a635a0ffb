import type { Done } from '@tranche/casework';
import type { Text } from '@tranche/policies';
import { type FieldError, Problem } from './problem.js';

/** What use-cases answer when they say no. */
export type Refusal = {
  readonly ok: false;
  readonly code: string;
  readonly detail: Text;
  readonly field?: string;
  readonly errors?: readonly FieldError[];
};

/** A refusal of a use-case on its way to the client. */
export function problemOfRefusal(refusal: Refusal, members: Readonly<Record<string, unknown>> = {}): Problem {
  const { code, detail, field } = refusal;
  const errors = refusal.errors ?? (field === undefined ? [] : [{ field, code, message: detail }]);
  return new Problem(code, { detail, errors, members });
}

/** The stored or fresh answer of an administrative write; throws its refusal. */
export async function answerOf<T>(outcome: Promise<Done<T> | Refusal>): Promise<T> {
  const result = await outcome;
  if (!result.ok) throw problemOfRefusal(result);
  return result.answer;
}

/** The one row asked for; 404 when row-level security or the table has none. */
export function found<T>(row: T | undefined): T {
  if (row === undefined) throw new Problem('not-found');
  return row;
}
