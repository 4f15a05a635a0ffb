import type { Entry, Flow, PaymentStanding, Standing } from '../src/index.js';

/** A payment's row with everything zero but what is named. */
export const row = (payment: string, fund: string, amounts: Partial<Omit<PaymentStanding, 'payment' | 'fund'>> = {}): PaymentStanding => ({
  payment,
  fund,
  pendingFen: 0n,
  sentFen: 0n,
  paidFen: 0n,
  recoveredFen: 0n,
  ...amounts,
});

/** A standing of these rows; the recovered total follows from them. */
export const standing = (
  payments: readonly PaymentStanding[],
  rest: Partial<Omit<Standing, 'payments' | 'recoveredFen'>> = {},
): Standing => ({
  payments,
  entitledFen: null,
  writtenOffFen: 0n,
  recoveryOpen: false,
  ...rest,
  recoveredFen: payments.reduce((total, { recoveredFen }) => total + recoveredFen, 0n),
});

const changes: Readonly<
  Record<Flow['kind'], Partial<Record<'pendingFen' | 'sentFen' | 'paidFen' | 'recoveredFen' | 'setOffFen', bigint>>>
> = {
  requested: { pendingFen: 1n },
  cancelled: { pendingFen: -1n },
  submitted: { pendingFen: -1n, sentFen: 1n },
  settled: { sentFen: -1n, paidFen: 1n },
  failed: { sentFen: -1n },
  returned: { paidFen: -1n },
  recovered: { recoveredFen: 1n },
  refunded: { recoveredFen: -1n },
  writtenOff: {},
  withheld: { paidFen: 1n, setOffFen: 1n },
  withheldUndone: { paidFen: -1n, setOffFen: -1n },
  setOff: { recoveredFen: 1n, setOffFen: -1n },
  setOffUndone: { recoveredFen: -1n, setOffFen: 1n },
};

/** The standing after the flows, by the plain meaning of each. */
export function afterFlows(before: Standing, flows: readonly Flow[]): Standing {
  const payments = before.payments.map((payment) => {
    const own = flows.filter((flow) => flow.payment === payment.payment && flow.fund === payment.fund);
    const moved = (of: 'pendingFen' | 'sentFen' | 'paidFen' | 'recoveredFen' | 'setOffFen'): bigint =>
      own.reduce((fen, flow) => fen + (changes[flow.kind][of] ?? 0n) * flow.amountFen, payment[of] ?? 0n);
    return {
      ...payment,
      pendingFen: moved('pendingFen'),
      sentFen: moved('sentFen'),
      paidFen: moved('paidFen'),
      recoveredFen: moved('recoveredFen'),
      setOffFen: moved('setOffFen'),
    };
  });
  const writtenOffFen = flows.reduce((fen, flow) => fen + (flow.kind === 'writtenOff' ? flow.amountFen : 0n), before.writtenOffFen);
  return standing(payments, { entitledFen: before.entitledFen, recoveryOpen: before.recoveryOpen, writtenOffFen });
}

/** Entries as `fund account amount`, easy to read in a test. */
export const written = (entries: readonly Entry[]): string[] =>
  entries.map(({ fund, account, amountFen }) => `${fund} ${account} ${amountFen}`);

/** A book of balances to post into. */
export class Balances {
  private readonly fens = new Map<string, bigint>();

  post(entries: readonly Entry[]): void {
    for (const { fund, account, amountFen } of entries) this.fens.set(`${fund} ${account}`, this.of(fund, account) + amountFen);
  }

  of(fund: string, account: string): bigint {
    return this.fens.get(`${fund} ${account}`) ?? 0n;
  }
}
