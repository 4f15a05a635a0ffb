import pg from 'pg';

/** Type numbers of pg_type. */
const INT8 = 20;
const DATE = 1082;
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;
const INT8_ARRAY = 1016;
const DATE_ARRAY = 1182;

type Parse = (value: string) => unknown;

const asText: Parse = (value) => value;
const builtin = (oid: number): Parse => pg.types.getTypeParser(oid, 'text') as Parse;
const textArray = builtin(1009);
const dateOf = builtin(TIMESTAMPTZ);

const parsers: Readonly<Record<number, Parse>> = {
  [INT8]: BigInt,
  [DATE]: asText,
  [TIMESTAMP]: asText,
  [TIMESTAMPTZ]: (value) => Number(dateOf(value)),
  [NUMERIC]: asText,
  [INT8_ARRAY]: (value) => (textArray(value) as (string | null)[]).map((each) => (each === null ? null : BigInt(each))),
  [DATE_ARRAY]: textArray,
};

/**
 * How column values arrive in our pools: int8 → bigint, date → `YYYY-MM-DD`, timestamptz → epoch milliseconds, numeric → string,
 * jsonb → parsed, bytea → Buffer. Given to each pool; the global parsers of `pg` stay as they are.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};
