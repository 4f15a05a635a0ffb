import type { Policy, Text } from '@tranche/policies';
import type { House } from '../house.js';

type Pinned = { policyId: string; policyVersion: string; jurisdiction: string };
/** The case of a debt that may be set off. */
export type Debt = Pinned & { caseId: string; caseNo: string; organisationId: string; district: string };
/** A payment a debt may be kept back of. */
export type Paying = Debt & {
  disbursementId: string;
  payment: string;
  fundId: string;
  fundShares: string | null;
  amountFen: string;
  state: string;
  held: boolean;
};

const pinned = `c.id AS "caseId", c.case_no AS "caseNo", c.policy_id AS "policyId", c.policy_version AS "policyVersion", c.jurisdiction,
  c.organisation_id AS "organisationId", c.district`;
export const debtSql = `SELECT ${pinned} FROM recoveries r JOIN cases c ON c.id = r.case_id WHERE r.id = $1`;
export const debtColumns = pinned;
export const payingColumns = `${pinned}, d.id AS "disbursementId", d.payment, d.fund_id AS "fundId", d.fund_shares AS "fundShares", d.amount_fen::text AS "amountFen",
  d.state, c.standing = 'held' AS held`;
export const payingFrom = 'FROM disbursements d JOIN cases c ON c.id = d.case_id';

/** The policies of both cases must say it: the one takes what the other promised. Null where both do. */
export function notPermitted(house: House, debt: Debt, paying: Debt): Text | null {
  const silent = [debt, paying].map((each) => house.policies.of(each).policy).find(({ plan }) => plan.recovery?.setOff === undefined);
  return silent === undefined ? null : noClause(silent);
}

/** No clause, no set-off: the policy is named with its document. */
export const noClause = ({ title, cite }: Policy): Text => ({
  zh: `“${title.zh}”（${cite.doc}）没有任何条款允许抵扣；应付款照付，应退款另行追回。`,
  en: `No clause of "${title.en}" (${cite.doc}) permits a set-off: what is earned is paid, what is owed is recovered by itself.`,
});

const no = (zh: string, en: string): Text => ({ zh: `不能抵扣：${zh}。`, en: `It cannot be set off: ${en}.` });

/** Two cases of one payee, and a payment that is asked for and not sent, out of one fund; not more than the payment. Null where it is. */
export function notPossible(debt: Debt, paying: Paying, amountFen: string): Text | null {
  if (debt.caseId === paying.caseId)
    return no('同一案件内多付的款项自动从以后的应付中扣减', 'within one case what was overpaid lessens what is payable by itself');
  if (debt.organisationId !== paying.organisationId || debt.district !== paying.district)
    return no('不是同一收款方或不在同一地区', 'it is another payee, or another district');
  if (paying.state !== 'requested') return no('该拨付已提交银行或已不待付', 'the payment was sent already, or waits no more');
  if (paying.held) return no('该案件已暂停付款', 'the case of the payment is on hold');
  if (paying.fundShares !== null) return no('该拨付由多项资金共同承担', 'several funds bear the payment together');
  return BigInt(amountFen) > BigInt(paying.amountFen)
    ? no(`抵扣额不得超过该笔拨付 ${paying.amountFen} 分`, `not more than the payment of ${paying.amountFen} fen`)
    : null;
}

/** A fund is one source of money of one district and one year: a debt out of another is not netted with this payment. */
export const otherFund: Text = no('不是同一资金、同一预算年度的款项', 'it is out of another fund, or another budget year');
