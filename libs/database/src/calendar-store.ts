import { type Calendar, calendarOf } from '@tranche/calendar';
import type { ClientBase } from 'pg';

/** The published working-day calendar as it stands in the database, with its revision. */
export async function loadCalendar(client: Pick<ClientBase, 'query'>): Promise<{ revision: number; calendar: Calendar }> {
  const { rows } = await client.query<{ revision: number; years: number[]; off: string[]; work: string[] }>(
    `SELECT coalesce((SELECT revision FROM calendar_revision WHERE id = 1), 0)::float8 AS revision,
            (SELECT coalesce(jsonb_agg(year ORDER BY year), '[]') FROM calendar_years) AS years,
            (SELECT coalesce(jsonb_agg(day::text ORDER BY day), '[]') FROM calendar_days WHERE kind = 'off') AS off,
            (SELECT coalesce(jsonb_agg(day::text ORDER BY day), '[]') FROM calendar_days WHERE kind = 'work') AS work`,
  );
  const [row] = rows;
  if (!row) throw new Error('the calendar query returned no row');
  return { revision: row.revision, calendar: calendarOf(row) };
}
