// `tranche policy check`: looks at the machine of a policy within declared bounds. Pure but for the clock that says how long it took.

import { handledEffects } from '@tranche/casework';
import { byShape, checkMachine, exhaustiveOf, reportText, scopesOf } from '@tranche/checker';
import { caseMachine } from '@tranche/machines';
import { policies } from '@tranche/policies';
import { type Language, speaker, text } from '../terminal/language.js';
import type { Output } from './assess.js';

export type CheckOptions = { readonly exhaustive?: boolean; readonly lang: Language };

/** Checks every version of one policy, or of all; machines of one form are explored once. Answers the exit code: 1 when a rule does not hold or there is no such policy. */
export function checkPolicies(id: string | undefined, options: CheckOptions, { out, err }: Output): number {
  const chosen = policies().filter((policy) => id === undefined || policy.id === id);
  if (chosen.length === 0) {
    err(
      speaker(options.lang)(
        text(`没有编号为 ${id} 的政策：请用 tranche policy list 查看。`, `There is no policy ${id}: see tranche policy list.`),
      ),
    );
    return 1;
  }
  const results = byShape(chosen.map((policy) => caseMachine(policy))).map(([machine, ...alike]) => {
    const { policy } = machine!;
    const result = checkMachine(machine!, {
      handlers: handledEffects,
      alike,
      scopes: options.exhaustive ? exhaustiveOf(policy) : scopesOf(policy),
      clock: () => performance.now(),
    });
    out(`${reportText(result, options.lang)}\n`);
    return result;
  });
  return results.some(({ found }) => found !== null) ? 1 : 0;
}
