import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { dateOf } from '@tranche/calendar';
import { appropriationKinds, decideAppropriation, type House, legalNow, openFund, proposeAppropriation } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { type IdPath, idPath, line, positiveFen, uuid } from '../fields/fields.js';
import { type PageQuery, pageOf, pageQuery, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE } from '../ports.js';
import { appropriation, fund, newFund } from './fund.view.js';
import { listAppropriations, listFunds, oneFund } from './funds.query.js';

const newAppropriation = z
  .strictObject({ amountFen: positiveFen, documentNo: line(200), kind: z.enum(appropriationKinds).optional() })
  .meta({ id: 'NewAppropriation' });
const appropriationPath = z.strictObject({ id: uuid, appropriationId: uuid });
type AppropriationPath = z.infer<typeof appropriationPath>;
const decided = z.object({ id: uuid, state: z.enum(['approved', 'rejected']) });

const fundQuery = z.strictObject({ ...paging, fiscalYear: z.coerce.number().int().min(2000).max(2100).optional() });

@Controller('api/v1/funds')
export class FundsController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '资金来源与指标余额', en: 'Funds with their budget' }, answer: pageOf(fund), problems: ['cursor-invalid'] })
  list(@By() actor: Actor, @Query({ schema: fundQuery }) query: z.infer<typeof fundQuery>) {
    return listFunds(this.house, actor, query);
  }

  @Post()
  @Operation({ summary: { zh: '建立资金来源', en: 'Open a fund' }, answer: z.object({ id: uuid }), problems: ['already-exists'] })
  open(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: newFund }) body: z.infer<typeof newFund>) {
    return answerOf(openFund(this.house, { actor, ...key }, body));
  }

  @Get(':id')
  @Operation({ summary: { zh: '一项资金及其指标余额', en: 'A fund with its budget' }, answer: fund, problems: ['not-found'] })
  one(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    return oneFund(this.house, actor, id);
  }

  @Get(':id/appropriations')
  @Operation({ summary: { zh: '指标下达', en: 'Appropriations of a fund' }, answer: pageOf(appropriation), problems: ['cursor-invalid'] })
  appropriations(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath, @Query({ schema: pageQuery }) query: PageQuery) {
    return listAppropriations(this.house, actor, id, query);
  }

  @Post(':id/appropriations')
  @Operation({
    summary: {
      zh: '提出指标下达、收回或上缴国库(待另一人批准)',
      en: 'Propose an appropriation, its recall, or a payment to the treasury (another person approves)',
    },
    answer: z.object({ id: uuid, state: z.literal('proposed') }),
    problems: ['not-found', 'fund-closed'],
  })
  propose(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: newAppropriation }) body: z.infer<typeof newAppropriation>,
  ) {
    const given = {
      fundId: id,
      amountFen: BigInt(body.amountFen),
      documentNo: body.documentNo,
      ...(body.kind === undefined ? {} : { kind: body.kind }),
    };
    return answerOf(proposeAppropriation(this.house, { actor, ...key }, given));
  }

  @Post(':id/appropriations/:appropriationId/approve')
  @HttpCode(200)
  @Operation({
    summary: { zh: '批准并记账', en: 'Approve and post' },
    answer: decided,
    problems: ['four-eyes-required', 'already-decided', 'fund-short', 'fund-closed'],
  })
  approve(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: appropriationPath }) path: AppropriationPath) {
    return this.decide(actor, key, path, 'approved');
  }

  @Post(':id/appropriations/:appropriationId/reject')
  @HttpCode(200)
  @Operation({ summary: { zh: '驳回指标下达', en: 'Reject' }, answer: decided, problems: ['four-eyes-required', 'already-decided'] })
  reject(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: appropriationPath }) path: AppropriationPath) {
    return this.decide(actor, key, path, 'rejected');
  }

  private async decide(actor: Actor, key: CommandKey, { id, appropriationId }: AppropriationPath, decision: 'approved' | 'rejected') {
    const on = dateOf(await legalNow(this.house));
    return answerOf(decideAppropriation(this.house, { actor, ...key }, { fundId: id, appropriationId, decision, on }));
  }
}
