// `tranche policy check`: looks at the machines of a policy, or of all, within declared bounds: a thread per core, one form of machine after another.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dateOf } from '@tranche/calendar';
import { handledEffects } from '@tranche/casework';
import { byShape, type KeptCheck } from '@tranche/checker';
import { type CaseMachine, caseMachine } from '@tranche/machines';
import { policies } from '@tranche/policies';
import { type Language, speaker, text } from '../terminal/language.js';
import type { Output } from './assess.js';
import type { Version } from './check-form.js';
import { checkForms } from './check-threads.js';

export type CheckOptions = { readonly exhaustive?: boolean; readonly keep?: boolean; readonly lang: Language };

/** What the last check of each version found: read by the api, written by `--keep`. */
const keptFile = fileURLToPath(new URL('../../../../libs/policies/checked.json', import.meta.url));

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
  const { exhaustive = false, keep = false, lang } = options;
  const on = dateOf(Date.now());
  const found: KeptCheck[] = [];
  const questions = forms.map((alike) => ({ versions: alike.map(versionOf), handlers: handledEffects, exhaustive, lang, on }));
  let code = 0;
  for await (const { report, broken, kept } of checkForms(questions, forms.map(sizeOf))) {
    out(`${report}\n`);
    found.push(...kept);
    if (broken) code = 1;
  }
  if (keep) keepChecks(found);
  return code;
}

/** Puts what was found in the place of what was known of the same versions. */
function keepChecks(found: readonly KeptCheck[]): void {
  const nameOf = ({ id, jurisdiction, version }: KeptCheck): string => `${id} ${jurisdiction} ${version}`;
  const known = existsSync(keptFile) ? (JSON.parse(readFileSync(keptFile, 'utf8')) as KeptCheck[]) : [];
  const all = new Map([...known, ...found].map((each) => [nameOf(each), each]));
  const lines = [...all.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => JSON.stringify(each));
  writeFileSync(keptFile, `[\n${lines.join(',\n')}\n]\n`);
}

const versionOf = ({ policy: { id, jurisdiction, version } }: CaseMachine): Version => ({ id, jurisdiction, version });
/** The more regions and event types, the more situations. */
const sizeOf = ([machine]: readonly CaseMachine[]): number => machine!.regions.length * machine!.types.length;
