import { awaitedFacts, type CasePolicy, stampEvent } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { allowedEvents, type EventType } from '@tranche/machines';
import type { z } from 'zod';
import type { allowedEvent } from './case.view.js';
import type { CaseRow } from './case-row.js';

export type AllowedEvent = z.infer<typeof allowedEvent>;

/** Spoken only by the import of a file, which checks the rows behind the figures. */
export const importedTypes: ReadonlySet<string> = new Set(['roster.imported', 'attendance.imported', 'results.imported']);

/** What this person could do with the case now: by state, by role, and by the duties already held on it. */
export function allowedFor(casePolicy: CasePolicy, row: CaseRow, actor: Actor): AllowedEvent[] {
  const missing = missingIn(casePolicy, row);
  return allowedEvents(casePolicy.machine, row.snapshot).flatMap((type) => {
    const known = casePolicy.types.get(type);
    return known !== undefined && maySend(known, row, actor) ? [describe(known, missing(type))] : [];
  });
}

type Missing = AllowedEvent['missing'];

/** The facts that each type waits for, as far as the case knows them now. */
export function missingIn(
  casePolicy: CasePolicy,
  row: Pick<CaseRow, 'snapshot' | 'facts' | 'terms' | 'openedOn'>,
): (type: string) => Missing {
  const { snapshot, facts, terms, openedOn: on } = row;
  const stamp = stampEvent(casePolicy.policy, { facts, terms, on }, { type: '', data: {} });
  return (type) =>
    awaitedFacts(casePolicy, { snapshot, facts, terms, on }, type, stamp).map(({ fact, label, from, rules }) => ({
      fact,
      label,
      from,
      rules: rules.map((each) => ({ ...each })),
    }));
}

/** The same for the types a refusal named. */
export function describeTypes(casePolicy: CasePolicy, row: CaseRow, allowed: readonly string[]): AllowedEvent[] {
  const missing = missingIn(casePolicy, row);
  return allowed.flatMap((type) => {
    const known = casePolicy.types.get(type);
    return known === undefined ? [] : [describe(known, missing(type))];
  });
}

const maySend = ({ source, duty }: EventType, { duties }: CaseRow, actor: Actor): boolean =>
  source.kind === 'person' &&
  source.roles.some((role) => role === actor.role) &&
  (duty === undefined || duties.every((held) => held === duty));

const describe = ({ type, label, duty, dataSchema }: EventType, missing: Missing): AllowedEvent => ({
  type,
  label,
  duty: duty ?? null,
  via: importedTypes.has(type) ? 'imports' : 'events',
  dataSchema: { ...dataSchema },
  missing,
});
