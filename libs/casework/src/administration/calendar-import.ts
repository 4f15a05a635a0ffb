import { isWeekend, yearOf } from '@tranche/calendar';
import { type Done, type Office, once, type Request, type Tx } from './once.js';
import { type NotDone, notDone } from './refused.js';

/**
 * One year of the State Council's holiday notice: days off, and the weekend days worked instead (调休).
 * A notice may reach into the December before its year.
 */
export type CalendarYearImport = {
  readonly year: number;
  readonly notice: string;
  readonly publishedOn: string | null;
  readonly off: readonly string[];
  readonly work: readonly string[];
};
export type CalendarImported = { readonly year: number; readonly revision: string; readonly off: number; readonly work: number };

/** Takes in a year, or replaces it after an amending notice; every process reads the calendar again at the next revision. */
export function importCalendarYear(office: Office, request: Request, given: CalendarYearImport): Promise<Done<CalendarImported> | NotDone> {
  return once(office, request, async (tx) => refuseDays(given) ?? writeYear(office, tx, request.actor.userId, given));
}

function refuseDays({ year, off, work }: CalendarYearImport): NotDone | null {
  const days = [...off, ...work];
  const elsewhere = days.find((day) => yearOf(day) !== year && !day.startsWith(`${year - 1}-12-`));
  if (elsewhere !== undefined) return notDone('data-invalid', `${elsewhere} 不在 ${year} 年。`, `${elsewhere} is not in ${year}.`, 'off');
  if (new Set(days).size !== days.length) return notDone('data-invalid', '同一天出现了两次。', 'A day is given twice.', 'off');
  const worked = work.find((day) => !isWeekend(day));
  if (worked !== undefined)
    return notDone(
      'data-invalid',
      `${worked} 不是周末,无需调休上班。`,
      `${worked} is no weekend day, so it cannot be a make-up day.`,
      'work',
    );
  return null;
}

async function writeYear(office: Office, tx: Tx, importedBy: string, given: CalendarYearImport): Promise<CalendarImported> {
  await tx.query(
    `INSERT INTO calendar_years (year, notice, published_on, imported_by, recorded_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (year) DO UPDATE SET notice = excluded.notice, published_on = excluded.published_on, imported_by = excluded.imported_by, recorded_at = excluded.recorded_at`,
    [given.year, given.notice, given.publishedOn, importedBy, new Date(office.systemNow())],
  );
  await tx.query('DELETE FROM calendar_days WHERE year = $1', [given.year]);
  await tx.query(
    `INSERT INTO calendar_days (day, year, kind) SELECT day, $1::int, 'off' FROM unnest($2::date[]) AS day UNION ALL SELECT day, $1::int, 'work' FROM unnest($3::date[]) AS day
     ON CONFLICT (day) DO UPDATE SET year = excluded.year, kind = excluded.kind`,
    [given.year, given.off, given.work],
  );
  const { rows } = await tx.query<{ revision: string }>(
    'UPDATE calendar_revision SET revision = revision + 1 WHERE id = 1 RETURNING revision::text AS revision',
  );
  return { year: given.year, revision: rows[0]?.revision ?? '0', off: given.off.length, work: given.work.length };
}
