import type { Refused } from '../api/problem.js';

/** The day on which the bank would execute now, when a refusal asks to agree to it; else null. */
export function movedDay(refused: Refused | null): string | null {
  if (refused?.code !== 'execution-day-moved') return null;
  const said = refused.problem.errors.find(({ field }) => field === 'executionOn')?.message ?? '';
  return /\d{4}-\d{2}-\d{2}/.exec(said)?.[0] ?? null;
}
