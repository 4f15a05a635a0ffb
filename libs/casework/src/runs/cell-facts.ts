import { type Fact, type Facts, type Policy, parseFacts } from '@tranche/policies';
import type { Run } from './run-row.js';

/** Between the cells of one line, and between lines, on their way to the database: characters no cell may hold. */
export const CELL = '\u001f';
export const ROW = '\u001e';

export type CellFacts =
  | { readonly ok: true; readonly facts: Facts }
  | { readonly ok: false; readonly field: string; readonly code: string };

const truths: Readonly<Record<string, boolean>> = { 是: true, 否: false, true: true, false: false, '1': true, '0': false };
const money = /^(\d{1,13})(?:\.(\d{1,2}))?$/;

/**
 * Facts of one line: what was declared for all, and what its cells say (in the order of the columns); an empty cell is a fact not known.
 * `known`: what the case itself supplies.
 */
export function factsOfCells(
  policy: Policy,
  { declared, columns }: Pick<Run, 'declared' | 'columns'>,
  cells: readonly string[],
  known: Facts,
): CellFacts {
  const raw: Record<string, unknown> = { ...declared, ...known };
  for (const [at, { fact, unit }] of columns.facts.entries()) {
    const text = (cells[at] ?? '').trim();
    if (text === '') continue;
    const { type, oneOf } = policy.facts[fact] ?? {};
    raw[fact] = type === 'bool' ? (truths[text.toLowerCase()] ?? text) : type === 'int' ? numberOf(text, unit) : codeOf(oneOf, text);
  }
  const parsed = parseFacts(policy, raw, { partial: true });
  return parsed.ok ? { ok: true, facts: parsed.facts } : { ok: false, field: parsed.field, code: parsed.code };
}

/** Registers write the word of a code. */
const codeOf = (oneOf: Fact['oneOf'], text: string): string => oneOf?.find(({ label }) => label.zh === text)?.value ?? text;

/** Yuan with at most two decimals become fen; anything else goes on as it is and is judged by the policy's own reading. */
function numberOf(text: string, unit: 'yuan' | null): string {
  if (unit === null) return text;
  const found = money.exec(text);
  return found ? (BigInt(found[1] ?? '0') * 100n + BigInt((found[2] ?? '').padEnd(2, '0'))).toString() : text;
}
