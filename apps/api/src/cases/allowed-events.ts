import type { CasePolicy } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { allowedEvents, type EventType } from '@tranche/machines';
import type { z } from 'zod';
import type { allowedEvent } from './case.view.js';
import type { CaseRow } from './case-row.js';

export type AllowedEvent = z.infer<typeof allowedEvent>;

/** Spoken only by the import of a file, which checks the rows behind the figures. */
export const importedTypes: ReadonlySet<string> = new Set(['roster.imported', 'attendance.imported', 'results.imported']);

/** What this person could do with the case now: by state, by role, and by the duties already held on it. */
export function allowedFor({ machine, types }: CasePolicy, row: CaseRow, actor: Actor): AllowedEvent[] {
  return allowedEvents(machine, row.snapshot).flatMap((type) => {
    const known = types.get(type);
    return known !== undefined && maySend(known, row, actor) ? [describe(known)] : [];
  });
}

/** The same for the types a refusal named. */
export const describeTypes = ({ types }: CasePolicy, allowed: readonly string[]): AllowedEvent[] =>
  allowed.flatMap((type) => {
    const known = types.get(type);
    return known === undefined ? [] : [describe(known)];
  });

const maySend = ({ source, duty }: EventType, { duties }: CaseRow, actor: Actor): boolean =>
  source.kind === 'person' &&
  source.roles.some((role) => role === actor.role) &&
  (duty === undefined || duties.every((held) => held === duty));

const describe = ({ type, label, duty, dataSchema }: EventType): AllowedEvent => ({
  type,
  label,
  duty: duty ?? null,
  via: importedTypes.has(type) ? 'imports' : 'events',
  dataSchema: { ...dataSchema },
});
