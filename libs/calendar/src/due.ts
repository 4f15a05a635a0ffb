import { type Calendar, isWorkingDay } from './calendar.js';
import { endOfDay, type Instant } from './instant.js';
import { addDays, addMonths, isWeekend, type LocalDate } from './local-date.js';

export type DueUnit = 'workingDays' | 'calendarDays' | 'months';

/**
 * When a time limit ends.
 * Final: `lastDay` is the last day on which the thing is in time, `dueAt` the first instant after it in Asia/Shanghai (exclusive).
 * Provisional: the answer depends on `year`, whose calendar is not published. `notBefore` is the last day as it would be if
 * that year and later ones had weekends but neither holidays nor make-up days. Holidays can only move the real day later;
 * a make-up weekend inside the period could move it earlier by as many days, so `notBefore` serves for warnings and is
 * never held against anybody.
 */
export type DueDate =
  | { readonly provisional: false; readonly lastDay: LocalDate; readonly dueAt: Instant }
  | { readonly provisional: true; readonly notBefore: LocalDate; readonly year: number };

/** Days on which a time limit stands still: the first and the last of them are not counted either. */
export type Pause = { readonly from: LocalDate; readonly until: LocalDate };

const stands = (pauses: readonly Pause[], date: LocalDate): boolean => pauses.some(({ from, until }) => from <= date && date <= until);

/** A walk over days that remembers the first year it had to guess. */
type Reach = { readonly date: LocalDate; readonly guessedYear: number | null };

function step(calendar: Calendar, reach: Reach, pauses: readonly Pause[]): Reach & { working: boolean } {
  if (stands(pauses, reach.date)) return { ...reach, working: false };
  const day = isWorkingDay(calendar, reach.date);
  if (day.known) return { ...reach, working: day.working };
  return { date: reach.date, guessedYear: reach.guessedYear ?? day.year, working: !isWeekend(reach.date) };
}

function afterWorkingDays(calendar: Calendar, from: LocalDate, count: number, pauses: readonly Pause[]): Reach {
  let reach: Reach = { date: from, guessedYear: null };
  for (let left = count; left > 0; ) {
    const next = step(calendar, { ...reach, date: addDays(reach.date, 1) }, pauses);
    if (next.working) left -= 1;
    reach = next;
  }
  return reach;
}

/** The day itself when it is worked, else the first working day after it (Civil Code art. 203). */
function onOrAfter(calendar: Calendar, date: LocalDate, pauses: readonly Pause[]): Reach {
  let reach = step(calendar, { date, guessedYear: null }, pauses);
  while (!reach.working) reach = step(calendar, { ...reach, date: addDays(reach.date, 1) }, pauses);
  return reach;
}

/** As many days later as the limit stood still between its beginning and its end. */
function later(from: LocalDate, end: LocalDate, pauses: readonly Pause[]): LocalDate {
  let last = end;
  let left = 0;
  for (let day = addDays(from, 1); day <= end; day = addDays(day, 1)) left += stands(pauses, day) ? 1 : 0;
  while (left > 0) {
    last = addDays(last, 1);
    if (!stands(pauses, last)) left -= 1;
  }
  return last;
}

function lastDayOf(calendar: Calendar, from: LocalDate, count: number, unit: DueUnit, pauses: readonly Pause[]): Reach {
  if (unit === 'workingDays') return afterWorkingDays(calendar, from, count, pauses);
  const plain = unit === 'months' ? addMonths(from, count) : addDays(from, count);
  return onOrAfter(calendar, pauses.length === 0 ? plain : later(from, plain, pauses), pauses);
}

/**
 * The end of a time limit of `count` units counted from the day `from`, which is not counted (Civil Code art. 201).
 * Months end on the corresponding day (art. 202). A limit in calendar days or months whose last day is not worked ends on
 * the next working day (art. 203); the days between need no published calendar, the last one does.
 * Days of `pauses` are left out of the count, and none of them is the last. `count` is a whole number from 1 to 3650, else RangeError.
 */
export function due(calendar: Calendar, from: LocalDate, count: number, unit: DueUnit, pauses: readonly Pause[] = []): DueDate {
  if (!Number.isSafeInteger(count) || count < 1 || count > 3650) throw new RangeError(`a time limit must be 1 to 3650 units: ${count}`);
  const { date, guessedYear } = lastDayOf(calendar, from, count, unit, pauses);
  if (guessedYear !== null) return { provisional: true, notBefore: date, year: guessedYear };
  return { provisional: false, lastDay: date, dueAt: endOfDay(date) };
}
