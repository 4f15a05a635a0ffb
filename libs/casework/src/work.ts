import type { Calendar } from '@tranche/calendar';
import type { ChangeSet, LiveDeadline, LiveDisbursement, LoadedCase, Row } from '@tranche/database';
import type { CaseEvent } from '@tranche/machines';

/** A deadline of the case inside one transaction; `fresh` is its row while it has not been written yet. */
export type WorkingDeadline = LiveDeadline & { fresh?: Record<string, unknown> };

/** One case inside one transaction: what it is now, and every row its events have caused so far. */
export type Work = {
  case: LoadedCase;
  /** the version the database still has */
  readonly loadedVersion: number;
  readonly deadlines: Map<string, WorkingDeadline>;
  readonly endedDeadlines: Map<string, Row>;
  disbursements: LiveDisbursement[];
  readonly changes: ChangeSet;
};

/** What the carrying-out of one event needs besides the case. */
export type Scene = {
  readonly event: CaseEvent & { readonly seq: number };
  readonly calendar: Calendar;
  readonly newId: () => string;
  /** system time, ISO 8601 */
  readonly recordedAt: string;
};

export function workOn(loaded: LoadedCase): Work {
  return {
    case: loaded,
    loadedVersion: loaded.version,
    deadlines: new Map(loaded.deadlines.map((deadline) => [deadline.key, { ...deadline }])),
    endedDeadlines: new Map(),
    disbursements: [...loaded.disbursements],
    changes: {},
  };
}

/** Adds one row to what the transaction will write. */
export function put(work: Work, statement: keyof ChangeSet, row: Row): void {
  const rows = work.changes[statement];
  if (rows) rows.push(row);
  else work.changes[statement] = [row];
}

/** The columns by which row-level security and, one day, distribution find the row. */
export const placeOf = (work: Work): { organisation_id: string; district: string } => ({
  organisation_id: work.case.organisationId,
  district: work.case.district,
});
