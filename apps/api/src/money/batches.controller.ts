import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { dateOf } from '@tranche/calendar';
import {
  approveBatch,
  type BatchResult,
  cancelBatch,
  confirmDay,
  createBatch,
  type FieldKeys,
  type House,
  handOverFile,
  legalNow,
  once,
  prepareFiles,
  rejectBatch,
  remembered,
  stepUp,
  submitBatch,
  takeFile,
} from '@tranche/casework';
import type { Actor } from '@tranche/database';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { HttpSettings } from '../config.js';
import { date, fen, type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { type PageQuery, pageOf, pageQuery } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf, problemOfRefusal } from '../http/outcome.js';
import { HOUSE, KEYS, SETTINGS } from '../ports.js';
import { batch, batchFile, batchWithLines } from './batch.view.js';
import { fileView, listBatches, listFiles, oneBatch } from './batches.query.js';

const rail = z.enum(['http', 'file', 'csv', 'allocation']);
const contentSha256 = z.string().regex(/^[0-9a-f]{64}$/);
const part = z.coerce.number().int().min(1).max(100_000);
const newBatch = z.strictObject({ disbursementIds: z.array(uuid).min(1).max(10_000), rail }).meta({ id: 'NewBatch' });
const signature = z
  .strictObject({ contentHash: z.string().regex(/^[\w:+/=-]{16,128}$/), otp: z.string().max(16).optional(), executionOn: date.optional() })
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
    executionOn: date.nullable(),
  })
  .meta({ id: 'BatchAnswer' });

const newFiles = z.strictObject({ executionOn: date.optional() }).meta({ id: 'NewBatchFiles' });
const filesPrepared = z
  .object({ ok: z.literal(true), batchId: uuid, batchNo: z.string(), executionOn: date, files: z.array(batchFile) })
  .meta({ id: 'BatchFilesPrepared' });
const delivery = z.strictObject({ part, sha256: contentSha256, executionOn: date.optional() }).meta({ id: 'BatchFileDelivery' });
const handedOver = z
  .object({
    ok: z.literal(true),
    batchId: uuid,
    part: z.int(),
    fileName: z.string(),
    sha256: z.string(),
    lines: z.int(),
    totalFen: fen,
    executionOn: date,
  })
  .meta({ id: 'HandedOver' });
const agreedDay = z.strictObject({ executionOn: date }).meta({ id: 'ExecutionDay' });
const fileQuery = z.strictObject({ part: part.default(1) });

@Controller('api/v1/batches')
export class BatchesController {
  constructor(
    @Inject(HOUSE) private readonly house: House,
    @Inject(KEYS) private readonly keys: FieldKeys,
    @Inject(SETTINGS) private readonly settings: HttpSettings,
  ) {}

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
    problems: [
      'batch-not-found',
      'batch-state',
      'batch-content-changed',
      'self-approval',
      'duty-conflict',
      'already-decided',
      'execution-day-moved',
      'otp-required',
      'otp-refused',
    ],
  })
  async approve(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: signature }) { contentHash, executionOn, otp }: z.infer<typeof signature>,
  ) {
    const code = { code: otp, subject: `batch:${contentHash}`, required: this.settings.otpRequired };
    const refused = await stepUp(this.house, actor, code, this.keys);
    if (refused) throw problemOfRefusal(refused);
    const legalToday = dateOf(await legalNow(this.house));
    const asked = { batchId: id, contentHash, legalToday, ...(executionOn === undefined ? {} : { executionOn }) };
    const signed = await this.once(actor, key, (tx) => approveBatch(tx, this.house, actor, asked));
    this.house.wake('sending');
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

  @Post(':id/execution-day')
  @HttpCode(200)
  @Operation({
    summary: { zh: '确认新的执行日', en: 'Agree to the day on which the bank executes now' },
    answer,
    problems: ['batch-not-found', 'batch-state', 'execution-day-moved', 'calendar-not-published'],
  })
  async confirm(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: agreedDay }) { executionOn }: z.infer<typeof agreedDay>,
  ) {
    const confirmed = await this.once(actor, key, (tx) => confirmDay(tx, this.house, actor, { batchId: id, executionOn }));
    this.house.wake('sending');
    return confirmed;
  }

  @Post(':id/files')
  @HttpCode(200)
  @Operation({
    summary: { zh: '生成银行文件', en: 'Write the files of a signed batch' },
    answer: filesPrepared,
    problems: ['batch-not-found', 'batch-state', 'execution-day-moved', 'calendar-not-published'],
  })
  async prepare(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: newFiles }) { executionOn }: z.infer<typeof newFiles>,
  ) {
    await oneBatch(this.house, actor, id);
    const asked = { batchId: id, ...(executionOn === undefined ? {} : { executionOn }) };
    const prepared = await answerOf(remembered(this.house, { actor, ...key }, () => prepareFiles(this.house, actor, asked)));
    return { ...prepared, files: prepared.files.map(fileView) };
  }

  @Get(':id/files')
  @Operation({
    summary: { zh: '银行文件及交付情况', en: 'Files of a batch, and who had them in hand' },
    answer: z.object({ items: z.array(batchFile) }),
  })
  files(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    return listFiles(this.house, actor, id);
  }

  @Get(':id/file')
  @Operation({
    summary: { zh: '下载银行文件(留痕)', en: 'Take a file, byte for byte as it was written; the taking is recorded' },
    media: 'application/octet-stream',
    problems: ['not-found'],
  })
  async file(
    @By() actor: Actor,
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: fileQuery }) query: z.infer<typeof fileQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const taken = await takeFile(this.house, actor, { batchId: id, part: query.part });
    if (!taken.ok) throw problemOfRefusal(taken);
    await reply
      .header('content-type', taken.fileName.endsWith('.xml') ? 'application/xml; charset=utf-8' : 'application/octet-stream')
      .header('content-disposition', `attachment; filename="${taken.fileName}"`)
      .header('x-content-sha256', taken.sha256)
      .header('cache-control', 'no-store')
      .send(taken.content);
  }

  @Post(':id/hand-over')
  @HttpCode(200)
  @Operation({
    summary: { zh: '登记文件已交付银行', en: 'Record that the bank has a file, named by its hash; once' },
    answer: handedOver,
    problems: ['batch-not-found', 'batch-state', 'bank-file-changed', 'execution-day-moved', 'calendar-not-published'],
  })
  handOver(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: delivery }) { executionOn, ...body }: z.infer<typeof delivery>,
  ) {
    const asked = { batchId: id, ...body, ...(executionOn === undefined ? {} : { executionOn }) };
    return answerOf(once(this.house, { actor, ...key }, (tx) => handOverFile(tx, this.house, actor, asked)));
  }

  private once(actor: Actor, key: CommandKey, work: (tx: Parameters<typeof submitBatch>[0]) => Promise<BatchResult>) {
    return answerOf(once(this.house, { actor, ...key }, work));
  }
}
