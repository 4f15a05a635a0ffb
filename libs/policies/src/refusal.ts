import type { Cite, Text } from './policy.js';

/** Why an input was not taken: an expected answer, never thrown. `field` names the place, such as `enrolled[0].count`. */
export type PolicyRefusal = {
  readonly ok: false;
  readonly code:
    | 'fact-unknown'
    | 'fact-misplaced'
    | 'fact-missing'
    | 'fact-type'
    | 'fact-choice'
    | 'fact-text'
    | 'fact-negative'
    | 'fact-huge'
    | 'date-malformed'
    | 'date-outside-versions'
    | 'parameter-unknown'
    | 'parameter-missing'
    | 'parameter-fixed'
    | 'parameter-value'
    | 'parameter-unsupported'
    | 'jurisdiction-unknown'
    | 'policy-unknown'
    | 'period-malformed'
    | 'claim-unknown';
  readonly field: string;
  readonly message: Text;
  /** what in the policy depends on the refused fact */
  readonly readers?: readonly { readonly kind: string; readonly id: string; readonly label: Text; readonly cite: Cite }[];
};

/** Builds a refusal; the texts say what happened and what would be accepted. */
export const refuse = (code: PolicyRefusal['code'], field: string, zh: string, en: string): PolicyRefusal =>
  Object.freeze({ ok: false, code, field, message: Object.freeze({ zh, en }) });
