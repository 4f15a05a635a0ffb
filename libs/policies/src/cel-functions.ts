import { addMonths, daysBetween } from '@tranche/calendar';

/** Whole months from one day to another by corresponding days: 2020-01-31 to 2020-02-29 is one; negative when the second is earlier. */
export function months(from: string, to: string): bigint {
  if (to < from) return -months(to, from);
  const guess = (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from);
  return BigInt(addMonths(from, guess) <= to ? guess : guess - 1);
}

const yearOf = (day: string): number => Number(day.slice(0, 4));
const monthOf = (day: string): number => Number(day.slice(5, 7));

/** The first day of the month a day lies in. */
export const monthStart = (day: string): string => `${day.slice(0, 7)}-01`;

/** Days of a span, its first and last day included; 0 when it ends before it begins. */
export const days = (from: string, to: string): bigint => BigInt(to < from ? 0 : daysBetween(from, to) + 1);

/** An amount times part ÷ whole, rounded down. A whole that is not positive throws RangeError. */
export function portion(fen: bigint, part: bigint, whole: bigint): bigint {
  if (whole <= 0n) throw new RangeError('a portion of nothing');
  return (fen * part) / whole;
}

/** How many times `size` goes into `length`: 90 minutes hold two hours of 45. A size that is not positive throws RangeError. */
export function wholes(length: bigint, size: bigint): bigint {
  if (size <= 0n) throw new RangeError('nothing to count by');
  return length / size;
}

/** Is every text there once only? */
export const distinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;
