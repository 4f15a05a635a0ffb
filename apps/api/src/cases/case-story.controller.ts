import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { type IdPath, idPath } from '../fields/fields.js';
import { type PageQuery, pageOf, pageQuery } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { explanation } from '../policies/assessment.view.js';
import { HOUSE } from '../ports.js';
import { deadline } from '../time/deadline.view.js';
import { deadlinesOfCase } from '../time/deadlines.query.js';
import { caseEvent } from './case.view.js';
import { readCase } from './case-row.js';
import { explain } from './explain.js';
import { history } from './history.js';

/** What happened, which clocks ran, and why the amounts are what they are. */
@Controller('api/v1/cases/:id')
export class CaseStoryController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get('history')
  @Operation({
    summary: { zh: '办理经过(哈希链)', en: 'Events of a case, chained by hash' },
    answer: pageOf(caseEvent),
    problems: ['cursor-invalid'],
  })
  async history(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath, @Query({ schema: pageQuery }) query: PageQuery) {
    return history(this.house, actor, await readCase(this.house, actor, id), query);
  }

  @Get('deadlines')
  @Operation({ summary: { zh: '案件时限', en: 'Clocks of a case' }, answer: z.object({ items: z.array(deadline), nextCursor: z.null() }) })
  async deadlines(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    await readCase(this.house, actor, id);
    return { items: await deadlinesOfCase(this.house, actor, id), nextCursor: null };
  }

  @Get('explanation')
  @Operation({
    summary: { zh: '为什么(逐条规则与依据)', en: 'Why and why not, rule by rule with clauses' },
    answer: explanation,
    problems: ['facts-invalid'],
  })
  async explanation(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    const [row, deadlines] = await Promise.all([readCase(this.house, actor, id), deadlinesOfCase(this.house, actor, id)]);
    return explain(this.house, actor, row, deadlines);
  }
}
