import type { Client } from 'pg';

export type Column = { table: string; column: string; type: string; key: string };

/** Every column of these tables with its type; `key` is the primary key as an SQL row. */
export async function columnsOf(superuser: Client, tables: readonly string[]): Promise<Column[]> {
  const { rows } = await superuser.query<Column>(
    `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type,
       (SELECT string_agg(format('%I::text', k.attname), ' || ''|'' || ' ORDER BY k.attnum) FROM pg_index i JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = ANY(i.indkey)
        WHERE i.indrelid = c.oid AND i.indisprimary) AS key
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1) ORDER BY array_position($1, c.relname::text), a.attnum`,
    [tables],
  );
  return rows;
}

/** A small, repeatable source of choices. */
export function choices(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The smallest change of a value of this type that is still a value of it. */
export function changed(type: string, value: string, choose: (below: number) => number): string {
  switch (type) {
    case 'json':
    case 'jsonb':
      return JSON.stringify(changedJson(JSON.parse(value) as Json, choose));
    case 'bytea':
    case 'uuid':
      return changedHexDigit(value, choose);
    case 'smallint':
    case 'integer':
    case 'bigint':
      return String(BigInt(value) + 1n);
    case 'boolean':
      return value === 'true' ? 'false' : 'true';
    case 'date[]':
      return value === '{}' ? '{2021-06-01}' : '{}';
    case 'daterange':
      return value.replace(/\d{4}-\d\d-\d\d(?=\))/, (day) => changed('date', day, choose));
    case 'date':
      return new Date(Date.parse(value) + 86_400_000).toISOString().slice(0, 10);
    case 'timestamp with time zone':
      // one microsecond
      return value.replace(
        /(?:\.(\d+))?\+/,
        (_, fraction: string = '') => `.${String(BigInt(fraction.padEnd(6, '0')) + 1n).padStart(6, '0')}+`,
      );
    default:
      return changedCharacter(value, choose);
  }
}

function changedHexDigit(value: string, choose: (below: number) => number): string {
  const digits = [...value].flatMap((character, at) => (/[0-9a-f]/.test(character) && at > 1 ? [at] : []));
  const at = digits[choose(digits.length)] ?? value.length - 1;
  const digit = (Number.parseInt(value[at] ?? '0', 16) ^ 1).toString(16);
  return value.slice(0, at) + digit + value.slice(at + 1);
}

function changedCharacter(value: string, choose: (below: number) => number): string {
  if (value === '') return 'x';
  const at = choose(value.length);
  return value.slice(0, at) + (value[at] === 'x' ? 'y' : 'x') + value.slice(at + 1);
}

function changedJson(value: Json, choose: (below: number) => number): Json {
  if (value === null) return 0;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return changedCharacter(value, choose);
  if (Array.isArray(value)) {
    if (value.length === 0) return [0];
    const at = choose(value.length);
    return value.map((part, index) => (index === at ? changedJson(part, choose) : part));
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return { more: 0 };
  const key = keys[choose(keys.length)] ?? '';
  return { ...value, [key]: changedJson(value[key] ?? null, choose) };
}
