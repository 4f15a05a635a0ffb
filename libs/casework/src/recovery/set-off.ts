import type { Actor } from '@tranche/database';
import type { Policy } from '@tranche/policies';
import type { Answer } from '../command.js';
import { dispatch, dispatchTogether } from '../dispatch.js';
import type { House } from '../house.js';
import { type Refused, refuse } from '../refusal.js';

type Asked = { readonly recoveryId: string; readonly key: string; readonly requestSha256: string };

/** What is proposed: so many fen (decimal) of this debt are kept back of that payment, on a decision that is cited. */
export type SetOffWish = { readonly disbursementId: string; readonly amountFen: string; readonly reason: string; readonly cite: string };

type Pinned = { policyId: string; policyVersion: string; jurisdiction: string };
type Debt = Pinned & { caseId: string; caseNo: string; organisationId: string; district: string };
type Paying = Debt & { payment: string; fundId: string; fundShares: string | null; amountFen: string; state: string };

/**
 * Proposes that an overdue or agreed debt is kept back of a payment of another case of the same payee, out of the same fund and not sent yet; another
 * person confirms it. Refused where the policy of either case has no clause that permits it.
 */
export async function proposeSetOff(house: House, actor: Actor, { recoveryId, ...request }: Asked, wish: SetOffWish): Promise<Answer> {
  const [debt] = await house.database.read<Debt>(actor, debtSql, [recoveryId]);
  const [paying] = await house.database.read<Paying>(actor, payingSql, [wish.disbursementId]);
  if (!debt || !paying) return unknown();
  const impossible = notPermitted(house, debt, paying) ?? notPossible(debt, paying, wish.amountFen);
  if (impossible) return impossible;
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

const pinned = `c.id AS "caseId", c.case_no AS "caseNo", c.policy_id AS "policyId", c.policy_version AS "policyVersion", c.jurisdiction,
  c.organisation_id AS "organisationId", c.district`;
const debtSql = `SELECT ${pinned} FROM recoveries r JOIN cases c ON c.id = r.case_id WHERE r.id = $1`;
const payingSql = `SELECT ${pinned}, d.payment, d.fund_id AS "fundId", d.fund_shares AS "fundShares", d.amount_fen::text AS "amountFen", d.state
  FROM disbursements d JOIN cases c ON c.id = d.case_id WHERE d.id = $1`;

const unknown = (): Answer =>
  refuse(
    'not-found',
    '没有这笔追回、拨付或建议，或不属于您可见的范围。',
    'There is no such recovery, disbursement or proposal that you may see.',
  );

/** The policies of both cases must say it: the one takes what the other promised. */
function notPermitted(house: House, debt: Debt, paying: Paying): Refused | null {
  const silent = [debt, paying].map((each) => house.policies.of(each).policy).find(({ plan }) => plan.recovery?.setOff === undefined);
  return silent === undefined ? null : noClause(silent);
}

const noClause = ({ title, cite }: Policy): Refused =>
  refuse(
    'set-off-not-permitted',
    `“${title.zh}”（${cite.doc}）没有任何条款允许抵扣；应付款照付，应退款另行追回。`,
    `No clause of "${title.en}" (${cite.doc}) permits a set-off: what is earned is paid, what is owed is recovered by itself.`,
  );

function notPossible(debt: Debt, paying: Paying, amountFen: string): Refused | null {
  const no = (zh: string, en: string): Refused => refuse('set-off-not-possible', `不能抵扣：${zh}。`, `It cannot be set off: ${en}.`);
  if (debt.caseId === paying.caseId)
    return no('同一案件内多付的款项自动从以后的应付中扣减', 'within one case what was overpaid lessens what is payable by itself');
  if (debt.organisationId !== paying.organisationId || debt.district !== paying.district)
    return no('不是同一收款方或不在同一地区', 'it is another payee, or another district');
  if (paying.state !== 'requested') return no('该拨付已提交银行或已不待付', 'the payment was sent already, or waits no more');
  if (paying.fundShares !== null) return no('该拨付由多项资金共同承担', 'several funds bear the payment together');
  return BigInt(amountFen) > BigInt(paying.amountFen)
    ? no(`抵扣额不得超过该笔拨付 ${paying.amountFen} 分`, `not more than the payment of ${paying.amountFen} fen`)
    : null;
}
