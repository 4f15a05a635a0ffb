import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { dispatch, type House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { accepted, acceptedOf } from '../cases/accepted.js';
import { cite, date, fen, type IdPath, idPath, line, positiveFen, text, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { found } from '../http/outcome.js';
import { HOUSE } from '../ports.js';

const state = z.enum(['due', 'demanded', 'instalments', 'overdue', 'escalated', 'closed']);
const recovery = z
  .object({
    id: uuid,
    caseId: uuid,
    caseNo: z.string(),
    recoveryNo: z.int(),
    demandedFen: positiveFen,
    receivedFen: fen,
    writtenOffFen: fen,
    state,
    openedOn: date,
    closedOn: date.nullable(),
    reason: text,
    cite,
  })
  .meta({ id: 'Recovery' });
type RecoveryView = z.infer<typeof recovery>;
const listQuery = z.strictObject({ ...paging, state: state.optional(), caseId: uuid.optional() });
const receipt = z.strictObject({ amountFen: positiveFen, reference: line(200), on: date.optional() }).meta({ id: 'RecoveryReceipt' });

const received = (kind: string): string =>
  `coalesce((SELECT sum(x.amount_fen) FROM recovery_receipts x WHERE x.recovery_id = r.id AND x.kind = '${kind}'), 0)::text`;

@Controller('api/v1/recoveries')
export class RecoveriesController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '追回', en: 'Recoveries' }, answer: pageOf(recovery), problems: ['cursor-invalid'] })
  async list(@By() actor: Actor, @Query({ schema: listQuery }) { limit, cursor, state: wanted, caseId }: z.infer<typeof listQuery>) {
    const rows = await this.house.database.read<RecoveryView>(
      actor,
      `SELECT r.id, r.case_id AS "caseId", c.case_no AS "caseNo", r.recovery_no AS "recoveryNo", r.demanded_fen::text AS "demandedFen", ${received('received')} AS "receivedFen",
         ${received('writtenOff')} AS "writtenOffFen", r.state, r.opened_on AS "openedOn", r.closed_on AS "closedOn", r.reason, r.cite
       FROM recoveries r JOIN cases c ON c.id = r.case_id
       WHERE ($1::uuid IS NULL OR r.id < $1) AND ($3::text IS NULL OR r.state = $3) AND ($4::uuid IS NULL OR r.case_id = $4) ORDER BY r.id DESC LIMIT $2`,
      [afterId(cursor), limit + 1, wanted ?? null, caseId ?? null],
    );
    return page(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  @Post(':id/receipts')
  @HttpCode(200)
  @Operation({
    summary: { zh: '登记追回到账', en: 'Record money that came back' },
    answer: accepted,
    problems: ['event-not-allowed', 'data-invalid', 'date-invalid'],
  })
  async receive(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: receipt }) { amountFen, reference, on }: z.infer<typeof receipt>,
  ) {
    const [row] = await this.house.database.read<{ caseId: string }>(actor, 'SELECT case_id AS "caseId" FROM recoveries WHERE id = $1', [
      id,
    ]);
    const { caseId } = found(row);
    const command = {
      caseId,
      type: 'recovery.received',
      data: { amountFen, reference },
      cause: 'http' as const,
      ...key,
      ...(on === undefined ? {} : { on }),
    };
    return acceptedOf(this.house, actor, caseId, await dispatch(this.house, actor, command));
  }
}
