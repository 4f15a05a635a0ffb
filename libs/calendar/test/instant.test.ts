import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dateOf, endOfDay, formatInstant, parseInstant, startOfDay, toInstant } from '../src/index.js';

/** Since 1992; in the years 1986 to 1991 China had summer time. */
const instants = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2900, 0, 1) });

describe('an instant', () => {
  it.each([
    ['2020-11-24T16:00:00Z', '2020-11-25T00:00:00+08:00'],
    ['2020-11-25T00:00:00+08:00', '2020-11-25T00:00:00+08:00'],
    ['2020-11-24T11:00:00-05:00', '2020-11-25T00:00:00+08:00'],
    ['2020-11-25T09:30:05.25+08:00', '2020-11-25T09:30:05.250+08:00'],
    ['2020-11-25T09:30:05.123999+08:00', '2020-11-25T09:30:05.123+08:00'],
    ['2020-12-31T23:59:59.999Z', '2021-01-01T07:59:59.999+08:00'],
  ])('%s is %s in Shanghai', (text, shanghai) => {
    expect(formatInstant(toInstant(text))).toBe(shanghai);
  });

  it('agrees with the platform about the instants it reads', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(parseInstant(new Date(instant).toISOString())).toEqual({ ok: true, instant });
        expect(parseInstant(formatInstant(instant))).toEqual({ ok: true, instant });
      }),
    );
  });

  it('falls on the day that the platform names for Asia/Shanghai, in whatever zone the process runs', () => {
    const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });
    fc.assert(
      fc.property(instants, (instant) => {
        expect(dateOf(instant)).toBe(shanghai.format(instant));
      }),
    );
  });

  it('begins and ends days at midnight in Shanghai', () => {
    expect(startOfDay('2020-11-25')).toBe(Date.UTC(2020, 10, 24, 16));
    expect(endOfDay('2020-12-09')).toBe(startOfDay('2020-12-10'));
    expect([dateOf(startOfDay('2020-11-25')), dateOf(startOfDay('2020-11-25') - 1)]).toEqual(['2020-11-25', '2020-11-24']);
  });

  it('sorts as text the way it sorts as time', () => {
    const start = startOfDay('2020-11-25');
    const sorted = [start, start + 1, start + 100, start + 999, start + 1000];
    expect(sorted.map(formatInstant).toSorted()).toEqual(sorted.map(formatInstant));
  });

  it.each([
    '',
    '2020-11-25',
    '2020-11-25T09:00+08:00',
    '2020-11-25T09:00:00',
    '2020-11-25 09:00:00+08:00',
    '2020-02-30T09:00:00+08:00',
    '2020-11-25T24:00:00+08:00',
    '2020-11-25T09:60:00+08:00',
    '2020-11-25T09:00:60+08:00',
    '2020-11-25T09:00:00+15:00',
    '2020-11-25T09:00:00.+08:00',
    '2020-11-25t09:00:00z',
    '1606266000000',
  ])('refuses "%s"', (text) => {
    expect(parseInstant(text)).toMatchObject({ ok: false, code: 'instant-malformed' });
    expect(() => toInstant(text)).toThrow(RangeError);
  });

  it('is a whole number of milliseconds', () => {
    expect(() => formatInstant(0.5)).toThrow(RangeError);
    expect(() => formatInstant(Number.NaN)).toThrow(RangeError);
  });
});
