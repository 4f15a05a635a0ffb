import type { Fact, FactType, Parameter, ParameterValue, ScalarType, StandardsTable } from './policy.js';
import { Standards } from './standards.js';

/** CEL type of a scalar fact: whole numbers are bigint, dates are texts `YYYY-MM-DD` that compare correctly. */
const SCALARS = { int: 'int', bool: 'bool', date: 'string', string: 'string', person: 'string' } as const satisfies Record<
  ScalarType,
  string
>;
export type Scalar = ScalarType;

/** A class whose instances carry the declared columns; CEL checks field names against it. */
export type RecordClass = new () => Record<string, unknown>;
export const recordClass = (): RecordClass => class Row {} as RecordClass;

export const isList = (type: FactType): type is Extract<FactType, object> => typeof type === 'object';
export const scalarType = (type: Scalar): string => SCALARS[type];
export const rowTypeName = (fact: string): string => `${fact}Row`;

/** Fields of a row, in CEL's types. */
export const rowFields = (columns: Readonly<Record<string, Scalar>>): Record<string, string> =>
  Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, scalarType(type)]));

/** CEL type of a fact. */
export const factType = (name: string, fact: Fact): string => (isList(fact.type) ? `list<${rowTypeName(name)}>` : scalarType(fact.type));

/** What a parameter's value is to a rule: its shape decides, because a parameter is declared by its default. */
export type ParameterType = 'int' | 'bool' | 'string' | 'list<string>' | 'Standards';
const TYPE_WORDS = { boolean: 'bool', number: 'int', string: 'string' } as const;

export const isFenKey = (key: string): boolean => key.endsWith('Fen');

/** The type of a parameter's value; null for a shape that rules cannot read. */
export function parameterType(key: string, value: ParameterValue): ParameterType | null {
  if (typeof value === 'string' && isFenKey(key)) return 'int';
  if (typeof value !== 'object') return TYPE_WORDS[typeof value as keyof typeof TYPE_WORDS];
  if (Array.isArray(value)) return 'list<string>';
  return isStandardsTable(value) ? 'Standards' : null;
}

/** Occupation → level → fen; an empty table is one too. */
export const isStandardsTable = (value: ParameterValue): value is StandardsTable =>
  typeof value === 'object' && !Array.isArray(value) && Object.values(value).every((row) => typeof row === 'object');

/** A parameter's value as rules read it. */
export function decodeParameter(key: string, value: ParameterValue): unknown {
  const type = parameterType(key, value);
  if (type === 'int') return BigInt(value as string | number);
  return type === 'Standards' ? new Standards(value as StandardsTable) : value;
}

/** Parameters that rules can name: identifiers with a readable type. `a.b` keys serve the plan only. */
export const readableParameters = (parameters: readonly Parameter[]): Map<string, ParameterType> => {
  const readable = new Map<string, ParameterType>();
  for (const { key, value } of parameters) {
    const type = parameterType(key, value);
    if (type && IDENTIFIER.test(key)) readable.set(key, type);
  }
  return readable;
};

export const IDENTIFIER = /^[a-z][A-Za-z0-9]*$/;
