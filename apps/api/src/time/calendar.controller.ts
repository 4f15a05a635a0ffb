import { Controller, Get, Inject, Query } from '@nestjs/common';
import { addDays, dayNumber, isWorkingDay, nthWorkingDay, yearOf } from '@tranche/calendar';
import type { House } from '@tranche/casework';
import { loadCalendar } from '@tranche/database';
import { z } from 'zod';
import { date } from '../fields/fields.js';
import { houseActor } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import { HOUSE } from '../ports.js';

const daysQuery = z.strictObject({ from: date, days: z.coerce.number().int().min(1).max(2000) });

const furthest = 400;
const rangeQuery = z.strictObject({ from: date, until: date });

@Controller('api/v1/calendar')
export class CalendarController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

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
