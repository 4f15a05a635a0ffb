import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { dateOf } from '@tranche/calendar';
import { decideStatus, type House, legalNow, proposeStatus } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { date, type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE } from '../ports.js';

const status = z.enum(['active', 'suspended']);
const state = z.enum(['proposed', 'approved', 'rejected']);
const change = z
  .object({ id: uuid, status, reason: z.string(), state, proposedBy: uuid, decidedBy: uuid.nullable(), decidedOn: date.nullable() })
  .meta({ id: 'StatusChange' });
const newChange = z.strictObject({ status, reason: line(500) }).meta({ id: 'NewStatusChange' });
const changePath = z.strictObject({ id: uuid, changeId: uuid });
type ChangePath = z.infer<typeof changePath>;
const decided = z.object({ id: uuid, state });

@Controller('api/v1/organisations/:id/status-changes')
export class OrganisationStatusController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({
    summary: { zh: '暂停与恢复记录', en: 'Suspensions of an organisation' },
    answer: z.object({ items: z.array(change), nextCursor: z.null() }),
  })
  async list(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    const items = await this.house.database.read<z.infer<typeof change>>(
      actor,
      `SELECT id, status, reason, state, proposed_by AS "proposedBy", decided_by AS "decidedBy", decided_on AS "decidedOn"
       FROM organisation_changes WHERE organisation_id = $1 ORDER BY id DESC LIMIT 200`,
      [id],
    );
    return { items, nextCursor: null };
  }

  @Post()
  @Operation({
    summary: { zh: '提出暂停或恢复(待另一人批准)', en: 'Propose to suspend or to admit again (another person approves)' },
    answer: z.object({ id: uuid, state: z.literal('proposed') }),
    problems: ['not-found', 'already-exists'],
  })
  propose(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: newChange }) body: z.infer<typeof newChange>,
  ) {
    return answerOf(proposeStatus(this.house, { actor, ...key }, { organisationId: id, ...body }));
  }

  @Post(':changeId/approve')
  @HttpCode(200)
  @Operation({
    summary: { zh: '批准暂停或恢复', en: 'Put the change in force' },
    answer: decided,
    problems: ['not-found', 'four-eyes-required', 'already-decided'],
  })
  async approve(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: changePath }) path: ChangePath) {
    const approved = await this.decide(actor, key, path, 'approved');
    this.house.wake('effects');
    return approved;
  }

  @Post(':changeId/reject')
  @HttpCode(200)
  @Operation({
    summary: { zh: '驳回暂停或恢复', en: 'Turn the change down' },
    answer: decided,
    problems: ['not-found', 'four-eyes-required', 'already-decided'],
  })
  reject(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: changePath }) path: ChangePath) {
    return this.decide(actor, key, path, 'rejected');
  }

  private async decide(actor: Actor, key: CommandKey, { id, changeId }: ChangePath, decision: 'approved' | 'rejected') {
    const on = dateOf(await legalNow(this.house));
    return answerOf(decideStatus(this.house, { actor, ...key }, { organisationId: id, changeId, decision, on }));
  }
}
