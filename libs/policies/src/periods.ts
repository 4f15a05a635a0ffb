import { addDays, addMonths, isLocalDate } from '@tranche/calendar';

/** A claimed period: a calendar month `2021-01` or quarter `2021-Q1`, with its first and last day. */
export type Period = { readonly id: string; readonly every: 'month' | 'quarter'; readonly from: string; readonly to: string };

/** The period of an id; null when it is none. */
export function periodOf(id: string): Period | null {
  const [, year, month, quarter] = /^(\d{4})-(?:(\d{2})|Q([1-4]))$/.exec(id) ?? [];
  if (year === undefined) return null;
  const from = `${year}-${month ?? String((Number(quarter) - 1) * 3 + 1).padStart(2, '0')}-01`;
  if (!isLocalDate(from)) return null;
  const every = month === undefined ? 'quarter' : 'month';
  return { id, every, from, to: addDays(addMonths(from, every === 'month' ? 1 : 3), -1) };
}

/** The id of the period a day lies in. */
export const periodAround = (day: string, every: Period['every']): string =>
  every === 'month' ? day.slice(0, 7) : `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
