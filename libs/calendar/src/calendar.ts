import { addDays, isWeekend, type LocalDate, yearOf } from './local-date.js';
import type { CalendarYear } from './state-council-years.js';

/** The days known to be worked or not, by the years whose arrangement is published. Build it with `calendarOf`. */
export type Calendar = {
  readonly years: ReadonlySet<number>;
  readonly off: ReadonlySet<LocalDate>;
  readonly work: ReadonlySet<LocalDate>;
};

/** The rows of a published calendar: years, days without work, weekend days worked. */
export type PublishedDays = { readonly years: readonly number[]; readonly off: readonly LocalDate[]; readonly work: readonly LocalDate[] };

/** No arrangement is published for `year`: whether a day in it is worked cannot be known, and is not guessed. */
export type NotPublished = { readonly ok: false; readonly code: 'calendar-not-published'; readonly year: number };
export type FoundDay = { readonly ok: true; readonly date: LocalDate } | NotPublished;

/** Is the day worked? `known: false` when the year's arrangement is not published. */
export type WorkingDay = { readonly known: true; readonly working: boolean } | { readonly known: false; readonly year: number };

/** A notice arranges its own year and may reach into the December before it. */
function belongs(years: ReadonlySet<number>, date: LocalDate): boolean {
  const year = yearOf(date);
  return years.has(year) || (years.has(year + 1) && date.slice(5, 7) === '12');
}

/**
 * A calendar from published rows. Throws RangeError for a day that is not real, lies outside the given years
 * (or the December before one), or stands in both lists: bad rows are refused where they are imported.
 */
export function calendarOf(published: PublishedDays): Calendar {
  const years = new Set(published.years);
  const work = new Set(published.work);
  const off = new Set(published.off);
  const stray = [...off, ...work].find((day) => !belongs(years, day));
  if (stray !== undefined) throw new RangeError(`day outside the published years: ${stray}`);
  const both = published.off.find((day) => work.has(day));
  if (both !== undefined) throw new RangeError(`day both off and worked: ${both}`);
  return { years, off, work };
}

/** A calendar from whole years, such as `stateCouncilYears`. */
export const calendarOfYears = (years: readonly CalendarYear[]): Calendar =>
  calendarOf({ years: years.map(({ year }) => year), off: years.flatMap(({ off }) => off), work: years.flatMap(({ work }) => work) });

/** Is the day a working day? Listed days answer by their list, other days of published years by their weekday. */
export function isWorkingDay(calendar: Calendar, date: LocalDate): WorkingDay {
  if (calendar.work.has(date)) return { known: true, working: true };
  if (calendar.off.has(date)) return { known: true, working: false };
  const year = yearOf(date);
  return calendar.years.has(year) ? { known: true, working: !isWeekend(date) } : { known: false, year };
}

function requireCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`a number of days must be a whole number from 1: ${count}`);
}

function walk(calendar: Calendar, from: LocalDate, count: number, step: 1 | -1): FoundDay {
  requireCount(count);
  let date = from;
  for (let left = count; left > 0; ) {
    date = addDays(date, step);
    const day = isWorkingDay(calendar, date);
    if (!day.known) return { ok: false, code: 'calendar-not-published', year: day.year };
    if (day.working) left -= 1;
  }
  return { ok: true, date };
}

/**
 * The nth working day after `from`, which is itself not counted (Civil Code art. 201); n ≥ 1, else RangeError.
 * `calendar-not-published` names the first year on the way that is not known.
 */
export const nthWorkingDay = (calendar: Calendar, from: LocalDate, n: number): FoundDay => walk(calendar, from, n, 1);

/** The nth working day before `date`, which is itself not counted: when to warn. Refuses as `nthWorkingDay`. */
export const workingDaysBefore = (calendar: Calendar, date: LocalDate, n: number): FoundDay => walk(calendar, date, n, -1);
