import { createHash } from 'node:crypto';
import { type Calendar, calendarOf, type DueUnit, type Pause } from '@tranche/calendar';
import type { Tx } from '@tranche/database';
import type { Text } from '@tranche/policies';
import { deadlineEnd } from '../deadline-end.js';
import type { ArrangedDays } from './calendar-import.js';

/** What a day is: off, worked on a weekend, or (null) as its weekday says. */
export type DayKind = 'off' | 'work' | null;
export type ChangedDay = { readonly day: string; readonly before: DayKind; readonly after: DayKind };
/** A running time limit that would end on another day; null where the calendar of that year is not published. */
export type MovedDeadline = {
  readonly id: string;
  readonly caseId: string;
  readonly caseNo: string;
  readonly label: Text;
  readonly before: string | null;
  readonly after: string | null;
};
/** `sha256` is that of the year, its changed days and all moved time limits in the order of their ids: what the person who approves has seen. */
export type CalendarChange = {
  readonly newYear: boolean;
  readonly days: readonly ChangedDay[];
  readonly count: number;
  readonly sha256: string;
  /** the first of them */
  readonly deadlines: readonly MovedDeadline[];
};

/** Time limits shown of a list; the count is of all. */
const SHOWN = 50;
/** Time limits looked at together: what is held in memory of them at once. */
const PAGE = 5_000;

type Running = Omit<MovedDeadline, 'before' | 'after'> & {
  readonly from: string;
  readonly count: number;
  readonly unit: DueUnit;
  readonly paused: readonly Pause[] | null;
  readonly lastDay: string | null;
  readonly provisional: boolean;
};

/**
 * What the calendar and the running time limits would be under these days. `tx` sees whatever is to be counted, in a transaction; read
 * page by page, as they all were at one moment.
 */
export async function calendarChange(tx: Pick<Tx, 'query'>, given: ArrangedDays, page = PAGE): Promise<CalendarChange> {
  const { newYear, days, calendar } = await arranged(tx, given);
  const sum = createHash('sha256').update(`${given.year} ${newYear}\n${days.map((day) => `${Object.values(day).join(' ')}\n`).join('')}`);
  const deadlines: MovedDeadline[] = [];
  let count = 0;
  await tx.query(
    `DECLARE deadlines_moved NO SCROLL CURSOR FOR SELECT d.id, d.case_id AS "caseId", c.case_no AS "caseNo", d.label, d.from_date AS "from", d.count, d.unit, d.paused,
       d.last_day AS "lastDay", d.provisional FROM deadlines d JOIN cases c ON c.id = d.case_id WHERE d.status = 'running' ORDER BY d.id`,
  );
  for (let read = page; read === page; ) {
    const { rows } = await tx.query<Running>(`FETCH ${page} FROM deadlines_moved`);
    for (const row of rows) {
      const end = deadlineEnd(calendar, row.from, row.count, row.unit, row.paused);
      if (end.last_day === row.lastDay && end.provisional === row.provisional) continue;
      const { id, caseId, caseNo, label, lastDay: before } = row;
      sum.update(`${id} ${before} ${end.last_day}\n`);
      if (count < SHOWN) deadlines.push({ id, caseId, caseNo, label, before, after: end.last_day });
      count += 1;
    }
    read = rows.length;
  }
  await tx.query('CLOSE deadlines_moved');
  return { newYear, days, count, sha256: sum.digest('hex'), deadlines };
}

type Stored = { readonly day: string; readonly year: number; readonly kind: 'off' | 'work' };

/** The calendar as it would stand, and the days that differ from it as it stands, in their order. */
async function arranged(
  tx: Pick<Tx, 'query'>,
  given: ArrangedDays,
): Promise<{ readonly newYear: boolean; readonly days: readonly ChangedDay[]; readonly calendar: Calendar }> {
  const { rows: stored } = await tx.query<Stored>('SELECT day::text AS day, year, kind FROM calendar_days');
  const { rows: years } = await tx.query<{ year: number }>('SELECT year FROM calendar_years');
  const before = new Map(stored.map(({ day, kind }) => [day, kind]));
  const after = new Map(stored.filter(({ year }) => year !== given.year).map(({ day, kind }) => [day, kind]));
  for (const kind of ['off', 'work'] as const) for (const day of given[kind]) after.set(day, kind);
  const days = [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((day) => ({ day, before: before.get(day) ?? null, after: after.get(day) ?? null }))
    .filter((each) => each.before !== each.after);
  const listed = (kind: DayKind) => [...after].flatMap(([day, is]) => (is === kind ? [day] : []));
  const calendar = calendarOf({ years: [...years.map(({ year }) => year), given.year], off: listed('off'), work: listed('work') });
  return { newYear: years.every(({ year }) => year !== given.year), days, calendar };
}
