import type { Actor } from '@tranche/database';
import { type CaseSnapshot, setOffRoom } from '@tranche/machines';
import { least, sum } from '@tranche/money';
import type { Cite, Text } from '@tranche/policies';
import type { House } from '../house.js';
import {
  type Debt,
  debtColumns,
  noClause,
  notPermitted,
  notPossible,
  otherFund,
  type Paying,
  payingColumns,
  payingFrom,
} from './set-off-terms.js';

/** A payment of another case of the same payee that is asked for and not sent yet. */
export type SetOffChoice = {
  readonly disbursementId: string;
  readonly caseId: string;
  readonly caseNo: string;
  readonly policyTitle: Text;
  readonly payment: string;
  readonly label: Text;
  readonly fundCode: string;
  readonly fiscalYear: number;
  readonly amountFen: string;
  /** the most that may be kept back of it now; zero where `refusal` says why */
  readonly mostFen: string;
  /** the clause of this payment's policy; null where it has none */
  readonly cite: Cite | null;
  readonly refusal: Text | null;
};

export type SetOffChoices = {
  /** why nothing at all may be set off now; null: `payments` says what may */
  readonly barred: Text | null;
  /** the clause of the debt's own policy; null where it has none */
  readonly cite: Cite | null;
  /** what of the debt may be set off now, over all its funds */
  readonly openFen: string;
  /** the first `mostShown`, those out of the same fund and year first */
  readonly payments: readonly SetOffChoice[];
};

export const mostShown = 50;

type Owing = Debt & { snapshot: CaseSnapshot };
type Candidate = Paying & { fundCode: string; fiscalYear: number };

/** Of which payments this debt could be kept back, each with its clause or with the reason why not; null where there is no such recovery. */
export async function setOffChoices(house: House, actor: Actor, recoveryId: string): Promise<SetOffChoices | null> {
  const [debt] = await house.database.read<Owing>(
    actor,
    `SELECT ${debtColumns}, c.snapshot FROM recoveries r JOIN cases c ON c.id = r.case_id WHERE r.id = $1`,
    [recoveryId],
  );
  if (debt === undefined) return null;
  const { policy, machine } = house.policies.of(debt);
  const room = setOffRoom(machine, debt.snapshot);
  if (!room.ok) {
    const barred = room.why === 'no-clause' ? noClause(policy) : barredFor[room.why];
    return { barred, cite: policy.plan.recovery?.setOff?.cite ?? null, openFen: '0', payments: [] };
  }
  const open = new Map(room.funds.map(({ fund, openFen }) => [fund, openFen]));
  const rows = await house.database.read<Candidate>(actor, candidatesSql, [
    debt.organisationId,
    debt.district,
    debt.caseId,
    [...open.keys()],
  ]);
  return {
    barred: null,
    cite: room.cite,
    openFen: String(sum([...open.values()])),
    payments: rows.map((row) => choiceOf(house, debt, row, open.get(row.fundId) ?? 0n)),
  };
}

const barredFor: Readonly<Record<'nothing-owed' | 'not-yet-overdue', Text>> = {
  'nothing-owed': { zh: '已无应退款项，无需抵扣。', en: 'Nothing is owed any more: there is nothing to set off.' },
  'not-yet-overdue': {
    zh: '退款期限未过，也未达成分期：此前只能由对方自行退回，不得抵扣。',
    en: 'The time for repayment is still running and no instalments are agreed: until then it is repaid, not set off.',
  },
};

const candidatesSql = `SELECT ${payingColumns}, f.code AS "fundCode", f.fiscal_year AS "fiscalYear" ${payingFrom} JOIN funds f ON f.id = d.fund_id
  WHERE d.organisation_id = $1 AND d.district = $2 AND d.case_id <> $3 AND d.state = 'requested'
  ORDER BY d.fund_id = ANY ($4::uuid[]) DESC, d.id LIMIT ${mostShown}`;

function choiceOf(house: House, debt: Debt, row: Candidate, openFen: bigint): SetOffChoice {
  const { policy, machine } = house.policies.of(row);
  const refused = notPermitted(house, debt, row) ?? notPossible(debt, row, '0') ?? (openFen > 0n ? null : otherFund);
  return {
    disbursementId: row.disbursementId,
    caseId: row.caseId,
    caseNo: row.caseNo,
    policyTitle: policy.title,
    payment: row.payment,
    label: machine.regions.find(({ id }) => id === row.payment)?.label ?? { zh: row.payment, en: row.payment },
    fundCode: row.fundCode,
    fiscalYear: row.fiscalYear,
    amountFen: row.amountFen,
    mostFen: refused === null ? String(least(BigInt(row.amountFen), openFen)) : '0',
    cite: policy.plan.recovery?.setOff?.cite ?? null,
    refusal: refused,
  };
}
