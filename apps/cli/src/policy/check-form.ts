// One form of machine, checked: what a thread does, and what the process does itself where there is only one form.

import { checkMachine, exhaustiveOf, type KeptCheck, keptOf, reportText, scopesOf } from '@tranche/checker';
import { type CaseMachine, caseMachine } from '@tranche/machines';
import { type Policy, policies } from '@tranche/policies';
import type { Language } from '../terminal/language.js';

/** A version of a policy, by name: machines hold functions and cannot be sent to a thread. */
export type Version = Pick<Policy, 'id' | 'jurisdiction' | 'version'>;
/** Machines of one form, the first of which is explored. */
export type FormQuestion = {
  readonly versions: readonly Version[];
  /** kinds of effect that somebody carries out */
  readonly handlers: readonly string[];
  readonly exhaustive: boolean;
  readonly lang: Language;
  /** the day of the check */
  readonly on: string;
};
export type FormAnswer = { readonly report: string; readonly broken: boolean; readonly kept: readonly KeptCheck[] };

/** Throws where there is no such version. */
export function checkForm({ versions, handlers, exhaustive, lang, on }: FormQuestion): FormAnswer {
  const [machine, ...alike] = versions.map(machineOf);
  const scopes = exhaustive ? exhaustiveOf : scopesOf;
  const result = checkMachine(machine!, {
    handlers,
    alike,
    scopes: scopes(machine!.policy),
    clock: () => performance.now(),
  });
  return { report: reportText(result, lang), broken: result.found !== null, kept: keptOf(result, on) };
}

function machineOf({ id, jurisdiction, version }: Version): CaseMachine {
  const policy = policies().find((one) => one.id === id && one.jurisdiction === jurisdiction && one.version === version);
  if (!policy) throw new Error(`no policy ${id} ${jurisdiction} ${version}`);
  return caseMachine(policy);
}
