/** A day in China's civil calendar as `YYYY-MM-DD`; compares correctly as text. */
export type LocalDate = string;

export type DateRefusal = {
  readonly ok: false;
  readonly code: 'date-malformed' | 'date-unreal' | 'date-out-of-range';
  readonly message: { readonly zh: string; readonly en: string };
};
export type ParsedDate = { readonly ok: true; readonly date: LocalDate } | DateRefusal;

const SHAPE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const malformed: DateRefusal = {
  ok: false,
  code: 'date-malformed',
  message: {
    zh: '日期无法识别，未作任何更改；请写成 "2020-11-25" 的形式。',
    en: 'The date was not understood and nothing was changed; write it as "2020-11-25".',
  },
};
const unreal: DateRefusal = {
  ok: false,
  code: 'date-unreal',
  message: {
    zh: '日历上没有这一天，未作任何更改；请检查月份和日期。',
    en: 'There is no such day in the calendar and nothing was changed; check month and day.',
  },
};

const outOfRange: DateRefusal = {
  ok: false,
  code: 'date-out-of-range',
  message: {
    zh: '日期须在 1900 年至 2999 年之间，未作任何更改；请检查年份。',
    en: 'The date must lie between 1900 and 2999 and nothing was changed; check the year.',
  },
};

type Parts = { readonly year: number; readonly month: number; readonly day: number };

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days of a month (1–12), leap years included. */
export const daysInMonth = (year: number, month: number): number => (month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0));

const isReal = ({ year, month, day }: Parts): boolean =>
  year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);

function shaped(text: string): Parts | null {
  const match = typeof text === 'string' ? SHAPE.exec(text) : null;
  return match && { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}

/**
 * Reads a real day of the years 1900 to 2999, so that no arithmetic on an accepted day can leave the calendar.
 * Refuses with `date-malformed` (not `YYYY-MM-DD`), `date-unreal` (2021-02-29) or `date-out-of-range`.
 */
export function parseLocalDate(text: string): ParsedDate {
  const parts = shaped(text);
  if (!parts) return malformed;
  if (!isReal(parts)) return unreal;
  return parts.year >= 1900 && parts.year <= 2999 ? { ok: true, date: text } : outOfRange;
}

/** Would `parseLocalDate` accept the text? */
export const isLocalDate = (text: string): boolean => parseLocalDate(text).ok;

function partsOf(date: LocalDate): Parts {
  const parts = shaped(date);
  if (!parts || !isReal(parts)) throw new RangeError(`not a real date: ${JSON.stringify(date)}`);
  return parts;
}

function dateOfParts(year: number, month: number, day: number): LocalDate {
  if (year < 1 || year > 9999) throw new RangeError(`year outside 0001–9999: ${year}`);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The year of a date. Throws RangeError when the date is not real. */
export const yearOf = (date: LocalDate): number => partsOf(date).year;

/**
 * Days since 1970-01-01 (which is 0) in the Gregorian calendar.
 * Years are taken to begin in March, so that a leap day is the last of its year.
 */
export function dayNumber(date: LocalDate): number {
  const { year, month, day } = partsOf(date);
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** The inverse of `dayNumber`. Throws RangeError outside the years 0001–9999. */
export function dateOfDayNumber(days: number): LocalDate {
  if (!Number.isSafeInteger(days)) throw new RangeError(`not a whole number of days: ${days}`);
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return dateOfParts(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1);
}

/** The day `count` calendar days later (earlier when negative). */
export const addDays = (date: LocalDate, count: number): LocalDate => dateOfDayNumber(dayNumber(date) + count);

/**
 * The corresponding day `count` months later; where the month has none, its last day (Civil Code art. 202):
 * 2021-01-31 + 1 month is 2021-02-28.
 */
export function addMonths(date: LocalDate, count: number): LocalDate {
  if (!Number.isSafeInteger(count)) throw new RangeError(`not a whole number of months: ${count}`);
  const { year, month, day } = partsOf(date);
  const months = year * 12 + (month - 1) + count;
  const targetYear = Math.floor(months / 12);
  const targetMonth = months - targetYear * 12 + 1;
  return dateOfParts(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
}

/** Negative when `a` is earlier, zero when equal, positive when later. */
export const compareDates = (a: LocalDate, b: LocalDate): number => (a < b ? -1 : a > b ? 1 : 0);

/** Calendar days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: LocalDate, b: LocalDate): number => dayNumber(b) - dayNumber(a);

/** ISO weekday: 1 Monday … 7 Sunday. */
export const weekday = (date: LocalDate): number => ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;

/** Saturday or Sunday, whatever the year's calendar says about it. */
export const isWeekend = (date: LocalDate): boolean => weekday(date) >= 6;
