import { allocate } from '@tranche/money';
import { type Conditions, holds } from './conditions.js';
import type { Fund, Policy, Terms } from './policy.js';

/** Where a payment comes from: the funds to try in order, or the parts that make it up. */
export type FundPlan =
  | { readonly kind: 'inOrder'; readonly funds: readonly Fund[] }
  | { readonly kind: 'split'; readonly parts: readonly { readonly fund: Fund; readonly amountFen: string }[] };

/**
 * The funds of a payment of so many fen. Shares split it: each part is rounded down and the last fund takes the odd fen.
 * Throws when shares do not make up the whole, or a share has no value: such a policy must not pay.
 */
export function fundPlan(
  policy: Policy,
  { conditions, terms }: { readonly conditions: Conditions; readonly terms: Terms },
  amountFen: string,
): FundPlan {
  const funds = policy.funds.filter(({ when }) => holds(when, conditions) === true);
  const shares = funds.flatMap(({ share }) => (share === undefined ? [] : [share]));
  if (shares.length === 0) return { kind: 'inOrder', funds };
  if (shares.length !== funds.length) throw new Error(`${policy.id}: some funds have a share and some have none`);
  const parts = allocate(
    BigInt(amountFen),
    shares.map((key) => String(terms[key]?.value)),
  );
  return { kind: 'split', parts: funds.map((fund, at) => ({ fund, amountFen: String(parts[at]) })) };
}
