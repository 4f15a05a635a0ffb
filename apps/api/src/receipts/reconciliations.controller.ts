import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  agedBefore,
  daysToReconcile,
  type House,
  listReconciliations,
  prepareReconciliation,
  reconcile,
  signReconciliation,
} from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { date, type IdPath, idPath, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE } from '../ports.js';
import { reconciliation, reconciliationView, signedDay, signedView } from './receipt.view.js';

const accountNo = z.string().trim().min(1).max(34);
const listQuery = z.strictObject({ ...paging, accountNo: accountNo.optional(), on: date.optional() });
const dayPath = z.strictObject({ date });
const dayQuery = z.strictObject({ accountNo });
const preparation = z.strictObject({ accountNo }).meta({ id: 'ReconciliationPreparation' });
const signature = z.strictObject({ contentHash: z.string().regex(/^[0-9a-f]{64}$/) }).meta({ id: 'ReconciliationSignature' });
const days = z.object({ items: z.array(z.object({ accountNo: z.string(), on: date, signed: z.boolean() })) });

/** Statement against book, per account and day; the day's report is prepared by one person and signed by another. */
@Controller('api/v1/reconciliations')
export class ReconciliationsController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '对账报告', en: 'Reports of reconciliation' }, answer: pageOf(signedDay), problems: ['cursor-invalid'] })
  async list(@By() actor: Actor, @Query({ schema: listQuery }) { limit, cursor, accountNo: account, on }: z.infer<typeof listQuery>) {
    const narrow = { ...(account === undefined ? {} : { accountNo: account }), ...(on === undefined ? {} : { on }) };
    const rows = await listReconciliations(this.house, actor, { before: afterId(cursor), limit: limit + 1, ...narrow });
    return page(rows, limit, ({ id }) => id, signedView);
  }

  @Get('days')
  @Operation({ summary: { zh: '有待对账的账户和日期', en: 'Accounts and days to reconcile' }, answer: days })
  async days(@By() actor: Actor) {
    return { items: await daysToReconcile(this.house, actor, 200) };
  }

  @Get(':date')
  @Operation({ summary: { zh: '某账户某日的对账情况', en: 'One account on one day, as it stands' }, answer: reconciliation })
  async show(
    @By() actor: Actor,
    @Param({ schema: dayPath }) { date: on }: z.infer<typeof dayPath>,
    @Query({ schema: dayQuery }) { accountNo: account }: z.infer<typeof dayQuery>,
  ) {
    return reconciliationView(await reconcile(this.house, actor, { accountNo: account, on, agedBefore: await agedBefore(this.house) }));
  }

  @Post(':date/prepare')
  @Operation({
    summary: { zh: '编制当日对账报告', en: 'Prepare the report of a day' },
    answer: z.object({ id: uuid, contentHash: z.string(), agrees: z.boolean() }).meta({ id: 'ReconciliationPrepared' }),
    problems: ['data-invalid', 'not-found'],
  })
  async prepare(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: dayPath }) { date: on }: z.infer<typeof dayPath>,
    @Body({ schema: preparation }) { accountNo: account }: z.infer<typeof preparation>,
  ) {
    const day = { accountNo: account, on, agedBefore: await agedBefore(this.house) };
    return answerOf(prepareReconciliation(this.house, { actor, ...key }, day));
  }

  @Post(':id/sign')
  @HttpCode(200)
  @Operation({
    summary: { zh: '签署对账报告（对应内容哈希，须他人）', en: 'Sign exactly this report; another person than who prepared it' },
    answer: z.object({ id: uuid, contentHash: z.string() }).meta({ id: 'ReconciliationSigned' }),
    problems: ['not-found', 'four-eyes-required', 'already-decided', 'data-invalid'],
  })
  sign(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: signature }) { contentHash }: z.infer<typeof signature>,
  ) {
    return answerOf(signReconciliation(this.house, { actor, ...key }, { id, contentHash }));
  }
}
