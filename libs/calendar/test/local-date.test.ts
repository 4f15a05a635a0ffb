import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  compareDates,
  dateOfDayNumber,
  dayNumber,
  daysBetween,
  isLocalDate,
  isWeekend,
  parseLocalDate,
  weekday,
  yearOf,
} from '../src/index.js';

const days = fc.integer({ min: dayNumber('1900-01-01'), max: dayNumber('2999-12-31') });

describe('a date', () => {
  it.each(['2020-11-25', '2020-02-29', '2000-02-29', '1900-01-01', '2999-12-31'])('%s is real', (text) => {
    expect(parseLocalDate(text)).toEqual({ ok: true, date: text });
  });

  it.each(['2021-02-29', '1900-02-29', '2020-04-31', '2020-13-01', '2020-00-10', '2020-01-00', '2020-01-32', '0000-01-01'])(
    '%s is no day',
    (text) => {
      expect(parseLocalDate(text)).toMatchObject({ ok: false, code: 'date-unreal' });
    },
  );

  it.each([
    '',
    '2020-1-1',
    '20201125',
    '2020/11/25',
    '2020-11-25T00:00:00Z',
    ' 2020-11-25',
    '2020-11-25\n',
    '-2020-11-25',
    '２０２０-11-25',
  ])('refuses "%s", which is not YYYY-MM-DD', (text) => {
    expect(parseLocalDate(text)).toMatchObject({ ok: false, code: 'date-malformed' });
  });

  it.each(['1899-12-31', '3000-01-01', '9999-12-31'])('refuses %s, from which arithmetic could leave the calendar', (text) => {
    expect(parseLocalDate(text)).toMatchObject({ ok: false, code: 'date-out-of-range' });
  });

  it('is not a number or nothing', () => {
    expect([isLocalDate(20201125 as unknown as string), isLocalDate(undefined as unknown as string)]).toEqual([false, false]);
  });

  it('counts days as the Gregorian calendar of the platform does', () => {
    fc.assert(
      fc.property(days, (number) => {
        const platform = new Date(number * 86_400_000);
        const date = dateOfDayNumber(number);
        expect(date).toBe(platform.toISOString().slice(0, 10));
        expect(dayNumber(date)).toBe(number);
        expect(weekday(date)).toBe(platform.getUTCDay() || 7);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows the ends of every month from 1999 to 2031', () => {
    for (let number = dayNumber('1999-01-01'); number <= dayNumber('2031-12-31'); number += 1)
      expect(dateOfDayNumber(number)).toBe(new Date(number * 86_400_000).toISOString().slice(0, 10));
  });

  it.each([
    ['2020-12-31', 1, '2021-01-01'],
    ['2020-02-28', 1, '2020-02-29'],
    ['2021-02-28', 1, '2021-03-01'],
    ['2020-03-01', -1, '2020-02-29'],
    ['2020-11-25', 0, '2020-11-25'],
    ['2020-01-01', 366, '2021-01-01'],
  ])('%s and %s days is %s', (date, count, expected) => {
    expect(addDays(date, count)).toBe(expected);
  });

  it.each([
    ['2020-11-25', 1, '2020-12-25'],
    ['2020-12-31', 2, '2021-02-28'],
    ['2019-12-31', 2, '2020-02-29'],
    ['2020-02-29', 12, '2021-02-28'],
    ['2020-08-31', 1, '2020-09-30'],
    ['2020-11-30', 3, '2021-02-28'],
    ['2021-03-31', -1, '2021-02-28'],
    ['2020-01-15', -1, '2019-12-15'],
    ['2020-11-25', 0, '2020-11-25'],
  ])('%s and %s months is the corresponding day %s, or the last of the month (Civil Code art. 202)', (date, count, expected) => {
    expect(addMonths(date, count)).toBe(expected);
  });

  it('compares, subtracts and knows its year and weekend', () => {
    expect([
      compareDates('2020-09-30', '2020-10-01'),
      compareDates('2020-10-01', '2020-10-01'),
      compareDates('2021-01-01', '2020-12-31'),
    ]).toEqual([-1, 0, 1]);
    expect([daysBetween('2020-02-28', '2020-03-01'), daysBetween('2020-03-01', '2020-02-28'), yearOf('2020-11-25')]).toEqual([2, -2, 2020]);
    expect(['2020-11-27', '2020-11-28', '2020-11-29', '2020-11-30'].map(isWeekend)).toEqual([false, true, true, false]);
  });

  it('throws for a date that its caller should have refused', () => {
    expect(() => addDays('2021-02-29', 1)).toThrow(RangeError);
    expect(() => addDays('2020-11-25', 0.5)).toThrow(RangeError);
    expect(() => addMonths('2020-11-25', 1.5)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  });
});
