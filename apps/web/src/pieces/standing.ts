// Which of the server's errors still stand, and whose they are. Pure.

import type { FieldError } from '../api/problem.js';

/** `rows[2].dueOn` → `rows`, `2`, `dueOn` */
const stepsOf = (place: string): string[] => place.split(/[.[\]]+/).filter((step) => step !== '');

/** What was typed at a place, as deep as what was typed goes: a list typed as one text is one value. */
export function typedAt(typed: unknown, place: string): unknown {
  let found = typed;
  for (const step of stepsOf(place)) {
    if (typeof found !== 'object' || found === null) return found;
    found = (found as Readonly<Record<string, unknown>>)[step];
  }
  return found;
}

/** The errors about what has not been changed since it was sent. */
export const stillStanding = (errors: readonly FieldError[], typed: unknown, sent: unknown): FieldError[] =>
  errors.filter(({ field }) => JSON.stringify(typedAt(typed, field)) === JSON.stringify(typedAt(sent, field)));

/** Whether an error at `field` is shown by the control at `place`: its own, or of a part that has no control of its own. */
export const isAt = (field: string, place: string): boolean =>
  field === place || field.startsWith(`${place}.`) || field.startsWith(`${place}[`);

/** What of the control an error is about: a row, counted from one, or the path of a part; null where it is about the whole of it. */
export function partOf(field: string, place: string): number | string | null {
  const [first, ...rest] = stepsOf(field.slice(place.length));
  if (first === undefined) return null;
  return /^\d+$/.test(first) ? Number(first) + 1 : [first, ...rest].join('.');
}
