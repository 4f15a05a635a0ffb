import { describe, expect, it } from '@jest/globals';
import { effectiveDay } from '@tranche/bank';
import { calendarOfYears, stateCouncilYears, toInstant } from '@tranche/calendar';

const calendar = calendarOfYears(stateCouncilYears);
const banking = { businessDaysOnly: true, cutOff: '16:30' };
const at = (time: string, hours = banking) => effectiveDay(calendar, hours, toInstant(`${time}:00+08:00`));

describe('the day a bank executes what reaches it now', () => {
  it.each([
    ['a working day before the cut-off', '2020-11-25T16:29', '2020-11-25', false],
    ['at the cut-off', '2020-11-25T16:30', '2020-11-26', true],
    ['a Friday evening', '2020-11-27T20:00', '2020-11-30', true],
    ['a Saturday', '2020-11-28T09:00', '2020-11-30', true],
    ['a make-up Sunday is a business day', '2020-09-27T10:00', '2020-09-27', false],
    ['the evening before a make-up Saturday', '2020-10-09T17:00', '2020-10-10', true],
    ['the eve of National Day', '2020-09-30T16:45', '2020-10-09', true],
    ['inside the holiday', '2020-10-05T10:00', '2020-10-09', true],
  ])('%s', (_what, time, date, moved) => {
    expect(at(time)).toEqual({ ok: true, date, moved });
  });

  it('is every day where the bank works every day, the next after its cut-off', () => {
    expect(at('2020-11-28T23:59', { businessDaysOnly: false, cutOff: null as unknown as string })).toEqual({
      ok: true,
      date: '2020-11-28',
      moved: false,
    });
    expect(at('2020-11-28T22:00', { businessDaysOnly: false, cutOff: '22:00' })).toEqual({ ok: true, date: '2020-11-29', moved: true });
  });

  it('is not guessed in a year whose calendar is not published', () => {
    expect(at('2090-01-05T10:00')).toEqual({ ok: false, code: 'calendar-not-published', year: 2090 });
  });
});
