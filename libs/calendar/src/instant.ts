import { addDays, dateOfDayNumber, dayNumber, isLocalDate, type LocalDate } from './local-date.js';

/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** Where "now" comes from. Pure code receives instants; only the outer layers hold a clock. */
export type Clock = { now(): Instant };

export type InstantRefusal = {
  readonly ok: false;
  readonly code: 'instant-malformed';
  readonly message: { readonly zh: string; readonly en: string };
};
export type ParsedInstant = { readonly ok: true; readonly instant: Instant } | InstantRefusal;

const DAY_MS = 86_400_000;
/** Asia/Shanghai has had a fixed offset of eight hours since 1991, the whole period we compute in. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const SHAPE =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,9}))?(Z|([+-])(0[0-9]|1[0-4]):([0-5][0-9]))$/;

const malformed: InstantRefusal = {
  ok: false,
  code: 'instant-malformed',
  message: {
    zh: '时间无法识别，未作任何更改；请写成 "2020-11-25T09:00:00+08:00" 的形式。',
    en: 'The time was not understood and nothing was changed; write it as "2020-11-25T09:00:00+08:00".',
  },
};

/** The first instant of a day in Asia/Shanghai. */
export const startOfDay = (date: LocalDate): Instant => dayNumber(date) * DAY_MS - SHANGHAI_OFFSET_MS;

/** The day in Asia/Shanghai at an instant. */
export const dateOf = (instant: Instant): LocalDate => dateOfDayNumber(Math.floor((instant + SHANGHAI_OFFSET_MS) / DAY_MS));

/** The first instant that is no longer inside the day: a deadline's exclusive end. */
export const endOfDay = (date: LocalDate): Instant => startOfDay(addDays(date, 1));

const two = (count: number): string => String(count).padStart(2, '0');

/** ISO 8601 in Shanghai time: `2020-11-25T00:00:00+08:00`; milliseconds only when there are any. Sorts as text. */
export function formatInstant(instant: Instant): string {
  if (!Number.isSafeInteger(instant)) throw new RangeError(`not an instant: ${instant}`);
  const date = dateOf(instant);
  const ms = instant - startOfDay(date);
  const fraction = ms % 1000 === 0 ? '' : `.${String(ms % 1000).padStart(3, '0')}`;
  const time = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60].map(two).join(':');
  return `${date}T${time}${fraction}+08:00`;
}

/** Reads ISO 8601 with seconds and an offset (`Z` or `±hh:mm`); finer than a millisecond is cut off. Refuses with `instant-malformed`. */
export function parseInstant(text: string): ParsedInstant {
  const match = typeof text === 'string' ? SHAPE.exec(text) : null;
  if (!match || !isLocalDate(match[1] ?? '')) return malformed;
  const [, date = '', hour, minute, second, fraction = '', , sign, offsetHour = '0', offsetMinute = '0'] = match;
  const timeMs = (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
  const offsetMs = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000 * (sign === '-' ? -1 : 1);
  return { ok: true, instant: dayNumber(date) * DAY_MS + timeMs - offsetMs };
}

/** Reads an instant that we wrote ourselves; anything else is a bug and throws RangeError. */
export function toInstant(text: string): Instant {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new RangeError(`${parsed.code}: ${JSON.stringify(text)}`);
  return parsed.instant;
}
