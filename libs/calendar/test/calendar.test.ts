import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  calendarOf,
  calendarOfYears,
  isWeekend,
  isWorkingDay,
  nthWorkingDay,
  stateCouncilYears,
  workingDaysBefore,
} from '../src/index.js';

const calendar = calendarOfYears(stateCouncilYears);
const working = (date: string): boolean => {
  const day = isWorkingDay(calendar, date);
  if (!day.known) throw new Error(`${date} is not published`);
  return day.working;
};

/** The published tables as the package `chinese-days` carries them: read as data, because its functions depend on the process's zone. */
const independent = JSON.parse(readFileSync('node_modules/chinese-days/dist/chinese-days.json', 'utf8')) as Record<
  'holidays' | 'workdays',
  object
>;
const workedIndependently = (day: string): boolean =>
  day in independent.workdays || (![0, 6].includes(new Date(day).getUTCDay()) && !(day in independent.holidays));

function daysOf(year: number): string[] {
  const days: string[] = [];
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) days.push(day);
  return days;
}

describe('the published calendar', () => {
  it.each([
    [2020, 249],
    [2021, 250],
    [2022, 249],
    [2023, 249],
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('%s has %s working days', (year, count) => {
    expect(daysOf(year).filter(working)).toHaveLength(count);
  });

  it.each(stateCouncilYears.map(({ year }) => year))('%s agrees day by day with an independent table', (year) => {
    const differing = daysOf(year).filter((day) => working(day) !== workedIndependently(day));
    expect(differing).toEqual([]);
  });

  it('lists every day once, and moves only weekends to work', () => {
    const listed = stateCouncilYears.flatMap(({ off, work }) => [...off, ...work]);
    expect(new Set(listed).size).toBe(listed.length);
    expect(stateCouncilYears.flatMap(({ work }) => work).filter((day) => !isWeekend(day))).toEqual([]);
  });

  it('names the notice of every year', () => {
    expect(stateCouncilYears.map(({ year }) => year)).toEqual([2020, 2021, 2022, 2023, 2024, 2025, 2026]);
    for (const { notice } of stateCouncilYears) expect(notice).toMatch(/国办发明电〔20\d\d〕\d+号/);
  });

  it('holds 2022-12-31 in the notice for 2023', () => {
    expect(stateCouncilYears.find(({ off }) => off.includes('2022-12-31'))?.year).toBe(2023);
  });

  it.each([
    ['2020-02-01', false, 'the make-up day that the amendment cancelled'],
    ['2020-01-31', false, 'the extended Spring Festival'],
    ['2020-02-03', true, 'the first day of work after it'],
    ['2020-10-10', true, 'a Saturday worked in exchange'],
    ['2024-02-09', true, 'New Year’s Eve, on which leave was only encouraged'],
    ['2020-11-28', false, 'an ordinary Saturday'],
  ])('%s: worked %s (%s)', (date, isWorked) => {
    expect(working(date)).toBe(isWorked);
  });

  it('does not guess 2027', () => {
    expect(isWorkingDay(calendar, '2027-01-04')).toEqual({ known: false, year: 2027 });
    expect(isWorkingDay(calendar, '2019-12-31')).toEqual({ known: false, year: 2019 });
  });
});

describe('counting working days', () => {
  it.each([
    ['2020-09-28', 5, '2020-10-12'],
    ['2020-09-30', 1, '2020-10-09'],
    ['2020-11-24', 5, '2020-12-01'],
    ['2020-11-25', 10, '2020-12-09'],
    ['2020-09-21', 10, '2020-10-10'],
    ['2020-09-25', 5, '2020-10-09'],
    ['2020-10-09', 5, '2020-10-15'],
    ['2020-12-31', 1, '2021-01-04'],
    ['2019-12-31', 1, '2020-01-02'],
  ])('from %s, the working day number %s is %s; the first day is not counted', (from, n, date) => {
    expect(nthWorkingDay(calendar, from, n)).toEqual({ ok: true, date });
  });

  it.each([
    ['2020-12-09', 2, '2020-12-07'],
    ['2020-10-10', 2, '2020-09-30'],
    ['2021-01-04', 1, '2020-12-31'],
  ])('before %s, the working day number %s is %s', (date, n, expected) => {
    expect(workingDaysBefore(calendar, date, n)).toEqual({ ok: true, date: expected });
  });

  it('refuses as soon as it needs a year that is not published, and names it', () => {
    expect(nthWorkingDay(calendar, '2026-12-31', 1)).toEqual({ ok: false, code: 'calendar-not-published', year: 2027 });
    expect(nthWorkingDay(calendar, '2027-05-01', 1)).toEqual({ ok: false, code: 'calendar-not-published', year: 2027 });
    expect(nthWorkingDay(calendar, '2026-12-30', 1)).toEqual({ ok: true, date: '2026-12-31' });
    expect(workingDaysBefore(calendar, '2020-01-02', 1)).toEqual({ ok: false, code: 'calendar-not-published', year: 2019 });
  });

  it('ends at the published years however many days are asked for', () => {
    expect(nthWorkingDay(calendar, '2020-01-01', Number.MAX_SAFE_INTEGER)).toMatchObject({ ok: false, year: 2027 });
  });

  it.each([0, -1, 1.5, Number.NaN])('throws for %s days', (n) => {
    expect(() => nthWorkingDay(calendar, '2020-11-25', n)).toThrow(RangeError);
  });

  it('lands on a working day with exactly n working days behind the start, and leads back again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1800 }), fc.integer({ min: 1, max: 60 }), (offset, n) => {
        const from = addDays('2020-01-01', offset);
        const found = nthWorkingDay(calendar, from, n);
        if (!found.ok) throw new Error('inside the published years');
        let counted = 0;
        for (let day = addDays(from, 1); day <= found.date; day = addDays(day, 1)) if (working(day)) counted += 1;
        expect([counted, working(found.date)]).toEqual([n, true]);
        const back = workingDaysBefore(calendar, addDays(found.date, 1), n);
        expect(back).toEqual(nthWorkingDay(calendar, from, 1));
      }),
    );
  });
});

describe('building a calendar', () => {
  it('takes imported rows, a notice reaching into the December before its year', () => {
    const imported = calendarOf({ years: [2027], off: ['2026-12-31', '2027-01-01'], work: ['2027-01-02'] });
    expect(['2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04'].map((day) => isWorkingDay(imported, day))).toEqual([
      { known: true, working: false },
      { known: true, working: false },
      { known: true, working: true },
      { known: true, working: false },
      { known: true, working: true },
    ]);
    expect(isWorkingDay(imported, '2026-12-30')).toEqual({ known: false, year: 2026 });
  });

  it.each([
    ['both off and worked', { years: [2027], off: ['2027-01-02'], work: ['2027-01-02'] }],
    ['outside the years', { years: [2027], off: ['2028-01-01'], work: [] }],
    ['too early for the notice', { years: [2027], off: ['2026-11-30'], work: [] }],
    ['not real', { years: [2027], off: ['2027-02-29'], work: [] }],
  ])('throws for a day that is %s', (_why, rows) => {
    expect(() => calendarOf(rows)).toThrow(RangeError);
  });
});
