import { Environment } from '@marcbachmann/cel-js';
import { addMonths } from '@tranche/calendar';
import { atMost, below, greatest, halfUp, least, share, sum } from '@tranche/money';
import { days, distinct, monthStart, months, portion, wholes } from './cel-functions.js';
import {
  factType,
  isList,
  type ParameterType,
  type RecordClass,
  readableParameters,
  recordClass,
  rowFields,
  rowTypeName,
} from './cel-types.js';
import type { Policy } from './policy.js';
import { Standards } from './standards.js';

const LIMITS = { maxAstNodes: 500, maxDepth: 40, maxListElements: 200, maxMapEntries: 8, maxCallArguments: 8 };

/** Names every policy may read besides its facts, amounts and conditions. */
export const BUILT_IN = { receivedOn: 'string', p: 'Parameters' } as const;
/** Names that only what is asked per period may read: `2021-01` and its first and last day. */
export const PERIOD_NAMES = ['period', 'periodFrom', 'periodTo'] as const;

/** The language of policies: exact whole numbers, shares as text, no clock, no division, no floating point. */
function language(): Environment {
  return new Environment({ limits: LIMITS })
    .registerType('Standards', { ctor: Standards, fields: {} })
    .registerFunction('share(int, string): int', (fen: bigint, of: string) => share(fen, of))
    .registerFunction('halfUp(int, string): int', (fen: bigint, of: string) => halfUp(fen, of))
    .registerFunction('atMost(int, int, string): bool', (part: bigint, base: bigint, limit: string) => atMost(part, base, limit))
    .registerFunction('below(int, int, string): bool', (part: bigint, base: bigint, limit: string) => below(part, base, limit))
    .registerFunction('sum(list<int>): int', (fens: readonly bigint[]) => sum(fens))
    .registerFunction('least(int, int): int', (a: bigint, b: bigint) => least(a, b))
    .registerFunction('greatest(int, int): int', (a: bigint, b: bigint) => greatest(a, b))
    .registerFunction('addMonths(string, int): string', (date: string, count: bigint) => addMonths(date, Number(count)))
    .registerFunction('months(string, string): int', months)
    .registerFunction('monthStart(string): string', monthStart)
    .registerFunction('days(string, string): int', days)
    .registerFunction('portion(int, int, int): int', portion)
    .registerFunction('wholes(int, int): int', wholes)
    .registerFunction('distinct(list<string>): bool', distinct)
    .registerFunction('standard(Standards, string, string): int', (table: Standards, occupation: string, level: string) =>
      table.require(occupation, level),
    )
    .registerFunction(
      'listed(Standards, string, string): bool',
      (table: Standards, occupation: string, level: string) => table.find(occupation, level) !== undefined,
    );
}

/** A policy's own vocabulary: its facts, parameters, amounts and conditions with their types. */
export type Vocabulary = {
  readonly environment: Environment;
  readonly rows: ReadonlyMap<string, RecordClass>;
  readonly parameters: ReadonlyMap<string, ParameterType>;
  readonly Parameters: RecordClass;
};

/** Declares everything the policy's expressions may name. Throws where two things share a name. */
export function vocabularyOf(policy: Policy): Vocabulary {
  const environment = language();
  const parameters = readableParameters(policy.parameters);
  const Parameters = recordClass();
  environment.registerType('Parameters', { ctor: Parameters, fields: Object.fromEntries(parameters) });
  const rows = new Map<string, RecordClass>();
  for (const [name, fact] of Object.entries(policy.facts)) {
    if (isList(fact.type)) rows.set(name, declareRows(environment, name, fact.type.list));
    environment.registerVariable(name, factType(name, fact));
  }
  for (const [name, type] of Object.entries(BUILT_IN)) environment.registerVariable(name, type);
  for (const name of PERIOD_NAMES) environment.registerVariable(name, 'string');
  for (const name of Object.keys(policy.amounts)) environment.registerVariable(name, 'int');
  for (const name of Object.keys(policy.plan.conditions ?? {})) environment.registerVariable(name, 'bool');
  return { environment, rows, parameters, Parameters };
}

function declareRows(environment: Environment, name: string, columns: Parameters<typeof rowFields>[0]): RecordClass {
  const ctor = recordClass();
  environment.registerType(rowTypeName(name), { ctor, fields: rowFields(columns) });
  return ctor;
}
