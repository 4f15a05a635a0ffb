import { Controller, Get, Inject } from '@nestjs/common';
import { formatInstant } from '@tranche/calendar';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { instant } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';

const queue = z
  .object({
    kind: z.string(),
    /** waiting for their time or for a worker */
    pending: z.int(),
    claimed: z.int(),
    parked: z.int(),
    dead: z.int(),
    /** what has been due longest and is not done; null: nothing waits */
    oldestDueAt: instant.nullable(),
    parkedFor: z.record(z.string(), z.int()),
  })
  .meta({ id: 'QueueDepth', description: '只有数目与原因，没有业务数据 · numbers and reasons only, nothing of any case' });
type Row = Omit<z.infer<typeof queue>, 'oldestDueAt'> & { oldestDueAt: number | null };

/** How much work waits, and why: for whoever keeps the house running, who sees no case. */
@Controller('api/v1/queues')
export class QueuesController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({
    summary: { zh: '后台队列(深度、搁置原因)', en: 'Background work: how much waits, and what parked work waits for' },
    answer: z.object({ at: instant, items: z.array(queue) }),
  })
  async list(@By() actor: Actor) {
    const rows = await this.house.database.read<Row>(
      actor,
      `WITH open AS (SELECT kind, state, coalesce(reason, 'unknown') AS reason, due_at FROM outbox WHERE state <> 'done'),
         reasons AS (SELECT kind, reason, count(*)::int AS parked FROM open WHERE state = 'parked' GROUP BY 1, 2)
       SELECT kind, count(*) FILTER (WHERE state = 'pending')::int AS pending, count(*) FILTER (WHERE state = 'claimed')::int AS claimed,
         count(*) FILTER (WHERE state = 'parked')::int AS parked, count(*) FILTER (WHERE state = 'dead')::int AS dead,
         min(due_at) FILTER (WHERE state IN ('pending', 'claimed')) AS "oldestDueAt",
         coalesce((SELECT jsonb_object_agg(r.reason, r.parked) FROM reasons r WHERE r.kind = open.kind), '{}') AS "parkedFor"
       FROM open GROUP BY kind ORDER BY kind`,
    );
    const items = rows.map((row) => ({ ...row, oldestDueAt: row.oldestDueAt === null ? null : formatInstant(row.oldestDueAt) }));
    return { at: formatInstant(this.house.systemNow()), items };
  }
}
