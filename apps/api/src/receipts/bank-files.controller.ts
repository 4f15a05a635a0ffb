import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import {
  closeWork,
  decideFile,
  type House,
  importReceipt,
  listReceivedFiles,
  listWork,
  readReceivedFile,
  remembered,
} from '@tranche/casework';
import type { Actor } from '@tranche/database';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf, found } from '../http/outcome.js';
import { HOUSE } from '../ports.js';
import { withSpooled } from '../runs/spool.js';
import { bankFile, fileQueryState, fileView, itemView, receiptItem } from './receipt.view.js';

const imported = z.object({ fresh: z.boolean(), file: bankFile }).meta({ id: 'BankFileImported' });
const decision = z.strictObject({ decision: z.enum(['parse-anyway', 'reject']), note: line(500) }).meta({ id: 'BankFileDecision' });
const fileQuery = z.strictObject({ ...paging, state: fileQueryState.optional() });
const itemQuery = z.strictObject({ ...paging, fileId: uuid.optional(), state: z.enum(['open', 'done']).optional() });
const closing = z.strictObject({ note: line(500) }).meta({ id: 'ReceiptItemClosing' });

/** Files of banks: status reports, statements, notifications and return files, and what of them a person must look at. */
@Controller('api/v1')
export class BankFilesController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Post('bank-files')
  @Operation({
    summary: {
      zh: '导入银行来文（pain.002、camt.053、camt.054、回盘文件）',
      en: 'Import a file of a bank (pain.002, camt.053, camt.054, return file)',
    },
    answer: imported,
    upload: true,
    problems: ['file-missing', 'media-type-unsupported', 'body-too-large'],
  })
  import(@By() actor: Actor, @Req() request: FastifyRequest) {
    return withSpooled(request, ({ extract, command }) =>
      answerOf(
        remembered(this.house, { actor, ...command }, async () => {
          const { fresh, file } = await importReceipt(this.house, actor, extract);
          return { fresh, file: fileView(file) };
        }),
      ),
    );
  }

  @Get('bank-files')
  @Operation({ summary: { zh: '银行来文', en: 'Files of banks' }, answer: pageOf(bankFile), problems: ['cursor-invalid'] })
  async list(@By() actor: Actor, @Query({ schema: fileQuery }) { limit, cursor, state }: z.infer<typeof fileQuery>) {
    const asked = { before: afterId(cursor), limit: limit + 1, ...(state === undefined ? {} : { state }) };
    return page(await listReceivedFiles(this.house, actor, asked), limit, ({ id }) => id, fileView);
  }

  @Get('bank-files/:id')
  @Operation({ summary: { zh: '来文及导入结果', en: 'One file and what its import came to' }, answer: bankFile, problems: ['not-found'] })
  async show(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    return fileView(found(await readReceivedFile(this.house, actor, id)));
  }

  @Post('bank-files/:id/decide')
  @HttpCode(200)
  @Operation({
    summary: {
      zh: '处置被搁置的来文：仍予读取或退回（须他人）',
      en: 'Decide on a file that was set aside: read it all the same, or refuse it',
    },
    answer: bankFile,
    problems: ['not-found', 'four-eyes-required', 'already-decided', 'data-invalid'],
  })
  async decide(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: decision }) body: z.infer<typeof decision>,
  ) {
    await answerOf(decideFile(this.house, { actor, ...key }, { fileId: id, ...body }));
    return this.show(actor, { id });
  }

  @Get('receipt-items')
  @Operation({
    summary: { zh: '来文待查事项', en: 'What of the files a person must look at' },
    answer: pageOf(receiptItem),
    problems: ['cursor-invalid'],
  })
  async items(@By() actor: Actor, @Query({ schema: itemQuery }) { limit, cursor, fileId, state }: z.infer<typeof itemQuery>) {
    const narrow = { ...(fileId === undefined ? {} : { fileId }), ...(state === undefined ? {} : { state }) };
    return page(
      await listWork(this.house, actor, { before: afterId(cursor), limit: limit + 1, ...narrow }),
      limit,
      ({ id }) => id,
      itemView,
    );
  }

  @Post('receipt-items/:id/close')
  @HttpCode(200)
  @Operation({
    summary: { zh: '办结待查事项并说明结果', en: 'Close an item and say what came of it' },
    answer: z.object({ id: uuid, state: z.literal('done') }),
    problems: ['not-found', 'already-decided'],
  })
  close(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: closing }) { note }: z.infer<typeof closing>,
  ) {
    return answerOf(closeWork(this.house, { actor, ...key }, { id, note }));
  }
}
