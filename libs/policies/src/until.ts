import { addMonths } from '@tranche/calendar';
import type { ParameterValue, Terms, Until } from './policy.js';

/** The day of a landmark by its parameter key; '' or undefined while it is not recorded. */
export type Landmarks = (key: string) => string | undefined;

/** The last day; undefined while the landmark has not been recorded: no end yet. */
export function lastDay(until: Until | undefined, landmarks: Landmarks): string | undefined {
  if (until === undefined || typeof until === 'string') return until;
  const day = landmarks(until.landmark);
  if (day === undefined || day === '') return undefined;
  return until.plusMonths === undefined ? day : addMonths(day, until.plusMonths);
}

/** The landmarks among resolved terms. */
export const landmarksIn =
  (terms: Terms): Landmarks =>
  (key) => {
    const value = Object.hasOwn(terms, key) ? terms[key]?.value : undefined;
    return typeof value === 'string' ? value : undefined;
  };

/** A parameter's value of the case, or on a day where it follows its table. */
export function valueOn(terms: Terms, key: string, day: string | null): ParameterValue | undefined {
  const term = Object.hasOwn(terms, key) ? terms[key] : undefined;
  if (!term?.rows || day === null) return term?.value;
  return term.rows.find((row) => row.from <= day && (lastDay(row.until, landmarksIn(terms)) ?? FOREVER) >= day)?.value;
}

/** After every day. */
export const FOREVER = '9999-12-31';
