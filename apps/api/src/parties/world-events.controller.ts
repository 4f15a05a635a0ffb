import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { type House, landmarks, proposeWorldEvent } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { cite, date, line, text, uuid } from '../fields/fields.js';
import { By, publicActor } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE } from '../ports.js';
import { sourceOf } from './parameter.view.js';

const landmark = z
  .object({
    landmark: z.string(),
    label: text,
    shared: z.string().nullable(),
    policies: z.array(z.string()),
    /** null: it has not been recorded */
    recorded: z.object({ on: date, cite }).nullable(),
  })
  .meta({ id: 'Landmark' });
const newEvent = z
  .strictObject({
    landmark: line(80).meta({ examples: ['epidemicEndedOn'] }),
    policyId: line(80).optional(),
    on: date,
    cite: z.strictObject(cite.shape),
    reason: line(500),
  })
  .meta({ id: 'NewWorldEvent' });

type Recorded = { key: string; shared: string | null; policyId: string; on: string; cite: z.infer<typeof cite> };

/** Things that happen in the world, on which windows and rates hang. Approved like any parameter, after looking at the running cases. */
@Controller('api/v1/world-events')
export class WorldEventsController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({
    summary: {
      zh: '政策所系的事件(如疫情结束),已登记的附日期与出处',
      en: 'Events that policies wait for, with day and source where recorded',
    },
    answer: z.object({ items: z.array(landmark), nextCursor: z.null() }),
  })
  async list() {
    const rows = await this.house.database.read<Recorded>(
      publicActor,
      `SELECT key, shared, policy_id AS "policyId", value #>> '{}' AS "on", cite FROM parameters WHERE approved_by IS NOT NULL AND running = 'refresh' ORDER BY id DESC`,
    );
    const items = landmarks().map(({ key, label, shared, policies }) => {
      const row = rows.find((each) => each.key === key && each.shared === shared && (shared !== null || policies.includes(each.policyId)));
      return { landmark: key, label, shared, policies, recorded: row ? { on: row.on, cite: row.cite } : null };
    });
    return { items, nextCursor: null };
  }

  @Post()
  @Operation({
    summary: {
      zh: '登记事件(须附出处;另一人查看所涉在办案件后,以 parameters/:id/approve 批准)',
      en: 'Record an event with its source; another person looks at the cases it touches and approves it by parameters/:id/approve',
    },
    answer: z.object({ id: uuid }),
    problems: ['data-invalid'],
  })
  propose(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: newEvent }) body: z.infer<typeof newEvent>) {
    const { policyId, ...given } = body;
    return answerOf(
      proposeWorldEvent(
        this.house,
        { actor, ...key },
        { ...given, ...(policyId === undefined ? {} : { policyId }), cite: sourceOf(body.cite) },
      ),
    );
  }
}
