import { type CaseSnapshot, waitsFor } from '@tranche/machines';
import { assessCase, type Facts, type MissingFact, type Reader, readersOf, type Stamp, type Terms } from '@tranche/policies';
import type { CasePolicy } from './case-policies.js';
import type { FieldError } from './refusal.js';

/** A fact that an event waits for, and what needs it there. */
export type AwaitedFact = Pick<MissingFact, 'fact' | 'label' | 'from'> & { readonly rules: readonly Reader[] };

/** What is known of a case when an event is asked for. */
export type Known = { readonly snapshot: CaseSnapshot; readonly facts: Facts; readonly terms: Terms; readonly on: string };

/** The facts that an event of this type waits for in this case, each with the rules, amounts and conditions that need it. */
export function awaitedFacts({ policy, machine }: CasePolicy, known: Known, type: string, stamp: Stamp): readonly AwaitedFact[] {
  const names = new Set(waitsFor(machine, known.snapshot, type, stamp));
  if (names.size === 0) return [];
  const { facts, terms, on } = known;
  const assessed = assessCase(policy, { facts, terms, on });
  if (!assessed.ok) return [];
  return assessed.missing.flatMap(({ fact, label, from, rules, amounts, conditions }) => {
    const waiting = new Set([...rules, ...amounts, ...conditions].filter((name) => names.has(name)));
    return waiting.size === 0 ? [] : [{ fact, label, from, rules: readersOf(policy, fact).filter(({ id }) => waiting.has(id)) }];
  });
}

const suppliers: Readonly<Record<MissingFact['from'], { readonly zh: string; readonly en: string }>> = {
  form: { zh: '申报人填写', en: 'typed by the applicant' },
  upload: { zh: '名单或附件', en: 'from a list or paper' },
  data: { zh: '登记数据', en: 'from the registers' },
  ledger: { zh: '本系统台账', en: 'from our own books' },
  case: { zh: '案件本身', en: 'from the case itself' },
};

/** The same as errors of a request: the field, what needs it and its clause. */
export const missingErrors = (awaited: readonly AwaitedFact[]): FieldError[] =>
  awaited.map(({ fact, label, from, rules }) => ({
    field: `facts.${fact}`,
    code: 'fact-missing',
    message: {
      zh: `缺少：${label.zh}（${suppliers[from].zh}）；用于：${rules.map(({ label: what, cite }) => `${what.zh}〔${cite.doc} ${cite.clause}〕`).join('、')}。`,
      en: `Missing: ${label.en} (${suppliers[from].en}); needed for: ${rules.map(({ label: what, cite }) => `${what.en} (${cite.doc} ${cite.clause})`).join('; ')}.`,
    },
    rules,
  }));
