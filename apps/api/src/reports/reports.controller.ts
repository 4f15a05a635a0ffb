import { Controller, Get, Inject, Query } from '@nestjs/common';
import { addDays, dateOf } from '@tranche/calendar';
import { type House, legalNow } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { cite, date, district, fen, positiveFen, signedFen, text, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';
import { advances, breaches, execution, forecast, onTime } from './promise.query.js';

const percent = z
  .string()
  .regex(/^-?\d+(\.\d{1,2})?$/)
  .nullable();
const period = z.strictObject({ from: date.optional(), to: date.optional() });
const breachQuery = z.strictObject({ ...paging, district: district.optional() });
const yearQuery = z.strictObject({ fiscalYear: z.coerce.number().int().min(2000).max(2200).optional() });
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

const onTimeRow = z
  .object({ policyId: z.string(), district, kept: z.int(), broken: z.int(), open: z.int(), keptPercent: percent })
  .meta({ id: 'OnTimeRow' });
const advanceRow = z
  .object({
    organisationId: uuid,
    organisation: z.string(),
    district,
    cases: z.int(),
    totalFen: positiveFen,
    upTo30Fen: fen,
    upTo90Fen: fen,
    upTo180Fen: fen,
    over180Fen: fen,
    oldestDays: z.int(),
  })
  .meta({ id: 'AdvanceRow' });
const forecastRow = z
  .object({ policyId: z.string(), district, weekOf: date.nullable(), payments: z.int(), amountFen: fen })
  .meta({ id: 'ForecastRow' });
const breach = z
  .object({
    id: uuid,
    caseId: uuid,
    caseNo: z.string(),
    policyId: z.string(),
    district,
    key: z.string(),
    label: text,
    lastDay: date.nullable(),
    status: z.enum(['suspected', 'confirmed']),
    endedOn: date.nullable(),
    cite,
  })
  .meta({ id: 'Breach' });
const executionRow = z
  .object({
    fundId: uuid,
    fund: z.string(),
    name: text,
    district,
    month: z.int(),
    authorisedFen: signedFen,
    spentFen: signedFen,
    lapsedFen: signedFen,
    executedPercent: percent,
  })
  .meta({ id: 'ExecutionRow' });

/** Figures of what was promised and what was kept; each one statement over the rows the reader may see. */
@Controller('api/v1/reports')
export class ReportsController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get('on-time')
  @Operation({ summary: { zh: '按期支付率(法定时限)', en: 'Payments within their legal limit' }, answer: listOf(onTimeRow) })
  async onTime(@By() actor: Actor, @Query({ schema: period }) { from, to }: z.infer<typeof period>) {
    const today = await this.today();
    return { items: await onTime(this.house, actor, from ?? `${today.slice(0, 4)}-01-01`, to ?? today) };
  }

  @Get('advances')
  @Operation({ summary: { zh: '未核销预拨款及账龄', en: 'Advances outstanding, by age' }, answer: listOf(advanceRow) })
  async advances(@By() actor: Actor) {
    return { items: await advances(this.house, actor, await this.today()) };
  }

  @Get('forecast')
  @Operation({ summary: { zh: '未来九十天支付需求', en: 'Payments asked for within ninety days' }, answer: listOf(forecastRow) })
  async forecast(@By() actor: Actor) {
    const today = await this.today();
    return { items: await forecast(this.house, actor, today, addDays(today, 90)) };
  }

  @Get('breaches')
  @Operation({
    summary: { zh: '超期与疑似超期', en: 'Legal limits broken, or suspected to be' },
    answer: pageOf(breach),
    problems: ['cursor-invalid'],
  })
  async breaches(@By() actor: Actor, @Query({ schema: breachQuery }) { limit, cursor, district: place }: z.infer<typeof breachQuery>) {
    const rows = await breaches(this.house, actor, afterId(cursor), limit + 1, place ?? null);
    return page(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  @Get('fund-execution')
  @Operation({ summary: { zh: '资金执行进度(按月)', en: 'Execution of a year’s funds, month by month' }, answer: listOf(executionRow) })
  async execution(@By() actor: Actor, @Query({ schema: yearQuery }) { fiscalYear }: z.infer<typeof yearQuery>) {
    return { items: await execution(this.house, actor, fiscalYear ?? Number((await this.today()).slice(0, 4))) };
  }

  private async today(): Promise<string> {
    return dateOf(await legalNow(this.house));
  }
}
