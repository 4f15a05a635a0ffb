import { type Calendar, type DueUnit, due, formatInstant, type Pause, workingDaysBefore } from '@tranche/calendar';

/** How many working days before a deadline its owner is warned. */
const WARN_WORKING_DAYS = 2;

/** The columns of a deadline that follow from the calendar. */
export type DeadlineEnd = {
  readonly last_day: string | null;
  readonly due_at: string | null;
  readonly provisional: boolean;
  readonly not_before: string | null;
  readonly warn_on: string | null;
};

/** Ends already counted on a calendar: on one day thousands of cases have the same. */
const counted = new WeakMap<Calendar, Map<string, DeadlineEnd>>();
const REMEMBERED = 10_000;

/**
 * When a time limit ends as far as the published calendar goes; provisional where a year in it is not published. Days on which it stood
 * still are not counted.
 */
export function deadlineEnd(calendar: Calendar, from: string, count: number, unit: DueUnit, paused?: readonly Pause[] | null): DeadlineEnd {
  const known = counted.get(calendar) ?? new Map<string, DeadlineEnd>();
  counted.set(calendar, known);
  const key = `${from} ${count} ${unit}${paused ? ` ${JSON.stringify(paused)}` : ''}`;
  const end = known.get(key) ?? Object.freeze(endOn(calendar, from, count, unit, paused ?? []));
  if (known.size < REMEMBERED) known.set(key, end);
  return end;
}

function endOn(calendar: Calendar, from: string, count: number, unit: DueUnit, paused: readonly Pause[]): DeadlineEnd {
  const end = due(calendar, from, count, unit, paused);
  if (end.provisional) return { last_day: null, due_at: null, provisional: true, not_before: end.notBefore, warn_on: null };
  const warn = workingDaysBefore(calendar, end.lastDay, WARN_WORKING_DAYS);
  return {
    last_day: end.lastDay,
    due_at: formatInstant(end.dueAt),
    provisional: false,
    not_before: null,
    warn_on: warn.ok ? warn.date : null,
  };
}
