import type { Calendar, DueUnit, Pause } from '@tranche/calendar';
import { loadCalendar, type Tx } from '@tranche/database';
import { deadlineEnd } from './deadline-end.js';
import { deadlineKeeper } from './deadlines.js';
import type { House } from './house.js';

const PAGE = 500;

type Running = {
  id: string;
  from: string;
  count: number;
  unit: DueUnit;
  paused: readonly Pause[] | null;
  lastDay: string | null;
  provisional: boolean;
};

/** The calendar's revision now; it grows with every import. */
export async function calendarRevision(house: House): Promise<number> {
  const [row] = await house.database.read<{ revision: number }>(
    deadlineKeeper,
    'SELECT coalesce((SELECT revision FROM calendar_revision WHERE id = 1), 0)::float8 AS revision',
  );
  return row?.revision ?? 0;
}

/**
 * Computes every running deadline anew after a calendar was imported: a provisional one gets its day, one that an amending notice
 * moved moves. A deadline that has ended stays as it ended. Returns how many changed.
 */
export async function recomputeDeadlines(house: House): Promise<number> {
  let changed = 0;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const page = await recomputePage(house, after);
    changed += page.changed;
    if (page.last === null) return changed;
    after = page.last;
  }
}

/** Locks in the global order: cases by id, then their deadlines. */
function recomputePage(house: House, after: string): Promise<{ changed: number; last: string | null }> {
  return house.database.transaction(deadlineKeeper, async (tx) => {
    const { rows: ids } = await tx.query<{ id: string; caseId: string }>(
      `SELECT id, case_id AS "caseId" FROM deadlines WHERE status = 'running' AND id > $1 ORDER BY id LIMIT ${PAGE}`,
      [after],
    );
    await tx.query('SELECT id FROM cases WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [ids.map(({ caseId }) => caseId)]);
    const { calendar } = await loadCalendar(tx);
    const { rows } = await tx.query<Running>(
      `SELECT id, from_date AS "from", count, unit, paused, last_day AS "lastDay", provisional FROM deadlines WHERE id = ANY($1::uuid[]) AND status = 'running'`,
      [ids.map(({ id }) => id)],
    );
    const moved = rows.map((row) => endOf(calendar, row)).filter((row) => row !== null);
    if (moved.length > 0) await move(tx, moved);
    return { changed: moved.length, last: ids.length === PAGE ? (ids.at(-1)?.id ?? null) : null };
  });
}

function endOf(calendar: Calendar, { id, from, count, unit, paused, lastDay, provisional }: Running): object | null {
  const end = deadlineEnd(calendar, from, count, unit, paused);
  return end.last_day === lastDay && end.provisional === provisional ? null : { id, ...end, was: lastDay };
}

/** A notice ends when its clock does, so its last day moves along. */
async function move(tx: Tx, rows: readonly object[]): Promise<void> {
  await tx.query(
    `WITH moved AS (
       UPDATE deadlines d SET last_day = r.last_day, due_at = r.due_at, provisional = r.provisional, not_before = r.not_before, warn_on = r.warn_on,
         trace = d.trace || jsonb_build_array(jsonb_build_object('status', 'recomputed', 'from', r.was, 'to', r.last_day))
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, last_day date, due_at timestamptz, provisional bool, not_before date, warn_on date, was date)
       WHERE d.id = r.id RETURNING d.case_id, d.key, d.last_day)
     UPDATE notices n SET ends_on = moved.last_day FROM moved WHERE n.case_id = moved.case_id AND moved.key = 'notice:' || n.notice_no AND n.state = 'posted'`,
    [JSON.stringify(rows)],
  );
}
