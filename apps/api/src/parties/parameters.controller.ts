import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { approveParameter, forTheHouse, type House, parameterOf, proposeParameter, rejectParameter, touchedBy } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { cite, type IdPath, idPath, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf, found } from '../http/outcome.js';
import { HOUSE } from '../ports.js';
import { content, type ParameterView, parameter, parameterColumns, parameterDetail, sourceOf } from './parameter.view.js';

const newParameter = z
  .strictObject({
    ...content,
    policyId: content.policyId.optional(),
    shared: content.policyId.optional().meta({ description: '共用表,如 minimumWage;代替 policyId · a shared table instead of one policy' }),
    cite: z.strictObject(cite.shape),
    running: z.enum(['keep', 'refresh']).default('keep'),
  })
  .meta({ id: 'NewParameter' });
const approval = z
  .strictObject({
    touchedSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .meta({ id: 'ParameterApproval' });
const listQuery = z.strictObject({ ...paging, policyId: z.string().max(80).optional() });

@Controller('api/v1/parameters')
export class ParametersController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({
    summary: { zh: '参数取值(含待批准)', en: 'Values of policy parameters, proposals too' },
    answer: pageOf(parameter),
    problems: ['cursor-invalid'],
  })
  async list(@By() actor: Actor, @Query({ schema: listQuery }) { limit, cursor, policyId }: z.infer<typeof listQuery>) {
    const rows = await this.house.database.read<ParameterView>(
      actor,
      `SELECT ${parameterColumns} FROM parameters WHERE ($1::uuid IS NULL OR id < $1) AND ($3::text IS NULL OR policy_id IN ($3, '*')) ORDER BY id DESC LIMIT $2`,
      [afterId(cursor), limit + 1, policyId ?? null],
    );
    return page(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  @Get(':id')
  @Operation({
    summary: { zh: '一项取值,及其涉及的在办案件', en: 'A value with the running cases it touches' },
    answer: parameterDetail,
  })
  async show(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    const [row] = await this.house.database.read<ParameterView>(actor, `SELECT ${parameterColumns} FROM parameters WHERE id = $1`, [id]);
    const known = found(row);
    if (known.running === 'keep' || known.approvedBy !== null || known.rejectedBy !== null) return { ...known, touched: null };
    const touched = await this.house.database.transaction(forTheHouse(actor), async (tx) =>
      touchedBy(tx, found(await parameterOf(tx, id))),
    );
    return { ...known, touched };
  }

  @Post()
  @Operation({
    summary: { zh: '提出参数取值(待另一人批准)', en: 'Propose a value (another person approves)' },
    answer: z.object({ id: uuid }),
    problems: ['data-invalid'],
  })
  propose(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: newParameter }) body: z.infer<typeof newParameter>) {
    const { policyId, shared, ...given } = body;
    const subject = { ...(policyId === undefined ? {} : { policyId }), ...(shared === undefined ? {} : { shared }) };
    return answerOf(proposeParameter(this.house, { actor, ...key }, { ...given, ...subject, cite: sourceOf(body.cite) }));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Operation({
    summary: { zh: '批准参数取值;涉及在办案件的须先看清单', en: 'Approve a value; where running cases follow it, after looking at them' },
    answer: z.object({ id: uuid, state: z.literal('approved'), touched: z.int() }),
    problems: ['four-eyes-required', 'already-decided', 'preview-required'],
  })
  approve(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: approval }) { touchedSha256 }: z.infer<typeof approval>,
  ) {
    return answerOf(approveParameter(this.house, { actor, ...key }, id, touchedSha256));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Operation({
    summary: { zh: '不批准,或撤回自己的提议', en: 'Turn a proposal down, or take back the own one' },
    answer: z.object({ id: uuid, state: z.literal('rejected') }),
    problems: ['already-decided'],
  })
  reject(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return answerOf(rejectParameter(this.house, { actor, ...key }, id));
  }
}
