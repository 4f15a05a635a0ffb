import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { dispatch, type House, openCase } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { date, district, type IdPath, idPath, json, uuid } from '../fields/fields.js';
import { pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { problemOfRefusal } from '../http/outcome.js';
import { Problem } from '../http/problem.js';
import { HOUSE } from '../ports.js';
import { accepted, acceptedOf } from './accepted.js';
import { importedTypes } from './allowed-events.js';
import { caseOverview, caseSummary, caseDetail as detailSchema } from './case.view.js';
import { CasePages } from './case-pages.js';
import { listCases } from './cases.query.js';
import { listOverviews } from './overviews.query.js';

const application = z
  .strictObject({
    policyId: z.string().min(1).max(80),
    jurisdiction: z
      .string()
      .regex(/^CN(-\d{2,6})?$/)
      .optional(),
    organisationId: uuid,
    facts: json.default({}),
    payeeAccountId: uuid,
  })
  .meta({ id: 'CaseApplication' });
const event = z
  .strictObject({
    type: z.string().min(1).max(80),
    data: json.default({}),
    /** the day the fact is true of; today when absent */
    on: date.optional(),
    expectedVersion: z.int().min(1).optional(),
  })
  .meta({
    id: 'NewCaseEvent',
    description: '可用事件及其 data 结构见案件的 allowedEvents · the case lists its allowedEvents with the schema of each',
  });
const opened = z.object({ id: uuid, ...accepted.shape }).meta({ id: 'Opened' });
const listQuery = z.strictObject({
  ...paging,
  state: z.string().max(40).optional(),
  standing: z.enum(['active', 'held', 'closed']).optional(),
  organisationId: uuid.optional(),
  district: district.optional(),
  policyId: z.string().max(80).optional(),
  q: z.string().trim().min(2).max(80).optional().meta({
    description: '案件编号的开头或末尾，或单位名称的一部分 · how the number begins or ends, or a part of the organisation’s name',
  }),
});
export type CaseQuery = z.infer<typeof listQuery>;

@Controller('api/v1/cases')
export class CasesController {
  constructor(
    @Inject(HOUSE) private readonly house: House,
    private readonly pages: CasePages,
  ) {}

  @Get()
  @Operation({ summary: { zh: '案件', en: 'Cases' }, answer: pageOf(caseSummary), problems: ['cursor-invalid'] })
  list(@By() actor: Actor, @Query({ schema: listQuery }) query: CaseQuery) {
    return listCases(this.house, actor, query);
  }

  @Get('overviews')
  @Operation({
    summary: { zh: '案件概览（各期款项、所缺事项与下一步）', en: 'Cases at a glance: payments, what is missing, who is next' },
    answer: pageOf(caseOverview),
    problems: ['cursor-invalid'],
  })
  overviews(@By() actor: Actor, @Query({ schema: listQuery }) query: CaseQuery) {
    return listOverviews(this.house, actor, query);
  }

  @Get(':id')
  @Header('content-type', 'application/json; charset=utf-8')
  @Operation({ summary: { zh: '案件详情', en: 'One case' }, answer: detailSchema })
  show(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath, @Req() request: FastifyRequest) {
    return this.pages.show(request, actor, id);
  }

  @Post()
  @Operation({
    summary: { zh: '建立案件', en: 'Open a case' },
    answer: opened,
    problems: ['facts-invalid', 'data-invalid', 'case-not-found'],
  })
  async open(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: application }) body: z.infer<typeof application>) {
    const { jurisdiction, ...asked } = body;
    const answer = await openCase(this.house, actor, {
      ...asked,
      typed: true,
      ...key,
      ...(jurisdiction === undefined ? {} : { jurisdiction }),
    });
    if (!answer.ok) throw problemOfRefusal(answer);
    return { id: answer.caseId, ...answer };
  }

  @Post(':id/events')
  @HttpCode(200)
  @Operation({
    summary: { zh: '办理(案件唯一入口)', en: 'The one door of a case' },
    answer: accepted,
    problems: [
      'event-unknown',
      'event-not-allowed',
      'case-changed',
      'duty-conflict',
      'data-invalid',
      'date-invalid',
      'facts-invalid',
      'fund-short',
    ],
  })
  async event(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id: caseId }: IdPath,
    @Body({ schema: event }) { type, data, on, expectedVersion }: z.infer<typeof event>,
  ) {
    if (importedTypes.has(type))
      throw new Problem('event-unknown', { members: { use: `/api/v1/cases/${caseId}/imports/${type.split('.')[0]}` } });
    const dated = on === undefined ? {} : { on };
    const expected = expectedVersion === undefined ? {} : { expectedVersion };
    const command = { caseId, type, data, typed: true as const, cause: 'http' as const, ...key, ...dated, ...expected };
    return acceptedOf(this.house, actor, caseId, await dispatch(this.house, actor, command));
  }
}
