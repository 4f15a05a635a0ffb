// A policy's facts as the form that asks for them.

import type { Schema } from './schema.js';

type Choices = {
  readonly oneOf?: readonly { readonly value: string }[];
  /** the parameter that may name other codes */
  readonly others?: string;
};
export type Fact = Choices & {
  readonly type: string | { readonly list: Readonly<Record<string, string>> };
  readonly from: string;
  readonly per?: string;
  /** columns of a list that are one of few codes */
  readonly columns?: Readonly<Record<string, Choices>>;
};

const scalars: Readonly<Record<string, Schema>> = {
  bool: { type: 'boolean' },
  int: { type: 'integer' },
  date: { type: 'string', format: 'date' },
  string: { type: 'string', maxLength: 500 },
  person: { type: 'string', maxLength: 64 },
};

/** One of few codes; where a parameter may name more, these are what is usual. */
const scalarOf = (type: string, { oneOf, others }: Choices = {}): Schema =>
  oneOf === undefined
    ? (scalars[type] ?? { type: 'string', maxLength: 500 })
    : { type: 'string', [others === undefined ? 'enum' : 'examples']: oneOf.map(({ value }) => value) };

const schemaOf = ({ type, columns = {}, ...own }: Fact): Schema =>
  typeof type === 'string'
    ? scalarOf(type, own)
    : {
        type: 'array',
        items: {
          type: 'object',
          required: Object.keys(type.list),
          properties: Object.fromEntries(Object.entries(type.list).map(([name, scalar]) => [name, scalarOf(scalar, columns[name])])),
        },
      };

/** What the applicant is asked when he begins; what comes by file, from registers or by the period is not. */
export const formOfFacts = (facts: Readonly<Record<string, Fact>>): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(facts)
      .filter(([, { from, per }]) => from === 'form' && per === undefined)
      .map(([name, fact]) => [name, schemaOf(fact)]),
  ),
});
