import { isWeekend, yearOf } from '@tranche/calendar';
import { type Done, type Office, once, type Request } from './once.js';
import { type NotDone, notDone } from './refused.js';

/**
 * The days of one year of the State Council's holiday notice: days off, and the weekend days worked instead (调休).
 * A notice may reach into the December before its year.
 */
export type ArrangedDays = { readonly year: number; readonly off: readonly string[]; readonly work: readonly string[] };

/** What no arrangement can say: a day of another year, a day twice, a weekday worked instead. */
export function refuseDays({ year, off, work }: ArrangedDays): NotDone | null {
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

/** A year the system is delivered with, brought once by the system itself; one that stands is left as it is: it is changed by two people. */
export function bringCalendarYear(
  office: Office,
  request: Request,
  given: ArrangedDays & { readonly notice: string },
): Promise<Done<{ year: number }> | NotDone> {
  return once(office, request, async (tx) => {
    const refusal = refuseDays(given);
    if (refusal !== null) return refusal;
    const { year, notice, off, work } = given;
    const { rowCount } = await tx.query(
      'INSERT INTO calendar_years (year, notice, imported_by, recorded_at) VALUES ($1, $2, $3, $4) ON CONFLICT (year) DO NOTHING',
      [year, notice, request.actor.userId, new Date(office.systemNow())],
    );
    if (rowCount === 0) return { year };
    await tx.query(
      `INSERT INTO calendar_days (day, year, kind) SELECT day, $1::int, 'off' FROM unnest($2::date[]) AS day UNION ALL SELECT day, $1::int, 'work' FROM unnest($3::date[]) AS day
       ON CONFLICT (day) DO NOTHING`,
      [year, off, work],
    );
    await tx.query('UPDATE calendar_revision SET revision = revision + 1 WHERE id = 1');
    return { year };
  });
}
