import type { Actor } from '@tranche/database';
import type { Answer } from '../command.js';
import { dispatch, dispatchTogether } from '../dispatch.js';
import type { House } from '../house.js';
import { refuse } from '../refusal.js';
import { type Debt, debtSql, notPermitted, notPossible, type Paying, payingColumns, payingFrom } from './set-off-terms.js';

type Asked = { readonly recoveryId: string; readonly key: string; readonly requestSha256: string };

/** What is proposed: so many fen (decimal) of this debt are kept back of that payment, on a decision that is cited. */
export type SetOffWish = { readonly disbursementId: string; readonly amountFen: string; readonly reason: string; readonly cite: string };

/**
 * Proposes that an overdue or agreed debt is kept back of a payment of another case of the same payee, out of the same fund and not sent yet; another
 * person confirms it. Refused where the policy of either case has no clause that permits it.
 */
export async function proposeSetOff(house: House, actor: Actor, { recoveryId, ...request }: Asked, wish: SetOffWish): Promise<Answer> {
  const [debt] = await house.database.read<Debt>(actor, debtSql, [recoveryId]);
  const [paying] = await house.database.read<Paying>(actor, `SELECT ${payingColumns} ${payingFrom} WHERE d.id = $1`, [wish.disbursementId]);
  if (!debt || !paying) return unknown();
  const forbidden = notPermitted(house, debt, paying);
  if (forbidden) return refuse('set-off-not-permitted', forbidden.zh, forbidden.en);
  const impossible = notPossible(debt, paying, wish.amountFen);
  if (impossible) return refuse('set-off-not-possible', impossible.zh, impossible.en);
  const data = {
    setOff: house.newId(),
    amountFen: wish.amountFen,
    fund: paying.fundId,
    payingCase: paying.caseId,
    payment: paying.payment,
    disbursement: wish.disbursementId,
  };
  const said = { correction: { type: 'recovery.setOff', data }, reason: wish.reason, cite: wish.cite };
  return dispatch(house, actor, { caseId: debt.caseId, type: 'correction.proposed', data: said, cause: 'http', ...request });
}

type Said = { setOff: string; amountFen: string; fund: string; payingCase: string; payment: string; disbursement: string };

/**
 * Confirms what somebody else proposed: the case of the debt hears `recovery.setOff` and the case of the payment `payment.setOff` in one
 * transaction, both or neither. What had been asked for is called back; the rest is asked for anew.
 */
export async function confirmSetOff(house: House, actor: Actor, { recoveryId, ...request }: Asked, proposal: number): Promise<Answer> {
  const [row] = await house.database.read<{ caseId: string; data: Said }>(
    actor,
    `SELECT e.case_id AS "caseId", e.data #> '{correction,data}' AS data FROM recoveries r JOIN case_events e ON e.case_id = r.case_id
     WHERE r.id = $1 AND e.seq = $2 AND e.type = 'correction.proposed' AND e.data #>> '{correction,type}' = 'recovery.setOff'`,
    [recoveryId, proposal],
  );
  if (!row) return unknown();
  const { setOff, amountFen, fund, payment, payingCase } = row.data;
  const [answer] = await dispatchTogether(house, actor, [
    { caseId: row.caseId, type: 'recovery.setOff', data: { ...row.data, proposal }, cause: 'http', ...request },
    {
      caseId: payingCase,
      type: 'payment.setOff',
      data: { payment, amountFen, fund, setOff, debtorCase: row.caseId },
      cause: 'http',
      key: `${request.key}:payment`,
      requestSha256: request.requestSha256,
    },
  ]);
  if (!answer) throw new Error('dispatchTogether answered nothing');
  return answer;
}

const unknown = (): Answer =>
  refuse(
    'not-found',
    '没有这笔追回、拨付或建议，或不属于您可见的范围。',
    'There is no such recovery, disbursement or proposal that you may see.',
  );
