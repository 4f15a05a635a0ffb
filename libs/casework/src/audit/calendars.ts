import { type Calendar, calendarOf, stateCouncilYears } from '@tranche/calendar';
import { loadCalendar } from '@tranche/database';
import type { RowReader } from './case-rows.js';

type Approved = { readonly year: number; readonly off: readonly string[]; readonly work: readonly string[] };

/**
 * The calendar as it stands, then every one that stood before it: the years the system is delivered with, as each approval changed them.
 * A time limit that ended keeps the day it had under the calendar of then.
 */
export async function readCalendars(reader: RowReader): Promise<readonly [Calendar, ...Calendar[]]> {
  const approved = await reader.read<Approved>(
    `SELECT year, off::text[] AS off, work::text[] AS work FROM calendar_proposals WHERE state = 'approved' ORDER BY decided_at, id`,
  );
  const calendar = await standingCalendar(reader, approved);
  if (approved.length === 0) return [calendar];
  const first = new Map(approved.map(({ year }) => [year, true]));
  const delivered = stateCouncilYears.filter(({ year }) => calendar.years.has(year) && (year <= 2026 || !first.has(year)));
  const before = [...delivered, ...approved].map((_, count) => arranged([...delivered, ...approved].slice(0, count)));
  return [calendar, ...before.slice(delivered.length).toReversed()];
}

/** Days that no calendar can have were put there by somebody else: then what was delivered and approved is taken instead. */
async function standingCalendar(reader: RowReader, approved: readonly Approved[]): Promise<Calendar> {
  try {
    return (await loadCalendar({ query: async (sql: string) => ({ rows: await reader.read(sql) }) } as never)).calendar;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return arranged([...stateCouncilYears.filter(({ year }) => year <= 2026), ...approved]);
  }
}

/** Later arrangements of a year, or of a day, replace earlier ones. */
function arranged(years: readonly Approved[]): Calendar {
  const days = new Map<string, { year: number; kind: 'off' | 'work' }>();
  for (const { year, off, work } of years) {
    for (const [day, known] of days) if (known.year === year) days.delete(day);
    for (const day of off) days.set(day, { year, kind: 'off' });
    for (const day of work) days.set(day, { year, kind: 'work' });
  }
  const of = (kind: 'off' | 'work') => [...days].flatMap(([day, known]) => (known.kind === kind ? [day] : []));
  return calendarOf({ years: years.map(({ year }) => year), off: of('off'), work: of('work') });
}
