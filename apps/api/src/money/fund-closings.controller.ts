import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { dateOf } from '@tranche/calendar';
import { decideClosing, type House, legalNow, proposeClosing } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { cite, date, fen, type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE } from '../ports.js';

const state = z.enum(['proposed', 'approved', 'rejected']);
const closing = z
  .object({
    id: uuid,
    documentNo: z.string(),
    cite,
    state,
    proposedBy: uuid,
    decidedBy: uuid.nullable(),
    decidedOn: date.nullable(),
    lapsedFen: fen.nullable(),
    carriedFen: fen.nullable(),
  })
  .meta({
    id: 'FundClosing',
    description: '年终关账：未预占的指标收回，已预占的结转 · what nobody reserved lapses, what is reserved is carried over',
  });
const newClosing = z.strictObject({ documentNo: line(200) }).meta({ id: 'NewFundClosing' });
const closingPath = z.strictObject({ id: uuid, closingId: uuid });
type ClosingPath = z.infer<typeof closingPath>;
const decided = z.object({ id: uuid, state, lapsedFen: fen.nullable(), carriedFen: fen.nullable() });

@Controller('api/v1/funds/:id/closings')
export class FundClosingsController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({
    summary: { zh: '年终关账', en: 'Closings of a fund’s year' },
    answer: z.object({ items: z.array(closing), nextCursor: z.null() }),
  })
  async list(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    const items = await this.house.database.read<z.infer<typeof closing>>(
      actor,
      `SELECT id, document_no AS "documentNo", cite, state, proposed_by AS "proposedBy", decided_by AS "decidedBy", decided_on AS "decidedOn",
         lapsed_fen::text AS "lapsedFen", carried_fen::text AS "carriedFen" FROM fund_closings WHERE fund_id = $1 ORDER BY id DESC LIMIT 200`,
      [id],
    );
    return { items, nextCursor: null };
  }

  @Post()
  @Operation({
    summary: { zh: '提出年终关账(待另一人批准)', en: 'Propose to close the year (another person approves)' },
    answer: z.object({ id: uuid, state: z.literal('proposed') }),
    problems: ['not-found', 'fund-closed', 'year-not-over'],
  })
  async propose(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: newClosing }) { documentNo }: z.infer<typeof newClosing>,
  ) {
    const today = dateOf(await legalNow(this.house));
    return answerOf(proposeClosing(this.house, { actor, ...key }, { fundId: id, documentNo, today }));
  }

  @Post(':closingId/approve')
  @HttpCode(200)
  @Operation({
    summary: { zh: '批准关账并记账', en: 'Close the year and post' },
    answer: decided,
    problems: ['not-found', 'four-eyes-required', 'already-decided'],
  })
  approve(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: closingPath }) path: ClosingPath) {
    return this.decide(actor, key, path, 'approved');
  }

  @Post(':closingId/reject')
  @HttpCode(200)
  @Operation({
    summary: { zh: '驳回关账', en: 'Reject' },
    answer: decided,
    problems: ['not-found', 'four-eyes-required', 'already-decided'],
  })
  reject(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: closingPath }) path: ClosingPath) {
    return this.decide(actor, key, path, 'rejected');
  }

  private async decide(actor: Actor, key: CommandKey, { id, closingId }: ClosingPath, decision: 'approved' | 'rejected') {
    const on = dateOf(await legalNow(this.house));
    return answerOf(decideClosing(this.house, { actor, ...key }, { fundId: id, closingId, decision, on }));
  }
}
