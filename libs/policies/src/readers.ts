import { compilePolicy, type Expression, namesOf } from './compile.js';
import type { Cite, Policy, Text } from './policy.js';
import type { PolicyRefusal } from './refusal.js';

/** A rule, amount or condition that reads a fact, itself or through another amount. */
export type Reader = { readonly kind: 'rule' | 'amount' | 'condition'; readonly id: string; readonly label: Text; readonly cite: Cite };

/** Everything in a policy that depends on a fact, rules first; so that a refusal of the fact can name what needs it. */
export function readersOf(policy: Policy, fact: string): readonly Reader[] {
  const compiled = compilePolicy(policy);
  const reading = new Set([fact]);
  // in dependency order: what names something that reads the fact reads it too
  for (const item of compiled.named) if (readsAny(item, reading)) reading.add(item.id);
  const rules = policy.rules
    .filter((_, at) => readsAny(compiled.rules[at]!, reading))
    .map(({ id, reason, cite }): Reader => ({ kind: 'rule', id, label: reason, cite }));
  const amounts = Object.entries(policy.amounts)
    .filter(([id]) => reading.has(id))
    .map(([id, { label, cite }]): Reader => ({ kind: 'amount', id, label, cite }));
  const conditions = Object.keys(policy.plan.conditions ?? {})
    .filter((id) => reading.has(id))
    .map((id): Reader => ({ kind: 'condition', id, label: policy.plan.conditionLabels?.[id] ?? { zh: id, en: id }, cite: policy.cite }));
  return [...rules, ...amounts, ...conditions];
}

const readsAny = (item: Expression, names: ReadonlySet<string>): boolean => [...namesOf(item)].some((name) => names.has(name));

/** The fact that a refused field lies in: `enrolled[0].count` → `enrolled`. */
export const factOfField = (field: string): string => field.replace(/[[.].*$/s, '');

/** The refusal of a fact, which also says what needs the fact; `under` = where the facts stand in the request. */
export function withReaders(policy: Policy, refusal: PolicyRefusal, under = ''): PolicyRefusal {
  const readers = readersOf(policy, factOfField(refusal.field));
  const field = `${under}${refusal.field}`;
  if (readers.length === 0) return { ...refusal, field };
  const [zh, en] = [
    readers.map(({ label, cite }) => `${label.zh}〔${cite.clause}〕`).join('；'),
    readers.map(({ label, cite }) => `${label.en} (${cite.clause})`).join('; '),
  ];
  const message = { zh: `${refusal.message.zh}用于：${zh}。`, en: `${refusal.message.en} It is needed for: ${en}.` };
  return { ...refusal, field, message, readers };
}
