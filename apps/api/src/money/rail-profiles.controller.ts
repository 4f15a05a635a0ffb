import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { railKinds, railProfile } from '@tranche/bank';
import { decideRailProfile, type House, listRailProfiles, proposeRailProfile } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { date, type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE } from '../ports.js';

const bankCode = z
  .string()
  .regex(/^\d{3}$/)
  .nullable();
const newProfile = z
  .strictObject({ bankCode, effectiveFrom: date, profile: railProfile, reason: line(200) })
  .meta({ id: 'NewRailProfile' });
const state = z.enum(['proposed', 'approved', 'rejected']);
const view = z
  .object({
    id: uuid,
    rail: z.enum(railKinds),
    bankCode,
    effectiveFrom: date,
    profile: railProfile,
    reason: z.string(),
    state,
    proposedBy: uuid.nullable(),
    decidedBy: uuid.nullable(),
  })
  .meta({ id: 'RailProfile' });
const decided = z.object({ id: uuid, state });

@Controller('api/v1/rail-profiles')
export class RailProfilesController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({
    summary: { zh: '银行渠道参数', en: 'What banks agreed: formats, limits, hours' },
    answer: z.object({ items: z.array(view) }),
  })
  async list(@By() actor: Actor) {
    return { items: await listRailProfiles(this.house, actor) };
  }

  @Post()
  @Operation({
    summary: { zh: '提出渠道参数(待另一人批准)', en: 'Propose a profile (another person approves)' },
    answer: z.object({ id: uuid }),
  })
  propose(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: newProfile }) body: z.infer<typeof newProfile>) {
    return answerOf(proposeRailProfile(this.house, { actor, ...key }, body));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Operation({
    summary: { zh: '批准', en: 'Approve' },
    answer: decided,
    problems: ['four-eyes-required', 'already-decided', 'already-exists'],
  })
  approve(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return answerOf(decideRailProfile(this.house, { actor, ...key }, { id, decision: 'approved' }));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Operation({ summary: { zh: '驳回', en: 'Reject' }, answer: decided, problems: ['four-eyes-required', 'already-decided'] })
  reject(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return answerOf(decideRailProfile(this.house, { actor, ...key }, { id, decision: 'rejected' }));
  }
}
