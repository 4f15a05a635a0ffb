import { bad, dateOf, integerOf, type Place, textOf } from './cell-values.js';
import { plainForm } from './cells.js';
import { RowProblems } from './row-problems.js';
import type { Column, TableRow } from './table.js';

export type AttendanceField = 'date' | 'classHours' | 'expected' | 'present' | 'session';

export const attendanceColumns: readonly Column<AttendanceField>[] = [
  { field: 'date', names: ['日期', '上课日期', 'date'] },
  { field: 'classHours', names: ['课时', '课时数', '学时', 'classHours'] },
  { field: 'expected', names: ['应到', '应到人数', 'expected'] },
  { field: 'present', names: ['实到', '实到人数', 'present'] },
  { field: 'session', names: ['节次', '场次', 'session'], optional: true },
];

/** A class-hour is 45 minutes; nobody is taught more than twelve of them on one day. */
const DAY_HOURS_MAX = 12;
const SESSIONS_MAX = 20;

/** One session held. Hours count on the day they were held, also those made up later. */
export type Session = { readonly day: string; readonly session: number; readonly classHours: number; readonly present?: number };
export type SessionRow = Session & { readonly row: number; readonly present: number };

export type ClassPeriod = { readonly plannedHours: number; readonly startsOn: string; readonly endsOn: string };

export type Attendance = { readonly sessions: readonly SessionRow[]; readonly problems: RowProblems };

/**
 * Checks an attendance list: real days inside the class period and not after `asOf` (the legal today), 1 to 12 class-hours,
 * somebody present and no more than expected, each day and session once. `recorded` are the sessions stored by earlier uploads.
 */
export function readAttendance(
  rows: readonly TableRow<AttendanceField>[],
  period: ClassPeriod,
  asOf: string,
  recorded: readonly Session[] = [],
): Attendance {
  const problems = new RowProblems();
  const sessions: SessionRow[] = [];
  const rowsBySession = new Map<string, number>();
  for (const { row, cells } of rows) {
    const at = (field: AttendanceField): Place => ({ row, field, problems });
    const day = dayInClass(cells.date, at('date'), period, asOf);
    const classHours = integerOf(cells.classHours, at('classHours'), { min: 1, max: DAY_HOURS_MAX });
    const expected = integerOf(cells.expected, at('expected'), { min: 1, max: 10_000 });
    const present = integerOf(cells.present, at('present'), { min: 0, max: 10_000 });
    const session = sessionOf(cells.session, at('session'));
    if (expected !== null && present !== null && present > expected) {
      bad(at('present'), 'present-over-expected', '实到人数多于应到人数。', 'More people are present than expected.', String(present));
    }
    if (present === 0)
      bad(
        at('present'),
        'nobody-present',
        '无人到课的场次不是已完成的课时，请从表中删去。',
        'A session with nobody present is no class held; leave the row out.',
        '0',
      );
    if (day === null || session === null) continue;
    const first = rowsBySession.get(keyOf(day, session));
    if (first !== undefined) reportTwice([first, row], day, session, problems);
    else rowsBySession.set(keyOf(day, session), row);
    if (classHours !== null && present !== null) sessions.push({ row, day, session, classHours, present });
  }
  reportLongDays(sessions, recorded, problems);
  return { sessions, problems };
}

function dayInClass(cell: TableRow<'date'>['cells']['date'], place: Place, period: ClassPeriod, asOf: string): string | null {
  const day = dateOf(cell, place);
  if (day === null) return null;
  if (day > asOf)
    return bad(
      place,
      'date-in-future',
      `晚于今天（${asOf}），不能预先填报。`,
      `It is after today (${asOf}); attendance cannot be reported ahead.`,
      day,
    );
  if (day >= period.startsOn && day <= period.endsOn) return day;
  const { startsOn, endsOn } = period;
  return bad(
    place,
    'date-outside-class',
    `不在开班期间（${startsOn} 至 ${endsOn}）内。`,
    `It is outside the class period (${startsOn} to ${endsOn}).`,
    day,
  );
}

/** `1`, `第1节` and an empty cell (one session a day) are understood. */
function sessionOf(cell: TableRow<'session'>['cells']['session'], place: Place): number | null {
  const text = textOf(cell, place, true);
  if (text === null || text === '') return text === null ? null : 1;
  const digits = /^第?(\d{1,3})[节次场]?$/.exec(plainForm(text))?.[1] ?? text;
  return integerOf({ kind: 'text', text: digits }, place, { min: 1, max: SESSIONS_MAX });
}

const keyOf = (day: string, session: number): string => `${day} ${session}`;

function reportTwice(rows: readonly [number, number], day: string, session: number, problems: RowProblems): void {
  for (const [row, other] of [rows, rows.toReversed()] as [number, number][]) {
    const zh = `与第 ${other} 行是同一天同一节次（${day} 第 ${session} 节）。`;
    bad(
      { row, field: 'date', problems },
      'duplicate-in-file',
      zh,
      `Row ${other} is the same day and session (${day}, session ${session}).`,
      day,
    );
  }
}

function reportLongDays(sessions: readonly SessionRow[], recorded: readonly Session[], problems: RowProblems): void {
  const hours = hoursByDay(mergeSessions(recorded, sessions));
  for (const { row, day } of sessions) {
    const total = hours.get(day) ?? 0;
    if (total <= DAY_HOURS_MAX) continue;
    const zh = `当天累计 ${total} 课时，超过每天 ${DAY_HOURS_MAX} 课时的上限。`;
    bad(
      { row, field: 'classHours', problems },
      'day-hours-over',
      zh,
      `The day adds up to ${total} class-hours; ${DAY_HOURS_MAX} a day is the limit.`,
      String(total),
    );
  }
}

/** Sessions stored before, extended and replaced by those of a new file. */
export function mergeSessions(recorded: readonly Session[], uploaded: readonly Session[]): Session[] {
  const merged = new Map([...recorded, ...uploaded].map((session) => [keyOf(session.day, session.session), session]));
  return [...merged.values()];
}

function hoursByDay(sessions: readonly Session[]): Map<string, number> {
  const hours = new Map<string, number>();
  for (const { day, classHours } of sessions) hours.set(day, (hours.get(day) ?? 0) + classHours);
  return hours;
}

export type Progress = {
  readonly completedHours: number /** first day on which at least half of the planned hours had been held */;
  readonly halfOn: string | null;
};

/** Progress of a class: completed ÷ planned class-hours, and the day the half was reached (exactly half counts). */
export function progressOf(sessions: readonly Session[], plannedHours: number): Progress {
  let completedHours = 0;
  let halfOn: string | null = null;
  for (const [day, hours] of [...hoursByDay(sessions)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    completedHours += hours;
    if (halfOn === null && completedHours * 2 >= plannedHours) halfOn = day;
  }
  return { completedHours, halfOn };
}
