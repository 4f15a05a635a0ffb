import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { addDays, dayNumber, isWorkingDay, nthWorkingDay, yearOf } from '@tranche/calendar';
import { type House, importCalendarYear } from '@tranche/casework';
import { type Actor, loadCalendar } from '@tranche/database';
import { z } from 'zod';
import { date, line } from '../fields/fields.js';
import { By, houseActor } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { Problem } from '../http/problem.js';
import { HOUSE } from '../ports.js';

const calendarYear = z
  .strictObject({
    year: z.int().min(2000).max(2200),
    notice: line(200),
    publishedOn: date.nullable().default(null),
    off: z.array(date).max(366),
    work: z.array(date).max(60),
  })
  .meta({ id: 'CalendarYear' });
const imported = z.object({ year: z.int(), revision: z.string(), off: z.int(), work: z.int() });
const daysQuery = z.strictObject({ from: date, days: z.coerce.number().int().min(1).max(2000) });

const furthest = 400;
const rangeQuery = z.strictObject({ from: date, until: date });

@Controller('api/v1/calendar')
export class CalendarController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Post('imports')
  @Operation({
    summary: { zh: '导入国务院放假安排', en: 'Import a year of the State Council calendar' },
    answer: imported,
    problems: ['data-invalid'],
  })
  async import(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: calendarYear }) body: z.infer<typeof calendarYear>) {
    const done = await answerOf(importCalendarYear(this.house, { actor, ...key }, body));
    // the worker computes every running deadline anew when the calendar's revision has grown
    this.house.wake('deadlines');
    return done;
  }

  @Get('working-days')
  @Operation({
    summary: { zh: '第 n 个工作日是哪天', en: 'Which day is the n-th working day after a day' },
    answer: z.object({ from: date, days: z.int(), due: date }),
    problems: ['calendar-not-published'],
  })
  async workingDays(@Query({ schema: daysQuery }) { from, days }: z.infer<typeof daysQuery>) {
    const { calendar } = await this.house.database.transaction(houseActor, loadCalendar);
    const day = nthWorkingDay(calendar, from, days);
    if (!day.ok) throw new Problem('calendar-not-published', { members: { year: day.year } });
    return { from, days, due: day.date };
  }

  @Get('days')
  @Operation({
    summary: { zh: '一段时间内的工作日(至多 400 天)', en: 'The working days of a stretch of at most 400 days; both ends included' },
    answer: z.object({ from: date, until: date, working: z.array(date), unpublished: z.array(z.int()) }),
  })
  async days(@Query({ schema: rangeQuery }) { from, until }: z.infer<typeof rangeQuery>) {
    const count = dayNumber(until) - dayNumber(from) + 1;
    if (count < 1 || count > furthest) {
      const message = { zh: `须不早于 from，且至多 ${furthest} 天`, en: `not before from, and at most ${furthest} days` };
      throw new Problem('request-invalid', { errors: [{ field: 'until', code: 'out-of-range', message }] });
    }
    const { calendar } = await this.house.database.transaction(houseActor, loadCalendar);
    const all = Array.from({ length: count }, (_, index) => addDays(from, index)).map((day) => ({
      day,
      told: isWorkingDay(calendar, day),
    }));
    const working = all.flatMap(({ day, told }) => (told.known && told.working ? [day] : []));
    const unpublished = [...new Set(all.flatMap(({ day, told }) => (told.known ? [] : [yearOf(day)])))];
    return { from, until, working, unpublished };
  }
}
