import { type Facts, type Policy, type Stamp, stamp, type Terms } from '@tranche/policies';
import { periodIn } from './told-facts.js';

/** Terms that had moved when the event was told: a table read by period was raised, the end of a window was recorded. */
export const movedTerms = (data: Readonly<Record<string, unknown>>): Terms => (data['terms'] ?? {}) as Terms;

/**
 * What the rules say at an event: of the case, and of the period that the event claims, under the terms as they stood then. The same
 * when it is decided, verified and moved to another machine.
 */
export function stampEvent(
  policy: Policy,
  { facts, terms, on }: { readonly facts: Facts; readonly terms: Terms; readonly on: string },
  { type, data }: { readonly type: string; readonly data: Readonly<Record<string, unknown>> },
): Stamp {
  const period = periodIn(type, data);
  const then = data['terms'] === undefined ? terms : { ...terms, ...movedTerms(data) };
  return stamp(policy, { facts, terms: then, on, ...(period === undefined ? {} : { period }) });
}
