import type { PaymentStanding, Standing } from '@tranche/ledger';
import type { Policy } from '@tranche/policies';
import { type CaseContext, paymentIdsIn, paymentOf } from './context.js';
import { fen, recoveredFen } from './sums.js';

/** A case's money as the ledger reads it: payments that ever had a fund, in plan order, and what came back on each. */
export function standingOf(policy: Policy, context: CaseContext): Standing {
  return {
    payments: paymentIdsIn(policy, context).flatMap((id) => rowsOf(context, id)),
    entitledFen: context.entitledFen === null ? null : fen(context.entitledFen),
    recoveredFen: recoveredFen(context),
    writtenOffFen: fen(context.writtenOffFen),
    recoveryOpen: context.recovery.open,
  };
}

const none: readonly PaymentStanding[] = [];

/** One row per fund the payment was ever drawn from, as long as money stands on it; the fund asked last comes last. */
function rowsOf(context: CaseContext, payment: string): readonly PaymentStanding[] {
  const { fund, pendingFen, sentFen, settled } = paymentOf(context, payment);
  if (fund === null && settled.length === 0 && context.recovered.length === 0) return none;
  const recovered = context.recovered.filter((part) => part.payment === payment);
  const funds = [...settled, ...recovered].map((part) => part.fund).filter((earlier) => earlier !== fund);
  return [...new Set([...funds, ...(fund === null ? [] : [fund])])].map((of) => ({
    payment,
    fund: of,
    pendingFen: of === fund ? fen(pendingFen) : 0n,
    sentFen: of === fund ? fen(sentFen) : 0n,
    paidFen: sumOf(settled.filter((part) => part.fund === of)),
    recoveredFen: sumOf(recovered.filter((part) => part.fund === of)),
    ...notByBank(sumOf(settled.filter((part) => part.setOff && part.fund === of)) - setOffFen(context, payment, of)),
  }));
}

const notByBank = (fenOf: bigint): Pick<PaymentStanding, 'setOffFen'> => (fenOf === 0n ? {} : { setOffFen: fenOf });

/** What payments of other cases were kept back for, of what is owed on this payment and fund. */
export const setOffFen = ({ setOffs }: CaseContext, payment: string, fund: string): bigint =>
  setOffs === undefined
    ? 0n
    : sumOf(Object.values(setOffs).flatMap((parts) => parts.filter((part) => part.payment === payment && part.fund === fund)));

const sumOf = (parts: readonly { readonly amountFen: string }[]): bigint => parts.reduce((sum, part) => sum + fen(part.amountFen), 0n);
