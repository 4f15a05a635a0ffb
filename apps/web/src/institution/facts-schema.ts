// A policy's facts as the form that asks for them.

import type { Schema } from '../event-form/schema.js';

export type Fact = {
  readonly type: string | { readonly list: Readonly<Record<string, string>> };
  readonly from: string;
  readonly per?: string;
};

const scalars: Readonly<Record<string, Schema>> = {
  bool: { type: 'boolean' },
  int: { type: 'integer' },
  date: { type: 'string', format: 'date' },
  string: { type: 'string', maxLength: 500 },
  person: { type: 'string', maxLength: 64 },
};

const schemaOf = (type: Fact['type']): Schema =>
  typeof type === 'string'
    ? (scalars[type] ?? { type: 'string', maxLength: 500 })
    : {
        type: 'array',
        items: {
          type: 'object',
          required: Object.keys(type.list),
          properties: Object.fromEntries(Object.entries(type.list).map(([name, scalar]) => [name, scalars[scalar] ?? {}])),
        },
      };

/** What the applicant is asked when he begins; what comes by file, from registers or by the period is not. */
export const formOfFacts = (facts: Readonly<Record<string, Fact>>): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(facts)
      .filter(([, { from, per }]) => from === 'form' && per === undefined)
      .map(([name, { type }]) => [name, schemaOf(type)]),
  ),
});
