import { describe, expect, it } from '@jest/globals';
import {
  calendarOf,
  calendarOfYears,
  type DueUnit,
  due,
  formatInstant,
  nthWorkingDay,
  startOfDay,
  stateCouncilYears,
  toInstant,
} from '../src/index.js';

const calendar = calendarOfYears(stateCouncilYears);
const until2025 = calendarOfYears(stateCouncilYears.filter(({ year }) => year <= 2025));
const nothingPublished = calendarOf({ years: [], off: [], work: [] });

describe('a time limit', () => {
  it.each<[string, number, DueUnit, string, string]>([
    ['2020-11-25', 10, 'workingDays', '2020-12-09', 'ten working days'],
    ['2020-09-21', 10, 'workingDays', '2020-10-10', 'ending on a make-up Saturday'],
    ['2020-09-25', 5, 'workingDays', '2020-10-09', 'over the National Day'],
    ['2020-11-25', 30, 'calendarDays', '2020-12-25', 'thirty calendar days'],
    ['2020-11-25', 3, 'calendarDays', '2020-11-30', 'a Saturday moves to Monday (art. 203)'],
    ['2020-09-27', 5, 'calendarDays', '2020-10-09', 'a holiday moves to the first working day after it (art. 203)'],
    ['2020-10-03', 7, 'calendarDays', '2020-10-10', 'a make-up Saturday is a working day: stays'],
    ['2020-11-27', 1, 'months', '2020-12-28', 'corresponding Sunday moves to Monday'],
    ['2020-11-30', 3, 'months', '2021-03-01', 'no 30 February: Sunday the 28th moves to Monday'],
    ['2020-08-31', 1, 'months', '2020-09-30', 'no 31 September: the last day (art. 202)'],
  ])('from %s, %s %s ends with %s: %s', (from, count, unit, lastDay) => {
    expect(due(calendar, from, count, unit)).toEqual({ provisional: false, lastDay, dueAt: startOfDay(lastDay) + 86_400_000 });
  });

  it.each<[string, number, DueUnit, [string, string][], string, string]>([
    ['2020-12-07', 5, 'workingDays', [['2020-12-09', '2020-12-16']], '2020-12-22', 'one day before, four after'],
    ['2020-12-07', 5, 'workingDays', [['2020-12-14', '2020-12-14']], '2020-12-15', 'only the last day'],
    ['2020-12-07', 5, 'workingDays', [['2020-12-15', '2020-12-18']], '2020-12-14', 'after the end: nothing moves'],
    ['2020-12-07', 5, 'workingDays', [['2020-12-12', '2020-12-13']], '2020-12-14', 'a weekend counts for nothing'],
    [
      '2020-12-07',
      5,
      'workingDays',
      [
        ['2020-12-08', '2020-12-08'],
        ['2020-12-10', '2020-12-11'],
      ],
      '2020-12-17',
      'two pauses',
    ],
    ['2020-12-07', 4, 'calendarDays', [['2020-12-08', '2020-12-09']], '2020-12-14', 'two days later is a Sunday'],
    ['2020-12-07', 1, 'months', [['2020-12-08', '2020-12-09']], '2021-01-11', 'two days after the corresponding day, then Monday'],
    [
      '2020-12-07',
      3,
      'calendarDays',
      [
        ['2020-12-09', '2020-12-09'],
        ['2020-12-11', '2020-12-11'],
      ],
      '2020-12-14',
      'a pause in what was put on',
    ],
  ])('from %s, %s %s without the days of %j ends with %s: %s', (from, count, unit, pauses, lastDay) => {
    const left = pauses.map(([first, until]) => ({ from: first, until }));
    expect(due(calendar, from, count, unit, left)).toMatchObject({ lastDay });
  });

  it('is over at the first instant of the next day in Shanghai', () => {
    const limit = due(calendar, '2020-11-25', 10, 'workingDays');
    if (limit.provisional) throw new Error('2020 is published');
    expect(formatInstant(limit.dueAt)).toBe('2020-12-10T00:00:00+08:00');
    expect(limit.dueAt).toBe(toInstant('2020-12-09T16:00:00Z'));
  });

  it('equals the nth working day wherever that is known', () => {
    const found = nthWorkingDay(calendar, '2022-12-20', 20);
    const limit = due(calendar, '2022-12-20', 20, 'workingDays');
    expect(found.ok && !limit.provisional && limit.lastDay === found.date).toBe(true);
  });
});

describe('a time limit reaching into a year whose calendar is not published', () => {
  it.each<[string, number, DueUnit, string]>([
    ['2026-12-28', 3, 'workingDays', ''],
    ['2026-12-28', 5, 'workingDays', '2027-01-04'],
    ['2027-09-24', 6, 'workingDays', '2027-10-04'],
    ['2026-12-28', 5, 'calendarDays', '2027-01-04'],
    ['2026-12-20', 1, 'months', '2027-01-20'],
  ])('from %s, %s %s is provisional, counted by weekdays there', (from, count, unit, notBefore) => {
    const limit = due(calendar, from, count, unit);
    if (notBefore === '') expect(limit).toMatchObject({ provisional: false, lastDay: '2026-12-31' });
    else expect(limit).toEqual({ provisional: true, notBefore, year: 2027 });
  });

  it('names the first unknown year, and counts known years exactly', () => {
    expect(due(until2025, '2025-12-30', 300, 'workingDays')).toMatchObject({ provisional: true, year: 2026 });
    expect(due(until2025, '2025-09-30', 62, 'workingDays')).toEqual({ provisional: true, notBefore: '2026-01-01', year: 2026 });
    expect(nthWorkingDay(until2025, '2025-09-30', 60)).toEqual({ ok: true, date: '2025-12-30' });
  });

  it('becomes final when the year is published, and only later where holidays lie inside', () => {
    const provisional = due(until2025, '2026-01-30', 20, 'workingDays');
    const final = due(calendar, '2026-01-30', 20, 'workingDays');
    expect(provisional).toEqual({ provisional: true, notBefore: '2026-02-27', year: 2026 });
    expect(final).toMatchObject({ provisional: false, lastDay: '2026-03-05' });
  });

  it('needs the calendar of the last day only, when it counts calendar days', () => {
    const onlyNextYear = calendarOfYears(stateCouncilYears.filter(({ year }) => year === 2021));
    expect(due(onlyNextYear, '2020-11-25', 60, 'calendarDays')).toMatchObject({ provisional: false, lastDay: '2021-01-25' });
    expect(due(nothingPublished, '2020-11-25', 3, 'calendarDays')).toEqual({ provisional: true, notBefore: '2020-11-30', year: 2020 });
  });
});

describe('a senseless time limit', () => {
  it.each([0, -1, 0.5, 3651, Number.NaN])('of %s units throws', (count) => {
    expect(() => due(calendar, '2020-11-25', count, 'workingDays')).toThrow(RangeError);
  });

  it('from a day that does not exist throws', () => {
    expect(() => due(calendar, '2021-02-29', 5, 'workingDays')).toThrow(RangeError);
  });
});
