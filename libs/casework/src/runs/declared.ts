import { type Beneficiaries, type Facts, type Policy, parseFacts } from '@tranche/policies';
import { type Refused, refuse } from '../refusal.js';
import { suppliedFacts } from './extract-columns.js';

export type Declared = { readonly ok: true; readonly facts: Facts } | Refused;

/**
 * The facts that the office declares for everybody on a run over people: the days of the month must be among them. `shown` are those our
 * own books show besides; with `whole` nothing that the policy asks for may be left to the lines.
 */
export function declaredFacts(
  policy: Policy,
  { from, until }: Beneficiaries,
  given: Facts,
  { shown = {}, whole }: { readonly shown?: Facts; readonly whole: boolean },
): Declared {
  const supplied = new Map(suppliedFacts(policy));
  const foreign = Object.keys(given).find((name) => !supplied.has(name));
  if (foreign !== undefined) return lacking(foreign, '该要素不由经办宣布。', 'This is nothing the office declares.');
  const parsed = parseFacts(policy, { ...given, ...shown }, { partial: true });
  if (!parsed.ok) return lacking(parsed.field, parsed.message.zh, parsed.message.en);
  const needed = [...supplied].filter(([name, { optional }]) => (whole && !optional) || name === from || name === until);
  const missing = needed.find(([name]) => parsed.facts[name] === undefined);
  if (missing) return lacking(missing[0], `请填写：${missing[1].label.zh}`, `Tell: ${missing[1].label.en}`);
  const inOrder = String(parsed.facts[from]) <= String(parsed.facts[until]);
  return inOrder ? { ok: true, facts: parsed.facts } : lacking(until, '末日不得早于首日。', 'The last day must not lie before the first.');
}

const lacking = (field: string, zh: string, en: string): Refused =>
  refuse('facts-invalid', `申报要素有误：${zh}`, `The facts are not acceptable: ${en}`, {
    errors: [{ field: `facts.${field}`, code: 'facts-invalid', message: { zh, en } }],
  });
