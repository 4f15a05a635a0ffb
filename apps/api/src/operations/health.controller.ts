import { Controller, Get, Header, Inject } from '@nestjs/common';
import { dateOf, yearOf } from '@tranche/calendar';
import type { House } from '@tranche/casework';
import { z } from 'zod';
import { houseActor } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import { HOUSE, METRICS } from '../ports.js';
import type { Metrics } from './metrics.js';

const live = z.object({ status: z.literal('live') });
const ready = z.object({
  status: z.literal('ready'),
  database: z.literal('up'),
  /** years whose working days are known; deadlines beyond the last are provisional */
  calendarYears: z.array(z.number().int()),
  calendarCoversThisYear: z.boolean(),
});

@Controller()
export class HealthController {
  constructor(
    @Inject(HOUSE) private readonly house: House,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  @Get('health/live')
  @Operation({ summary: { zh: '进程存活', en: 'The process is alive' }, answer: live })
  live() {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Operation({ summary: { zh: '可以服务', en: 'Ready to serve' }, answer: ready, problems: ['not-available'] })
  async ready() {
    try {
      const rows = await this.house.database.read<{ year: number }>(houseActor, 'SELECT year FROM calendar_years ORDER BY year', []);
      const calendarYears = rows.map((row) => row.year);
      const thisYear = yearOf(dateOf(this.house.systemNow()));
      return { status: 'ready', database: 'up', calendarYears, calendarCoversThisYear: calendarYears.includes(thisYear) };
    } catch {
      throw new Problem('not-available');
    }
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Operation({ summary: { zh: 'Prometheus 指标', en: 'Prometheus metrics' }, media: 'text/plain' })
  metricsText(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
