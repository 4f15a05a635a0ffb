import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { finishTask, type House, once } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { type IdPath, idPath, uuid } from '../fields/fields.js';
import { pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE } from '../ports.js';
import { task, taskState } from './task.view.js';
import { listTasks } from './tasks.query.js';

const listQuery = z.strictObject({
  ...paging,
  state: taskState.optional(),
  order: z.enum(['newest', 'urgency']).default('newest'),
  kind: z.string().max(80).optional(),
  mine: z.stringbool().optional(),
});

const refused = (code: string, zh: string, en: string) => ({ ok: false as const, code, detail: { zh, en } });

@Controller('api/v1/tasks')
export class TasksController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '本岗位待办', en: 'Work queue of the signed-in role' }, answer: pageOf(task), problems: ['cursor-invalid'] })
  list(@By() actor: Actor, @Query({ schema: listQuery }) query: z.infer<typeof listQuery>) {
    return listTasks(this.house, actor, query);
  }

  @Post(':id/claim')
  @HttpCode(200)
  @Operation({
    summary: { zh: '领取待办', en: 'Claim a task' },
    answer: z.object({ id: uuid, state: z.literal('claimed') }),
    problems: ['conflict'],
  })
  claim(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return answerOf(
      once(this.house, { actor, ...key }, async (tx) => {
        const { rows } = await tx.query<{ state: string; claimed_by: string | null }>(
          'SELECT state, claimed_by FROM tasks WHERE id = $1 AND role = $2 FOR UPDATE',
          [id, actor.role],
        );
        const [row] = rows;
        if (row === undefined) return refused('not-found', '没有这项待办,或不属于本岗位。', 'There is no such task for your role.');
        if (row.state === 'claimed' && row.claimed_by === actor.userId) return { id, state: 'claimed' as const };
        if (row.state !== 'open') return refused('conflict', '该待办已被领取或已办结。', 'The task is claimed or closed already.');
        await tx.query(`UPDATE tasks SET state = 'claimed', claimed_by = $2 WHERE id = $1`, [id, actor.userId]);
        return { id, state: 'claimed' as const };
      }),
    );
  }

  @Post(':id/done')
  @HttpCode(200)
  @Operation({
    summary: {
      zh: '办结待办(银行消息、失败的后台任务;后者随即重试)',
      en: 'Close a task about the bank or failed work; the work is tried again',
    },
    answer: z.object({ id: uuid, state: z.literal('done') }),
    problems: ['already-decided', 'data-invalid'],
  })
  done(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return answerOf(finishTask(this.house, { actor, ...key }, id));
  }
}
