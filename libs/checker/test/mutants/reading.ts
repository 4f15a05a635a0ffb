import type { Arrow, CaseContext, Rules } from '@tranche/machines';

export const why = { zh: '变异', en: 'mutant' };
export const fen = (amount: string | null | undefined): bigint => BigInt(amount ?? '0');
export const sum = (amounts: readonly string[]): bigint => amounts.reduce((total, amount) => total + fen(amount), 0n);
export const paid = (context: CaseContext): bigint =>
  sum(Object.values(context.payments).flatMap(({ settled }) => settled.map(({ amountFen }) => amountFen)));
export const recovered = (context: CaseContext): bigint => sum(context.recovered.map(({ amountFen }) => amountFen));
export const isVoid = (context: CaseContext): boolean => context.entitledBy === -1;
export const recalls = ({ does = [] }: Arrow): boolean => does.some(({ type }) => type === 'cancelDisbursement');
export const one = <T>(record: Readonly<Record<string, T>>, name: string): T => {
  const found = record[name];
  if (found === undefined) throw new Error(`nothing is called ${name}`);
  return found;
};

/** A request for whatever `amount` says, never called back for being too much. */
export const asking =
  (wanted: (context: CaseContext, payment: string, was: string) => bigint) =>
  (rules: Rules): Rules => {
    const request = one(rules.updates, 'request');
    return {
      ...rules,
      guards: { ...rules.guards, overdrawn: { ...one(rules.guards, 'overdrawn'), holds: () => false } },
      updates: {
        ...rules.updates,
        request: (context, event, params, policy) => {
          const id = params['payment'] ?? '';
          const changed = { ...context, ...request(context, event, params, policy) };
          const payment = one(changed.payments, id);
          return { payments: { ...changed.payments, [id]: { ...payment, pendingFen: String(wanted(context, id, payment.pendingFen)) } } };
        },
      },
    };
  };
