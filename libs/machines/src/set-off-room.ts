import { fundsIn, openInFundFen } from '@tranche/ledger';
import type { Cite } from '@tranche/policies';
import type { CaseSnapshot } from './advance.js';
import type { CaseMachine } from './case-machine.js';
import { standingOf } from './money-standing.js';
import { contextOf } from './snapshot.js';

/** How much of a debt may be kept back of payments of other cases now, by the row of the fund it was paid from; or why nothing may. */
export type SetOffRoom =
  | { readonly ok: true; readonly cite: Cite; readonly funds: readonly { readonly fund: string; readonly openFen: bigint }[] }
  | { readonly ok: false; readonly why: 'no-clause' | 'nothing-owed' | 'not-yet-overdue' };

/** The same conditions the machine holds a set-off to: a clause, an open debt that is overdue or agreed, and what is open in each fund. */
export function setOffRoom({ policy }: CaseMachine, snapshot: CaseSnapshot): SetOffRoom {
  const context = contextOf(snapshot);
  const { open, step } = context.recovery;
  const cite = policy.plan.recovery?.setOff?.cite;
  if (cite === undefined) return { ok: false, why: 'no-clause' };
  if (!open) return { ok: false, why: 'nothing-owed' };
  if (step === undefined || step === 'demanded') return { ok: false, why: 'not-yet-overdue' };
  const standing = standingOf(policy, context);
  const funds = new Set(standing.payments.flatMap(({ fund }) => fundsIn(fund)));
  return {
    ok: true,
    cite,
    funds: [...funds].map((fund) => ({ fund, openFen: openInFundFen(standing, fund) })).filter(({ openFen }) => openFen > 0n),
  };
}
