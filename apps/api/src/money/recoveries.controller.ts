import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  type Answer,
  confirmForRecovery,
  demandRepayment,
  dispatch,
  type House,
  proposeForRecovery,
  readyForLetters,
} from '@tranche/casework';
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
    setOffFen: fen,
    state,
    openedOn: date,
    closedOn: date.nullable(),
    demandedOn: date.nullable(),
    instalments: z.array(z.object({ dueOn: date, amountFen: positiveFen })).nullable(),
    reason: text,
    cite,
  })
  .meta({ id: 'Recovery' });
type RecoveryView = z.infer<typeof recovery>;
const listQuery = z.strictObject({ ...paging, state: state.optional(), caseId: uuid.optional() });
const receipt = z.strictObject({ amountFen: positiveFen, reference: line(200), on: date.optional() }).meta({ id: 'RecoveryReceipt' });

const demand = z.strictObject({ amountFen: positiveFen }).meta({ id: 'RecoveryDemand' });
const grounds = { reason: line(1000), cite: line(500) };
const confirmation = z.strictObject({ proposal: z.int().min(1) });
const instalments = z
  .union([
    z.strictObject({
      instalments: z
        .array(z.strictObject({ dueOn: date, amountFen: positiveFen }))
        .min(1)
        .max(36),
      ...grounds,
    }),
    confirmation,
  ])
  .meta({ id: 'RecoveryInstalments' });
const writeOff = z.union([z.strictObject({ amountFen: positiveFen, ...grounds }), confirmation]).meta({ id: 'RecoveryWriteOff' });
const doorProblems = ['event-not-allowed', 'data-invalid', 'role-not-allowed', 'case-changed'] as const;

const received = (kind: string): string =>
  `coalesce((SELECT sum(x.amount_fen) FROM recovery_receipts x WHERE x.recovery_id = r.id AND x.kind = '${kind}'), 0)::text`;

/** Kept back of payments of other cases; what was undone is owed again. */
const setOffs = `coalesce((SELECT sum(s.amount_fen) FROM set_offs s WHERE s.recovery_id = r.id AND s.state <> 'restored'), 0)::text`;

/** Whoever may demand looks at what is due: the first letter shall not wait for its tools. Should they be missing, the demand itself says so. */
const prepareLetters = (): void => void readyForLetters().catch(() => undefined);

@Controller('api/v1/recoveries')
export class RecoveriesController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '追回', en: 'Recoveries' }, answer: pageOf(recovery), problems: ['cursor-invalid'] })
  async list(@By() actor: Actor, @Query({ schema: listQuery }) { limit, cursor, state: wanted, caseId }: z.infer<typeof listQuery>) {
    const rows = await this.house.database.read<RecoveryView>(
      actor,
      `SELECT r.id, r.case_id AS "caseId", c.case_no AS "caseNo", r.recovery_no AS "recoveryNo", r.demanded_fen::text AS "demandedFen", ${received('received')} AS "receivedFen",
         ${received('writtenOff')} AS "writtenOffFen", ${setOffs} AS "setOffFen", r.state, r.opened_on AS "openedOn", r.closed_on AS "closedOn", r.demanded_on AS "demandedOn", r.instalments, r.reason, r.cite
       FROM recoveries r JOIN cases c ON c.id = r.case_id
       WHERE ($1::uuid IS NULL OR r.id < $1) AND ($3::text IS NULL OR r.state = $3) AND ($4::uuid IS NULL OR r.case_id = $4) ORDER BY r.id DESC LIMIT $2`,
      [afterId(cursor), limit + 1, wanted ?? null, caseId ?? null],
    );
    if (actor.role === 'maker' && rows.some((row) => row.state === 'due')) setImmediate(prepareLetters);
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

  @Post(':id/demand')
  @HttpCode(200)
  @Operation({
    summary: { zh: '发出追回通知（生成通知书）', en: 'Demand repayment: the letter is written and kept with the case' },
    answer: accepted,
    problems: [...doorProblems, 'calendar-not-published'],
  })
  async demand(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: demand }) { amountFen }: z.infer<typeof demand>,
  ) {
    return this.answered(actor, id, await demandRepayment(this.house, actor, { recoveryId: id, amountFen, ...key }));
  }

  @Post(':id/instalments')
  @HttpCode(200)
  @Operation({
    summary: { zh: '提出或复核分期退还', en: 'Propose instalments, or confirm those somebody else proposed' },
    answer: accepted,
    problems: doorProblems,
  })
  async spread(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: instalments }) body: z.infer<typeof instalments>,
  ) {
    const type = 'recovery.instalmentsAgreed';
    return this.change(actor, id, key, type, 'proposal' in body ? body : { data: { instalments: body.instalments }, ...body });
  }

  @Post(':id/write-off')
  @HttpCode(200)
  @Operation({
    summary: { zh: '提出或复核核销', en: 'Propose a write-off, or confirm one somebody else proposed' },
    answer: accepted,
    problems: doorProblems,
  })
  async writeOff(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: writeOff }) body: z.infer<typeof writeOff>,
  ) {
    const type = 'recovery.writtenOff';
    return this.change(actor, id, key, type, 'proposal' in body ? body : { data: { amountFen: body.amountFen }, ...body });
  }

  private async change(
    actor: Actor,
    recoveryId: string,
    key: CommandKey,
    type: 'recovery.instalmentsAgreed' | 'recovery.writtenOff',
    said: { proposal: number } | { data: Readonly<Record<string, unknown>>; reason: string; cite: string },
  ) {
    const asked = { recoveryId, ...key };
    const answer =
      'proposal' in said
        ? await confirmForRecovery(this.house, actor, asked, type, said.proposal)
        : await proposeForRecovery(this.house, actor, asked, { type, data: said.data, reason: said.reason, cite: said.cite });
    return this.answered(actor, recoveryId, answer);
  }

  private async answered(actor: Actor, recoveryId: string, answer: Answer) {
    if (answer.ok) return answer;
    const [row] = await this.house.database.read<{ caseId: string }>(actor, 'SELECT case_id AS "caseId" FROM recoveries WHERE id = $1', [
      recoveryId,
    ]);
    return acceptedOf(this.house, actor, found(row).caseId, answer);
  }
}
