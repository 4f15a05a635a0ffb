import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { decideWithdrawal, type House, proposeWithdrawal } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE } from '../ports.js';

const wish = z.strictObject({ part: z.int().min(1).max(100_000), evidence: line(1000) }).meta({ id: 'NewFileWithdrawal' });
const decision = z.strictObject({ decision: z.enum(['confirm', 'reject']) }).meta({ id: 'FileWithdrawalDecision' });
const state = z.object({ id: uuid, state: z.enum(['proposed', 'confirmed', 'rejected']) }).meta({ id: 'FileWithdrawalState' });

/** Files that were written and never reached a bank: one says so with evidence, another confirms. */
@Controller('api/v1')
export class FileWithdrawalsController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Post('batches/:id/withdrawals')
  @Operation({
    summary: { zh: '提议撤回未交付的银行文件', en: 'Propose to withdraw a file that no bank ever had' },
    answer: state,
    problems: ['not-found', 'already-exists', 'data-invalid'],
  })
  propose(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: wish }) { part, evidence }: z.infer<typeof wish>,
  ) {
    return answerOf(proposeWithdrawal(this.house, { actor, ...key }, { batchId: id, part, evidence }));
  }

  @Post('file-withdrawals/:id/decide')
  @HttpCode(200)
  @Operation({
    summary: { zh: '确认或否决撤回', en: 'Confirm or reject a withdrawal: confirmed, its lines are due again' },
    answer: state,
    problems: ['not-found', 'four-eyes-required', 'already-decided', 'data-invalid'],
  })
  decide(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: decision }) { decision: said }: z.infer<typeof decision>,
  ) {
    return answerOf(decideWithdrawal(this.house, { actor, ...key }, { withdrawalId: id, decision: said }));
  }
}
