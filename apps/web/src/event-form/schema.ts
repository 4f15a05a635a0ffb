// Which control a piece of an event's JSON Schema wants, and what is sent of what was typed.

import { fenOf, yuan } from '../pieces/fen.js';
import type { Text } from '../text/text.js';

export type Schema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  /** what is usual, where others are taken too */
  readonly examples?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly minItems?: number;
};

export type Kind = 'text' | 'lines' | 'date' | 'choice' | 'usual' | 'yes-no' | 'whole' | 'money' | 'group' | 'rows' | 'list' | 'json';

const isWhole = (schema: Schema): boolean =>
  schema.type === 'integer' || (schema.anyOf !== undefined && schema.anyOf.length === 2 && schema.anyOf[0]?.type === 'integer');

/** A name that ends in `Fen` is money; people type yuan. */
export function kindOf(name: string, schema: Schema): Kind {
  if (schema.enum !== undefined) return 'choice';
  if (schema.type === 'string' && schema.examples !== undefined) return 'usual';
  if (name.endsWith('Fen') && (isWhole(schema) || schema.type === 'string')) return 'money';
  if (isWhole(schema)) return 'whole';
  if (schema.type === 'boolean') return 'yes-no';
  if (schema.type === 'string') return schema.format === 'date' ? 'date' : (schema.maxLength ?? 0) >= 1000 ? 'lines' : 'text';
  if (schema.type === 'object' && schema.properties !== undefined) return 'group';
  if (schema.type === 'array' && schema.items?.type === 'object') return 'rows';
  if (schema.type === 'array' && schema.items?.type === 'string') return 'list';
  return 'json';
}

export type Typed = { readonly [name: string]: unknown };
export type Wrong = { readonly path: string; readonly code: 'missing' | 'not-money' | 'not-whole' | 'not-json' };
export type Said = { readonly data: Record<string, unknown>; readonly wrong: readonly Wrong[] };

const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** What is sent: blanks left out, yuan as fen; and what cannot be sent, by its path. */
export function dataOf(schema: Schema, typed: Typed, place = ''): Said {
  const data: Record<string, unknown> = {};
  const wrong: Wrong[] = [];
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    const path = place === '' ? name : `${place}.${name}`;
    const must = schema.required?.includes(name) === true;
    const found = told(name, part, typed[name], path);
    wrong.push(...found.wrong);
    if (found.value !== undefined) data[name] = found.value;
    else if (must && kindOf(name, part) === 'group') data[name] = {};
    else if (must && found.wrong.length === 0) wrong.push({ path, code: 'missing' });
  }
  return { data, wrong };
}

function told(name: string, schema: Schema, value: unknown, path: string): { value?: unknown; wrong: readonly Wrong[] } {
  const kind = kindOf(name, schema);
  if (kind === 'group') {
    const { data, wrong } = dataOf(schema, (value ?? {}) as Typed, path);
    return { ...(Object.keys(data).length === 0 ? {} : { value: data }), wrong: value === undefined ? [] : wrong };
  }
  if (isBlank(value)) return { wrong: [] };
  if (kind === 'money') return refusing(fenOf(String(value)), path, 'not-money');
  if (kind === 'whole') return refusing(wholeOf(String(value)), path, 'not-whole');
  if (kind === 'rows') {
    const rows = (value as Typed[]).map((row, index) => dataOf(schema.items ?? {}, row, `${path}[${index}]`));
    return { value: rows.map(({ data }) => data), wrong: rows.flatMap(({ wrong }) => wrong) };
  }
  if (kind === 'list') return { value: (value as string[]).map((each) => each.trim()).filter((each) => each !== ''), wrong: [] };
  if (kind === 'json') return jsonOf(String(value), path);
  return { value: typeof value === 'string' ? value.trim() : value, wrong: [] };
}

/** What a form shows of data the case has already: fen as yuan, the rest as it is. What it sends of that is the same data again. */
export const typedOf = (schema: Schema, data: Typed): Typed =>
  Object.fromEntries(Object.entries(data).map(([name, value]) => [name, shown(name, schema.properties?.[name] ?? {}, value)]));

function shown(name: string, schema: Schema, value: unknown): unknown {
  const kind = kindOf(name, schema);
  if (kind === 'money') return yuan(String(value));
  if (kind === 'group') return typedOf(schema, (value ?? {}) as Typed);
  if (kind === 'rows') return (value as Typed[]).map((row) => typedOf(schema.items ?? {}, row));
  return value;
}

const refusing = (value: unknown, path: string, code: Wrong['code']) =>
  value === null ? { wrong: [{ path, code }] } : { value, wrong: [] };

/** Full-width digits and separators are what people type. Beyond what a JSON number holds exactly it goes as text. */
function wholeOf(text: string): number | string | null {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '');
  if (!/^-?\d{1,18}$/.test(plain)) return null;
  const value = Number(plain);
  return Number.isSafeInteger(value) ? value : plain;
}

function jsonOf(text: string, path: string): { value?: unknown; wrong: readonly Wrong[] } {
  try {
    return { value: JSON.parse(text), wrong: [] };
  } catch {
    return { wrong: [{ path, code: 'not-json' }] };
  }
}

const wrongWords: Readonly<Record<Wrong['code'], Text>> = {
  missing: { zh: '请填写此项。', en: 'Please fill this in.' },
  'not-money': { zh: '应为金额，单位元，至多两位小数，如 1234.56。', en: 'An amount in yuan with at most two decimals, such as 1234.56.' },
  'not-whole': { zh: '应为整数。', en: 'A whole number is wanted.' },
  'not-json': { zh: '内容不是合法的 JSON。', en: 'This is no valid JSON.' },
};

/** What cannot be sent of what was typed, in words, by its path. */
export const wrongsOf = (schema: Schema, typed: Typed, place = ''): Readonly<Record<string, Text>> =>
  Object.fromEntries(dataOf(schema, typed, place).wrong.map(({ path, code }) => [path, wrongWords[code]]));
