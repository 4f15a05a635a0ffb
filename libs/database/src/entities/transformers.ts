import type { ValueTransformer } from 'typeorm';

/** int8 ↔ bigint (the driver of TypeORM delivers a decimal string). */
export const bigintColumn: ValueTransformer = {
  to: (value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  from: (value: unknown) => (typeof value === 'string' ? BigInt(value) : value),
};

/** timestamptz ↔ epoch milliseconds. */
export const instantColumn: ValueTransformer = {
  to: (value: unknown) => (typeof value === 'number' ? new Date(value) : value),
  from: (value: unknown) => (value instanceof Date ? value.getTime() : value),
};
