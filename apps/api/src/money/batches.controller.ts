import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { dateOf } from '@tranche/calendar';
import {
  approveBatch,
  type BatchResult,
  cancelBatch,
  createBatch,
  type House,
  handOverBatch,
  legalNow,
  once,
  rejectBatch,
  remembered,
  submitBatch,
} from '@tranche/casework';
import type { Actor } from '@tranche/database';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { fen, type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { type PageQuery, pageOf, pageQuery } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE } from '../ports.js';
import { batch, batchWithLines } from './batch.view.js';
import { fileOfBatch, listBatches, oneBatch } from './batches.query.js';

const rail = z.enum(['http', 'file', 'allocation']);
const newBatch = z.strictObject({ disbursementIds: z.array(uuid).min(1).max(10_000), rail }).meta({ id: 'NewBatch' });
const signature = z
  .strictObject({ contentHash: z.string().regex(/^[\w:+/=-]{16,128}$/), otp: z.string().max(16).optional() })
  .meta({ id: 'BatchSignature' });
const rejection = z.strictObject({ reason: line(500) }).meta({ id: 'BatchRejection' });
const answer = z
  .object({
    ok: z.literal(true),
    batchId: uuid,
    batchNo: z.string(),
    state: z.string(),
    contentHash: z.string(),
    lines: z.int(),
    totalFen: fen,
    signatures: z.int(),
    signaturesNeeded: z.int(),
  })
  .meta({ id: 'BatchAnswer' });

const handedOver = z
  .object({ ok: z.literal(true), fileName: z.string(), sha256: z.string(), lines: z.int(), totalFen: fen })
  .meta({ id: 'HandedOver' });

@Controller('api/v1/batches')
export class BatchesController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '拨付单', en: 'Batches' }, answer: pageOf(batch), problems: ['cursor-invalid'] })
  list(@By() actor: Actor, @Query({ schema: pageQuery }) query: PageQuery) {
    return listBatches(this.house, actor, query);
  }

  @Get(':id')
  @Operation({ summary: { zh: '拨付单明细', en: 'One batch with its lines' }, answer: batchWithLines })
  show(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    return oneBatch(this.house, actor, id);
  }

  @Post()
  @Operation({
    summary: { zh: '制单', en: 'Collect disbursements into a batch' },
    answer,
    problems: ['disbursement-not-available', 'funds-mixed'],
  })
  async create(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: newBatch }) body: z.infer<typeof newBatch>) {
    const legalToday = dateOf(await legalNow(this.house));
    return this.once(actor, key, (tx) => createBatch(tx, this.house, actor, { ...body, legalToday }));
  }

  @Post(':id/submit')
  @HttpCode(200)
  @Operation({ summary: { zh: '送复核', en: 'Submit for signature' }, answer, problems: ['batch-not-found', 'batch-state'] })
  submit(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return this.once(actor, key, (tx) => submitBatch(tx, this.house, actor, id));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Operation({
    summary: { zh: '复核签发(对应内容哈希)', en: 'Sign exactly this content' },
    answer,
    problems: ['batch-not-found', 'batch-state', 'batch-content-changed', 'self-approval', 'duty-conflict', 'already-decided'],
  })
  async approve(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: signature }) { contentHash }: z.infer<typeof signature>,
  ) {
    const legalToday = dateOf(await legalNow(this.house));
    const signed = await this.once(actor, key, (tx) => approveBatch(tx, this.house, actor, { batchId: id, contentHash, legalToday }));
    this.house.wake('effects');
    return signed;
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Operation({
    summary: { zh: '退回拨付单', en: 'Reject a batch' },
    answer,
    problems: ['batch-not-found', 'batch-state', 'self-approval', 'duty-conflict'],
  })
  reject(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: rejection }) { reason }: z.infer<typeof rejection>,
  ) {
    return this.once(actor, key, (tx) => rejectBatch(tx, this.house, actor, { batchId: id, reason }));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Operation({ summary: { zh: '制单人撤回', en: 'Take an unsigned batch back' }, answer, problems: ['batch-not-found', 'batch-state'] })
  cancel(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return this.once(actor, key, (tx) => cancelBatch(tx, this.house, actor, id));
  }

  @Post(':id/hand-over')
  @HttpCode(200)
  @Operation({
    summary: { zh: '生成并交付银行文件', en: 'Hand over as a pain.001.001.09 file' },
    answer: handedOver,
    problems: ['batch-not-found', 'batch-state'],
  })
  async handOver(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    await oneBatch(this.house, actor, id);
    return answerOf(remembered(this.house, { actor, ...key }, () => handOverBatch(this.house, { batchId: id })));
  }

  @Get(':id/file')
  @Operation({ summary: { zh: '下载银行文件', en: 'The file as handed over' }, media: 'application/xml', problems: ['not-found'] })
  async file(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath, @Res() reply: FastifyReply): Promise<void> {
    const { fileName, content } = await fileOfBatch(this.house, actor, id);
    await reply
      .header('content-type', 'application/xml; charset=utf-8')
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('cache-control', 'no-store')
      .send(content);
  }

  private once(actor: Actor, key: CommandKey, work: (tx: Parameters<typeof submitBatch>[0]) => Promise<BatchResult>) {
    return answerOf(once(this.house, { actor, ...key }, work));
  }
}
