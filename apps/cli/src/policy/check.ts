// `tranche policy check`: looks at the machines of a policy, or of all, within declared bounds: a thread per core, one form of machine after another.

import { handledEffects } from '@tranche/casework';
import { byShape } from '@tranche/checker';
import { type CaseMachine, caseMachine } from '@tranche/machines';
import { policies } from '@tranche/policies';
import { type Language, speaker, text } from '../terminal/language.js';
import type { Output } from './assess.js';
import type { Version } from './check-form.js';
import { checkForms } from './check-threads.js';

export type CheckOptions = { readonly exhaustive?: boolean; readonly lang: Language };

/** Checks every version of one policy, or of all; machines of one form are explored once. Answers the exit code: 1 when a rule does not hold or there is no such policy. */
export async function checkPolicies(id: string | undefined, options: CheckOptions, { out, err }: Output): Promise<number> {
  const chosen = policies().filter((policy) => id === undefined || policy.id === id);
  if (chosen.length === 0) {
    err(
      speaker(options.lang)(
        text(`没有编号为 ${id} 的政策：请用 tranche policy list 查看。`, `There is no policy ${id}: see tranche policy list.`),
      ),
    );
    return 1;
  }
  const forms = byShape(chosen.map((policy) => caseMachine(policy)));
  const { exhaustive = false, lang } = options;
  const questions = forms.map((alike) => ({ versions: alike.map(versionOf), handlers: handledEffects, exhaustive, lang }));
  let code = 0;
  for await (const { report, broken } of checkForms(questions, forms.map(sizeOf))) {
    out(`${report}\n`);
    if (broken) code = 1;
  }
  return code;
}

const versionOf = ({ policy: { id, jurisdiction, version } }: CaseMachine): Version => ({ id, jurisdiction, version });
/** The more regions and event types, the more situations. */
const sizeOf = ([machine]: readonly CaseMachine[]): number => machine!.regions.length * machine!.types.length;
