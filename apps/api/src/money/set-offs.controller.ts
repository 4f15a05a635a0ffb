import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { confirmSetOff, type House, proposeSetOff, setOffChoices } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { cataloguedFund } from '@tranche/policies';
import { z } from 'zod';
import { accepted, acceptedOf } from '../cases/accepted.js';
import { policyColumns, withLabel } from '../cases/payment-label.js';
import { cite, date, fen, type IdPath, idPath, line, positiveFen, text, uuid } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { found } from '../http/outcome.js';
import { HOUSE } from '../ports.js';

const wish = z
  .union([
    z.strictObject({ disbursementId: uuid, amountFen: positiveFen, reason: line(1000), cite: line(500) }),
    z.strictObject({ proposal: z.int().min(1) }),
  ])
  .meta({ id: 'RecoverySetOff' });

const choice = z
  .object({
    disbursementId: uuid,
    caseId: uuid,
    caseNo: z.string(),
    policyTitle: text,
    payment: z.string(),
    label: text,
    /** its fund and year: a debt is kept back only of what comes out of the very fund it was paid from */
    fund: z.object({ code: z.string(), name: text, fiscalYear: z.int() }),
    amountFen: positiveFen,
    /** the most that may be kept back of it now; 0 where `refusal` says why */
    mostFen: fen,
    /** the clause of the payment's own policy, where it has one */
    cite: cite.nullable(),
    refusal: text.nullable(),
  })
  .meta({ id: 'SetOffChoice' });

const setOff = z
  .object({
    id: uuid,
    payingCaseId: uuid,
    payingCaseNo: z.string(),
    payment: z.string(),
    label: text,
    amountFen: positiveFen,
    on: date,
    /** active; restoring: the payment failed or came back and the debt is about to hear of it; restored: owed again */
    state: z.enum(['active', 'restoring', 'restored']),
    endedOn: date.nullable(),
  })
  .meta({ id: 'SetOff' });
type SetOffRow = Omit<z.infer<typeof setOff>, 'label'> & { policyId: string; policyVersion: string; jurisdiction: string };

const setOffs = z
  .object({
    /** why nothing at all may be set off now: no clause, nothing owed, or its time is still running */
    barred: text.nullable(),
    cite: cite.nullable(),
    openFen: fen,
    payments: z.array(choice),
    setOffs: z.array(setOff),
  })
  .meta({ id: 'RecoverySetOffs' });

/** 抵扣: a debt kept back of what the same payee earned in another case, where the policies of both permit it (ADR 0015). */
@Controller('api/v1/recoveries')
export class SetOffsController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get(':id/set-offs')
  @Operation({
    summary: {
      zh: '可抵扣的应付款与已抵扣的记录',
      en: 'Payments this debt could be kept back of, under which clause, and what was kept back before',
    },
    answer: setOffs,
  })
  async list(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    const [choices, done] = await Promise.all([
      setOffChoices(this.house, actor, id),
      this.house.database.read<SetOffRow>(
        actor,
        `SELECT ${policyColumns}, s.id, s.paying_case_id AS "payingCaseId", c.case_no AS "payingCaseNo", s.payment, s.amount_fen::text AS "amountFen", s.on_date AS "on",
           s.state, s.ended_on AS "endedOn"
         FROM set_offs s JOIN cases c ON c.id = s.paying_case_id WHERE s.recovery_id = $1 ORDER BY s.recorded_at, s.id`,
        [id],
      ),
    ]);
    const { payments, ...told } = found(choices ?? undefined);
    return {
      ...told,
      payments: payments.map(({ fundCode, fiscalYear, ...each }) => ({ ...each, fund: { ...fundOf(fundCode), fiscalYear } })),
      setOffs: done.map((row) => withLabel(this.house, row)),
    };
  }

  @Post(':id/set-offs')
  @HttpCode(200)
  @Operation({
    summary: {
      zh: '提出或复核以另案应付款抵扣',
      en: 'Propose to keep the debt back of a payment of another case, or confirm what somebody else proposed',
    },
    answer: accepted,
    problems: ['event-not-allowed', 'data-invalid', 'role-not-allowed', 'case-changed', 'set-off-not-permitted', 'set-off-not-possible'],
  })
  async propose(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: wish }) body: z.infer<typeof wish>,
  ) {
    const asked = { recoveryId: id, ...key };
    const answer =
      'proposal' in body
        ? await confirmSetOff(this.house, actor, asked, body.proposal)
        : await proposeSetOff(this.house, actor, asked, body);
    if (answer.ok) return answer;
    const [row] = await this.house.database.read<{ caseId: string }>(actor, 'SELECT case_id AS "caseId" FROM recoveries WHERE id = $1', [
      id,
    ]);
    return acceptedOf(this.house, actor, found(row).caseId, answer);
  }
}

const fundOf = (code: string) => ({ code, name: cataloguedFund(code)?.name ?? { zh: code, en: code } });
