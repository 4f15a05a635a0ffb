import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '@tranche/database';
import { policies, type StandardsTable } from '@tranche/policies';
import { generateKeyFile, parseKeyFile, personKey } from '../../src/field-cipher.js';
import type { CasePlace, EnrolledTrainee, ImportContext, RosterContext, RosterPerson } from '../../src/imports/index.js';

export const examplesFolder = join(__dirname, '..', '..', '..', '..', 'examples');
export const example = (name: string): Buffer => readFileSync(join(examplesFolder, name));

const parsed = parseKeyFile(generateKeyFile(randomBytes));
if (!parsed.ok) throw new Error(parsed.message.en);
export const keys = parsed.keys;

/** The sample table of standards that the training subsidy ships with. */
export function sampleStandards(): StandardsTable {
  const policy = policies().find(({ id }) => id === 'training-subsidy-staged');
  const value = policy?.parameters.find(({ key }) => key === 'standards')?.value;
  if (typeof value !== 'object') throw new Error('the training subsidy has no table of standards');
  return value as StandardsTable;
}

/** The class that examples/README.md describes. */
export const sampleClass = { plannedHours: 80, startsOn: '2020-11-30', endsOn: '2020-12-31' };

export const somewhere: CasePlace = { caseId: randomUUID(), organisationId: randomUUID(), district: '210202' };

/** A file is kept in the name of whoever brings it. */
export function importContext({ actor, ...place }: CasePlace & { readonly actor?: Actor }, fileName: string): ImportContext {
  return { ...place, fileName, uploadedBy: actor?.userId ?? 'tester', recordedAt: '2020-11-25T09:00:00+08:00', newId: randomUUID };
}

export function rosterContext(place: CasePlace & { readonly actor?: Actor }, fileName: string, period = sampleClass): RosterContext {
  return {
    ...importContext(place, fileName),
    keys,
    randomBytes,
    standards: sampleStandards(),
    claims: { policyId: 'training-subsidy-staged', groups: [{ group: 'training-subsidy', permitted: false }], period },
  };
}

/** People as they would come back from the database. */
export const enrolledOf = (people: readonly RosterPerson[]): EnrolledTrainee[] =>
  people.map(({ idNumber, occupation, level }) => ({
    traineeId: randomUUID(),
    personKey: personKey(keys, idNumber).toString('hex'),
    occupation,
    level,
  }));
