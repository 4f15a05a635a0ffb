import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { approveParameter, type House, proposeParameter } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { cite, date, type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE } from '../ports.js';

const value = z.union([
  z.string().max(200),
  z.number(),
  z.boolean(),
  z.array(z.string().max(200)).max(200),
  z.record(z.string(), z.union([z.string(), z.number()])),
]);
const content = {
  policyId: line(80),
  key: line(80),
  scope: z.string().regex(/^(\*|CN(-\d{2,6})?|\d{6})$/),
  effectiveFrom: date,
  value,
  cite,
  reason: line(500),
};
const newParameter = z.strictObject({ ...content, cite: z.strictObject(cite.shape) }).meta({ id: 'NewParameter' });
const parameter = z.object({ id: uuid, ...content, proposedBy: uuid, approvedBy: uuid.nullable() }).meta({ id: 'ParameterValue' });
type ParameterView = z.infer<typeof parameter>;
const listQuery = z.strictObject({ ...paging, policyId: z.string().max(80).optional() });

@Controller('api/v1/parameters')
export class ParametersController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({
    summary: { zh: '本地参数取值', en: 'Local values of policy parameters' },
    answer: pageOf(parameter),
    problems: ['cursor-invalid'],
  })
  async list(@By() actor: Actor, @Query({ schema: listQuery }) { limit, cursor, policyId }: z.infer<typeof listQuery>) {
    const rows = await this.house.database.read<ParameterView>(
      actor,
      `SELECT id, policy_id AS "policyId", key, scope, effective_from AS "effectiveFrom", value, cite, reason, proposed_by AS "proposedBy", approved_by AS "approvedBy"
       FROM parameters WHERE ($1::uuid IS NULL OR id < $1) AND ($3::text IS NULL OR policy_id = $3) ORDER BY id DESC LIMIT $2`,
      [afterId(cursor), limit + 1, policyId ?? null],
    );
    return page(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  @Post()
  @Operation({
    summary: { zh: '提出参数取值(待另一人批准)', en: 'Propose a value (another person approves)' },
    answer: z.object({ id: uuid }),
    problems: ['data-invalid'],
  })
  propose(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: newParameter }) body: z.infer<typeof newParameter>) {
    const { quote, ...source } = body.cite;
    return answerOf(
      proposeParameter(this.house, { actor, ...key }, { ...body, cite: quote === undefined ? source : { ...source, quote } }),
    );
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Operation({
    summary: { zh: '批准参数取值', en: 'Approve a value' },
    answer: z.object({ id: uuid, state: z.literal('approved') }),
    problems: ['four-eyes-required', 'already-decided'],
  })
  approve(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return answerOf(approveParameter(this.house, { actor, ...key }, id));
  }
}
