import type { CompiledPolicy, KeyExpression } from './compile.js';
import type { Evaluation, EvaluationInput, PeriodInput } from './evaluate.js';
import { periodOf } from './periods.js';
import type { Exclusion, ExclusionKey, Facts, Terms } from './policy.js';

type Span = { readonly from: string | null; readonly until: string | null };

/**
 * What the case takes of its exclusion groups, or what the claimed period takes; null as soon as one of its keys is not known.
 * An exclusion under a condition counts only where that holds.
 */
export function exclusionKeys(
  { keys }: CompiledPolicy,
  evaluation: Evaluation,
  input: EvaluationInput,
  period?: PeriodInput,
): readonly ExclusionKey[] | null {
  const taken: ExclusionKey[] = [];
  for (const [at, item] of keys.entries()) {
    const state = wanted(item, evaluation, period);
    if (state === false) continue;
    const found = evaluation.keys[at];
    const span = spanOf(item, input, period);
    if (state === null || !found || !span) return null;
    const rows = rowsOf(item, found, span, input);
    if (!rows) return null;
    taken.push(...rows);
  }
  return Object.freeze(taken);
}

/** Is this exclusion asked now? Null: its condition is not known. */
function wanted({ exclusion, keys }: KeyExpression, { named }: Evaluation, period?: PeriodInput): boolean | null {
  if (keys.perPeriod !== (period !== undefined)) return false;
  if (exclusion.claim !== undefined && period && exclusion.claim !== period.claim) return false;
  if (exclusion.when === undefined) return true;
  const holds = named.get(exclusion.when.replace('!', ''))?.value ?? null;
  return holds === null ? null : holds !== exclusion.when.startsWith('!');
}

function spanOf({ exclusion: { per } }: KeyExpression, { on, facts }: EvaluationInput, claimed?: PeriodInput): Span | null {
  if (per === 'once') return { from: null, until: null };
  if (per === 'year') return { from: `${on.slice(0, 4)}-01-01`, until: `${on.slice(0, 4)}-12-31` };
  if (per !== 'period') return factSpan(facts, per);
  const period = claimed && periodOf(claimed.id);
  return period ? { from: period.from, until: period.to } : null;
}

function factSpan(facts: Facts, per: { readonly from: string; readonly until: string }): Span | null {
  const [from, until] = [facts[per.from], facts[per.until]];
  return typeof from === 'string' && typeof until === 'string' ? { from, until } : null;
}

function rowsOf(
  { exclusion }: KeyExpression,
  found: Evaluation['keys'][number],
  span: Span,
  { terms }: EvaluationInput,
): ExclusionKey[] | null {
  const { value } = found.keys;
  if (value === null) return null;
  const keys = (Array.isArray(value) ? value : [value]) as readonly string[];
  if (exclusion.limit === 1) {
    const beside = {
      ...(exclusion.excludes === 'others' ? { othersOnly: true as const } : {}),
      ...(isPermitted(exclusion, terms) ? { permitted: true as const } : {}),
    };
    return keys.map((key) => ({ group: exclusion.group, key, ...span, ...beside }));
  }
  if (exclusion.limit === 'counted') return keys.map((key) => ({ group: exclusion.group, key, ...span, counted: true }));
  const cap = terms[exclusion.limit.capFen]?.value;
  const weights = found.weighs?.value as readonly bigint[] | null;
  if (typeof cap !== 'string' || !weights || weights.length !== keys.length) return null;
  return keys.map((key, at) => ({ group: exclusion.group, key, ...span, capFen: cap, fen: String(weights[at]) }));
}

/** Were cases under these terms promised that other policies of the group may be combined with this one? Not while nothing is said. */
export const isPermitted = (exclusion: Exclusion, terms: Terms): boolean =>
  exclusion.switch !== undefined && terms[exclusion.switch]?.value === false;
