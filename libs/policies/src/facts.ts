import { isList, type Scalar } from './cel-types.js';
import { type Checked, checkChoiceOf, checkScalar, type Place, refuseAt, wrongType } from './fact-values.js';
import type { Fact, Facts, Policy } from './policy.js';
import { type PolicyRefusal, refuse } from './refusal.js';

const ROWS_MAX = 200;

export type ParsedFacts = { readonly ok: true; readonly facts: Facts } | PolicyRefusal;

/**
 * Checks facts from outside against the policy's declarations and puts them in their stored form.
 * `partial`: declared facts may be absent (not known yet). Nothing is dropped or guessed: unknown names, wrong types,
 * negative or huge numbers, characters that cannot be stored are refused with the field.
 */
export function parseFacts(policy: Policy, raw: unknown, options: { readonly partial?: boolean } = {}): ParsedFacts {
  if (!isRecord(raw)) return wrongType(allFacts, '对象', 'an object');
  const unknown = Object.keys(raw).find((name) => !Object.hasOwn(policy.facts, name));
  if (unknown !== undefined) return unknownField(unknown, Object.keys(policy.facts));
  const facts: Record<string, unknown> = {};
  for (const [name, fact] of Object.entries(policy.facts)) {
    if (!Object.hasOwn(raw, name)) {
      if (options.partial || fact.optional || fact.per) continue;
      return missing(placeOf(name, fact));
    }
    const checked = checkFact(name, fact, raw[name]);
    if (!checked.ok) return checked;
    facts[name] = checked.value;
  }
  return { ok: true, facts: Object.freeze(facts) };
}

function checkFact(name: string, fact: Fact, raw: unknown): Checked {
  const place = placeOf(name, fact);
  if (!isList(fact.type)) return checkChoiceOf(fact, place, checkScalar(fact.type, name, place, raw));
  if (!Array.isArray(raw) || raw.length > ROWS_MAX)
    return wrongType(place, `至多 ${ROWS_MAX} 行的列表`, `a list of at most ${ROWS_MAX} rows`);
  const rows: unknown[] = [];
  for (const [at, row] of raw.entries()) {
    const checked = checkRow(rowOf(place, at), fact.type.list, row, fact);
    if (!checked.ok) return checked;
    rows.push(checked.value);
  }
  return { ok: true, value: Object.freeze(rows) };
}

function checkRow(place: Place, columns: Readonly<Record<string, Scalar>>, raw: unknown, { booked, columns: codes }: Fact): Checked {
  if (!isRecord(raw)) return wrongType(place, '对象', 'an object');
  const unknown = Object.keys(raw).find((name) => !Object.hasOwn(columns, name));
  if (unknown !== undefined) return unknownField(`${place.field}.${unknown}`, Object.keys(columns));
  const row: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(columns)) {
    if (name === booked?.column && !Object.hasOwn(raw, name)) continue;
    const at = columnOf(place, name);
    if (!Object.hasOwn(raw, name)) return missing(at);
    const checked = checkChoiceOf(codes?.[name], at, checkScalar(type, name, at, raw[name]));
    if (!checked.ok) return checked;
    row[name] = checked.value;
  }
  return { ok: true, value: Object.freeze(row) };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const allFacts: Place = { field: 'facts', called: { zh: '申报要素', en: 'facts' } };
const placeOf = (field: string, { label }: Fact): Place => ({ field, called: label });
const rowOf = ({ field, called }: Place, at: number): Place => ({
  field: `${field}[${at}]`,
  called: { zh: `${called.zh}，第 ${at + 1} 行`, en: `${called.en}, row ${at + 1}` },
});
/** A column has no words of its own. */
const columnOf = ({ field, called }: Place, name: string): Place => ({
  field: `${field}.${name}`,
  called: { zh: `${called.zh}：${name}`, en: `${called.en}: ${name}` },
});

const unknownField = (field: string, known: readonly string[]): PolicyRefusal =>
  refuse(
    'fact-unknown',
    field,
    `本政策没有名为 ${JSON.stringify(field)} 的事实，未作任何更改；可填：${known.join('、')}。`,
    `The policy has no fact named ${JSON.stringify(field)}; nothing was changed. It takes: ${known.join(', ')}.`,
  );

const missing = (at: Place): PolicyRefusal =>
  refuseAt(at, 'fact-missing', '尚未填写，未作任何更改；请补充。', 'is missing; nothing was changed, please supply it.');
