import type { PaymentStanding, Standing } from '@tranche/ledger';
import type { Policy } from '@tranche/policies';
import { type CaseContext, paymentIds, paymentOf } from './context.js';
import { fen, recoveredFen } from './sums.js';

/** A case's money as the ledger reads it: payments that ever had a fund, in plan order, and what came back on each. */
export function standingOf(policy: Policy, context: CaseContext): Standing {
  return {
    payments: paymentIds(policy).flatMap((id) => rowsOf(context, id)),
    entitledFen: context.entitledFen === null ? null : fen(context.entitledFen),
    recoveredFen: recoveredFen(context),
    writtenOffFen: fen(context.writtenOffFen),
    recoveryOpen: context.recovery.open,
  };
}

/** The row of its present fund, after rows of earlier funds on which something recovered still stands. */
function rowsOf(context: CaseContext, payment: string): readonly PaymentStanding[] {
  const { fund, pendingFen, sentFen, paidFen } = paymentOf(context, payment);
  if (fund === null) return [];
  const parts = context.recovered.filter((part) => part.payment === payment);
  const earlier = parts.filter((part) => part.fund !== fund);
  const own = parts.find((part) => part.fund === fund);
  return [
    ...earlier.map((part) => ({ payment, fund: part.fund, pendingFen: 0n, sentFen: 0n, paidFen: 0n, recoveredFen: fen(part.amountFen) })),
    {
      payment,
      fund,
      pendingFen: fen(pendingFen),
      sentFen: fen(sentFen),
      paidFen: fen(paidFen),
      recoveredFen: fen(own?.amountFen ?? '0'),
    },
  ];
}
