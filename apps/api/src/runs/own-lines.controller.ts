import { Controller, Get, Inject } from '@nestjs/common';
import { type House, readOwnLines } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { date, uuid } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';
import { lineOf, runLine } from './run.view.js';

const ownLine = z.object({ runId: uuid, policyId: z.string(), screenedOn: date, ...runLine.shape }).meta({ id: 'OwnRunLine' });

/** What a firm is offered without having applied. */
@Controller('api/v1/no-application-lines')
export class OwnLinesController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({
    summary: { zh: '本单位的免申即享结果', en: 'What the own firm is offered without application' },
    answer: z.object({ items: z.array(ownLine), nextCursor: z.null() }),
  })
  async list(@By() actor: Actor): Promise<{ items: z.infer<typeof ownLine>[]; nextCursor: null }> {
    const own = await readOwnLines(this.house, actor);
    return {
      items: own.map(({ run, line }) => ({
        runId: run.id,
        policyId: run.policyId,
        screenedOn: run.screenedOn,
        ...lineOf(this.house, run, line),
      })),
      nextCursor: null,
    };
  }
}
