import type { Cite } from '@tranche/policies';
import type { RetoldStep } from '../audit/retell.js';
import type { CasePolicy } from '../case-policies.js';

type Undone = { readonly seq: number; readonly on: string; readonly type: string };

/** A debt kept back of a payment, as the events of this case tell it from their side. */
export type PacketSetOff = {
  readonly id: string;
  /** `payment`: less was transferred here, for a debt of the other case; `debt`: what was owed here was kept back there */
  readonly side: 'debt' | 'payment';
  readonly otherCaseId: string;
  /** the payment it was kept back of, of this case or of the other one */
  readonly payment: string;
  readonly fundId: string;
  readonly amountFen: string;
  readonly on: string;
  /** the clause of this case's policy that permits it */
  readonly cite: Cite | null;
  /** the event by which the payment failed or came back, or by which the debt was owed again; null while it stands */
  readonly undone: Undone | null;
};

type Said = { readonly [name: string]: unknown };
const word = (data: Said, name: string): string => String(data[name] ?? '');

/** What the events say of set-offs, in the order in which they were agreed on. */
export function setOffsTold({ policy }: CasePolicy, steps: readonly RetoldStep[]): PacketSetOff[] {
  const cite = policy.plan.recovery?.setOff?.cite ?? null;
  const told = new Map<string, PacketSetOff>();
  for (const { seq, event, effects } of steps) {
    const { type, on, data } = event;
    const side = sides[type];
    if (side !== undefined)
      told.set(word(data, 'setOff'), {
        id: word(data, 'setOff'),
        side,
        otherCaseId: word(data, side === 'debt' ? 'payingCase' : 'debtorCase'),
        payment: word(data, 'payment'),
        fundId: word(data, 'fund'),
        amountFen: word(data, 'amountFen'),
        on,
        cite,
        undone: null,
      });
    const over = [
      ...effects.flatMap((effect) => (effect.kind === 'restoreDebt' ? [effect.setOff] : [])),
      ...(type === 'recovery.restored' ? [word(data, 'setOff')] : []),
    ];
    for (const id of over) {
      const before = told.get(id);
      if (before) told.set(id, { ...before, undone: { seq, on, type } });
    }
  }
  return [...told.values()];
}

const sides: Readonly<Record<string, PacketSetOff['side']>> = { 'recovery.setOff': 'debt', 'payment.setOff': 'payment' };

/** The row that joins both cases, as it stands. */
export type PacketSetOffRow = Omit<PacketSetOff, 'cite' | 'undone'> & {
  readonly otherCaseNo: string;
  readonly disbursementId: string;
  readonly state: string;
};

export const setOffRows = `SELECT s.id, CASE WHEN s.case_id = $1 THEN 'debt' ELSE 'payment' END AS side, c.id AS "otherCaseId", c.case_no AS "otherCaseNo", s.payment,
    s.disbursement_id AS "disbursementId", s.fund_id AS "fundId", s.amount_fen::text AS "amountFen", s.state, s.on_date AS "on"
  FROM set_offs s JOIN cases c ON c.id = CASE WHEN s.case_id = $1 THEN s.paying_case_id ELSE s.case_id END
  WHERE s.case_id = $1 OR (s.paying_case_id = $1 AND ($2::text IS NULL OR s.payment = $2)) ORDER BY s.id`;
