import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';
import { deadline, deadlineStatus } from './deadline.view.js';
import { listDeadlines } from './deadlines.query.js';

const listQuery = z.strictObject({ ...paging, status: deadlineStatus.optional() });

@Controller('api/v1/deadlines')
export class DeadlinesController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '办结时限', en: 'Deadlines' }, answer: pageOf(deadline), problems: ['cursor-invalid'] })
  list(@By() actor: Actor, @Query({ schema: listQuery }) query: z.infer<typeof listQuery>) {
    return listDeadlines(this.house, actor, query);
  }
}
