import type { RunningHouse } from './processes.js';

/** Kept by the house for itself, and no part of what a request may change: the last use of a session. */
const aside = ['sessions'];

/** Number of rows and a hash of the content of every table: equal before and after means that nothing was changed. */
export async function contentOf(house: RunningHouse): Promise<Record<string, string>> {
  const tables = await house.asOwner<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL($1) ORDER BY 1`,
    [aside],
  );
  const each = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, ' ' ORDER BY t::text)), '') AS content FROM ${name} t`,
  );
  const rows = await house.asOwner<{ name: string; content: string }>(each.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]));
}
