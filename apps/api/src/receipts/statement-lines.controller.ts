import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  decideLine,
  decideRelease,
  type House,
  listStatementLines,
  proposeLine,
  proposeRelease,
  readStatementLine,
  suggestionsFor,
} from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { date, type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf, found } from '../http/outcome.js';
import { HOUSE } from '../ports.js';
import { lineView, newProposal, statementLine, statementLineDetail } from './receipt.view.js';

const lineQuery = z.strictObject({
  ...paging,
  match: z.enum(['none', 'any']).optional(),
  fileId: uuid.optional(),
  accountNo: z.string().max(34).optional(),
  on: date.optional(),
});
const made = z.object({ id: uuid, state: z.string() }).meta({ id: 'ProposalState' });
const release = z.strictObject({ note: line(500) }).meta({ id: 'TransferRelease' });
const decision = z.strictObject({ decision: z.enum(['confirm', 'reject']) }).meta({ id: 'SecondDecision' });
type Decision = z.infer<typeof decision>;

/** Bookings of the bank: what they were matched to, and what two persons say of the others. */
@Controller('api/v1')
export class StatementLinesController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get('statement-lines')
  @Operation({
    summary: { zh: '对账单明细（match=none 为未对上）', en: 'Statement lines; match=none are those not explained' },
    answer: pageOf(statementLine),
    problems: ['cursor-invalid'],
  })
  async list(@By() actor: Actor, @Query({ schema: lineQuery }) { limit, cursor, ...narrow }: z.infer<typeof lineQuery>) {
    const given = Object.fromEntries(Object.entries(narrow).filter(([, value]) => value !== undefined));
    const rows = await listStatementLines(this.house, actor, { before: afterId(cursor), limit: limit + 1, ...given });
    return page(rows, limit, ({ id }) => id, lineView(actor));
  }

  @Get('statement-lines/:id')
  @Operation({
    summary: { zh: '一条明细及可能的归属', en: 'One line and what it might be' },
    answer: statementLineDetail,
    problems: ['not-found'],
  })
  async show(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    const row = found(await readStatementLine(this.house, actor, id));
    return { ...lineView(actor)(row), suggestions: row.match === null ? await suggestionsFor(this.house, actor, id) : [] };
  }

  @Post('statement-lines/:id/proposals')
  @Operation({
    summary: { zh: '认领一条明细（须他人确认）', en: 'Say what a line is; another person confirms' },
    answer: made,
    problems: ['not-found', 'already-exists', 'already-decided', 'data-invalid'],
  })
  propose(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: newProposal }) { kind, note, transferId, recoveryId, appropriationId, receiptId }: z.infer<typeof newProposal>,
  ) {
    const about = {
      ...(transferId === undefined ? {} : { transferId }),
      ...(recoveryId === undefined ? {} : { recoveryId }),
      ...(appropriationId === undefined ? {} : { appropriationId }),
      ...(receiptId === undefined ? {} : { receiptId }),
    };
    return answerOf(proposeLine(this.house, { actor, ...key }, { lineId: id, kind, note, ...about }));
  }

  @Post('line-proposals/:id/decide')
  @HttpCode(200)
  @Operation({
    summary: { zh: '确认或否决认领', en: 'Confirm or reject what a line is said to be' },
    answer: made,
    problems: ['not-found', 'four-eyes-required', 'already-decided', 'event-not-allowed', 'data-invalid', 'date-invalid'],
  })
  decide(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: decision }) { decision: said }: Decision,
  ) {
    return answerOf(decideLine(this.house, { actor, ...key }, { proposalId: id, decision: said }));
  }

  @Post('transfers/:id/releases')
  @Operation({
    summary: {
      zh: '提出核定结果不明的转账未付（对账单未见）',
      en: 'Propose to release an unknown transfer that its closed statement does not show',
    },
    answer: made,
    problems: ['not-found', 'already-exists', 'data-invalid'],
  })
  proposeRelease(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: release }) { note }: z.infer<typeof release>,
  ) {
    return answerOf(proposeRelease(this.house, { actor, ...key }, { transferId: id, note }));
  }

  @Post('transfer-releases/:id/decide')
  @HttpCode(200)
  @Operation({
    summary: { zh: '确认或否决核定未付', en: 'Confirm or reject a release' },
    answer: made.extend({ transferId: uuid }).meta({ id: 'TransferReleaseState' }),
    problems: ['not-found', 'four-eyes-required', 'already-decided', 'data-invalid'],
  })
  decideRelease(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: decision }) { decision: said }: Decision,
  ) {
    return answerOf(decideRelease(this.house, { actor, ...key }, { releaseId: id, decision: said }));
  }
}
