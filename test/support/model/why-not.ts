import type { ArrowName } from './arrow-names.js';

/** Reasons by the words of an arrow's own why, the first that fits. */
const reasons: readonly (readonly [why: RegExp, reason: string])[] = [
  [
    /^(More is owed than was paid|Facts were corrected: the amount|What is earned has changed|An earlier part of it was returned|The reason for cancelling it is gone)/,
    'needs an amount that a correction changes after it was fixed or paid: lived by the machine in its own tests, explored by the checker',
  ],
  [
    /^(Nothing is left to pay|Less is payable)/,
    'needs an amount that shrinks while a request waits: the worker and finance are quicker than the correction in these paths',
  ],
  [/^The term is used up/, 'needs as many claims as the term has months; the examples of the policy compute it'],
];

/** Arrows whose way is longer or rarer than what the search looks at. */
const far: ReadonlySet<string> = new Set([
  'attendance.imported',
  'notice.posted',
  'objection.rejected',
  'case.released',
  'always',
  'deadline.passed',
]);

/** Why an arrow was not walked from outside; null where nobody knows. `bankless`: budget is moved without a bank. */
export function whyNot({ arrow, event }: ArrowName, { bankless }: { readonly bankless: boolean }): string | null {
  if (arrow.safeguard) return 'kept against mistakes elsewhere: a sound plan never needs it';
  if (bankless && /^disbursement\.(failed|returned)$/.test(event)) return 'no bank is asked: what is booked neither fails nor comes back';
  if (/^(milestone|payment|disbursement)\./.test(event)) return 'belongs to a branch of the plan that the facts of the example do not take';
  const known = reasons.find(([why]) => why.test(arrow.why.en));
  return known?.[1] ?? (far.has(event) ? 'not met among the situations looked at: the way to it is long' : null);
}
