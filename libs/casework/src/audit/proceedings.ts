import type { Calendar } from '@tranche/calendar';
import { advance } from '@tranche/machines';
import type { Terms } from '@tranche/policies';
import type { CasePolicy } from '../case-policies.js';
import { type DeadlineEnd, deadlineEnd } from '../deadline-end.js';
import { rosterGroups } from '../exclusions.js';
import type { CaseBundle } from './case-rows.js';
import type { StoredRow } from './case-stream.js';
import { findingsOf, lastMigration } from './chain.js';
import { claimDifferences } from './claims.js';
import { doorAgain, type EndOf, type RowsAgain } from './door-again.js';
import type { Finding, FindingKind } from './findings.js';
import { attendanceUnlike, evidenceUnlike, listedUnlike, resultsUnlike, rosterUnlike } from './lists.js';
import type { Proceedings } from './proceeding-rows.js';
import type { Retold } from './retell.js';
import { type Difference, differences, differenceText, type MustRow, plain } from './same-rows.js';
import { tasksUnlike } from './tasks.js';

type Told = Extract<Retold, { ok: true }>;
/** The calendar as it stands, then those that stood before it. */
export type Calendars = readonly [Calendar, ...Calendar[]];

/** Everything beside a case against what the door writes when it hears the case's events again. */
export function auditProceedings(
  casePolicy: CasePolicy,
  bundle: CaseBundle,
  told: Told,
  rows: Proceedings,
  calendars: Calendars,
): Finding[] {
  const terms = JSON.parse(bundle.row.terms ?? '{}') as Terms;
  const again = doorAgain(bundle, told.steps, {
    calendar: calendars[0],
    endOf: endsLike(rows.deadlines, calendars),
    roster: { policyId: casePolicy.policy.id, groups: rosterGroups(casePolicy.policy, terms) },
  });
  const say = saying(bundle);
  const since = lastMigration(bundle.events)?.seq ?? 0;
  const findings = [
    ...say('deadlines-differ', 'deadlines', deadlinesUnlike(casePolicy, told, rows.deadlines, again.deadlines, since)),
    ...say('tasks-differ', 'tasks', tasksUnlike(rows, again.tasks, since)),
    ...say('claims-differ', 'exclusion_claims', claimDifferences(rows, again.claims, bundle)),
    ...say(
      'lists-differ',
      'classes',
      differences(rows.classes, again.classes.map(withoutId), () => 'class'),
    ),
    ...say('lists-differ', 'trainees', rosterUnlike(rows, bundle)),
    ...say('lists-differ', 'attendance', attendanceUnlike(rows, bundle)),
    ...say('lists-differ', 'acceptance_results', resultsUnlike(rows, bundle)),
    ...say('lists-differ', 'listed_people', listedUnlike(casePolicy.policy, rows, bundle)),
    ...say('evidence-differs', 'evidence', evidenceUnlike(casePolicy.policy, rows, bundle)),
  ];
  // what was posted before a migration, another machine posted
  return since > 0 ? findings : [...findings, ...proceduralFindings(say, rows, again)];
}

type Say = (kind: FindingKind, table: string, found: readonly Difference[]) => Finding[];

const saying =
  (bundle: CaseBundle): Say =>
  (kind, table, found) =>
    found.map((each) => {
      const { zh, en } = differenceText(table, each);
      return { ...findingsOf(bundle)(kind, zh, en, each.seq), table };
    });

function proceduralFindings(say: Say, rows: Proceedings, again: RowsAgain): Finding[] {
  const notices = again.notices.map((row) => ({ ...withoutId(row), sealed: true }));
  return [
    ...say(
      'notices-differ',
      'notices',
      differences(rows.notices, notices, (row) => `#${row['notice_no']}`),
    ),
    ...say(
      'notices-differ',
      'objections',
      differences(rows.objections, again.objections, (row) => String(row['id'])),
    ),
    ...say(
      'holds-differ',
      'holds',
      differences(rows.holds, again.holds.map(withoutId), (row) => String(row['placed_on'])),
    ),
  ];
}

export function withoutId({ id: _, ...row }: MustRow): MustRow {
  return row;
}

const ends = ['last_day', 'due_at', 'provisional', 'not_before', 'warn_on'] as const;
const sameEnd = (row: MustRow, end: DeadlineEnd): boolean => ends.every((name) => plain(row[name]) === plain(end[name]));

/** A limit that runs ends as the calendar says now; one that ended may keep the end that an earlier calendar gave it. */
function endsLike(stored: readonly StoredRow[], calendars: Calendars): EndOf {
  const rows = new Map(stored.map((row) => [limitOf(row), row]));
  return (row) => {
    const { from_date, count, unit, paused } = row as { from_date: string; count: number; unit: 'months'; paused: null };
    const [now, ...before] = calendars.map((calendar) => () => deadlineEnd(calendar, from_date, count, unit, paused));
    const kept = rows.get(limitOf(row));
    const current = (now as () => DeadlineEnd)();
    if (!kept || kept['status'] === 'running' || sameEnd(kept, current)) return current;
    return before.map((end) => end()).find((end) => sameEnd(kept, end)) ?? current;
  };
}

const limitOf = (row: MustRow): string => `${row['key']}@${row['set_seq']}`;

type Traced = { readonly status: string; readonly to?: string; readonly reason?: string };
/** A calendar moved it: written into its trace, told by no event. */
const untold = (trace: readonly Traced[]): readonly Traced[] => trace.filter(({ status }) => status !== 'recomputed');

function deadlinesUnlike(
  casePolicy: CasePolicy,
  told: Told,
  stored: readonly StoredRow[],
  must: readonly MustRow[],
  since: number,
): Difference[] {
  const kept = stored.filter((row) => Number(row['set_seq']) > since).map((row) => ({ ...row, trace: untold(row['trace'] as Traced[]) }));
  const unheard = new Set(kept.filter((row) => isUnheard(casePolicy, told, row)).map(limitOf));
  const wanted = must
    .filter((row) => Number(row['set_seq']) > since)
    .map(({ id: _, label: _label, cite: _cite, ...row }) => (unheard.has(limitOf(row)) ? settled(row) : row));
  const found = differences(kept, wanted, limitOf);
  return since > 0 ? [...found, ...liveUnlike(stored, must)] : found;
}

/** A limit that passed while the machine no longer listened to it: the sweep has put it aside, and no event says so. */
function isUnheard({ machine }: CasePolicy, { snapshot, steps }: Told, row: MustRow): boolean {
  const last = (row['trace'] as readonly Traced[]).at(-1);
  const event = steps.at(-1)?.event;
  if (last?.reason !== 'no longer awaited' || !event) return false;
  return !advance(machine, snapshot, { ...event, type: 'deadline.passed', data: { key: row['key'] } }).ok;
}

function settled({ trace, ...row }: MustRow): MustRow {
  return { ...row, status: 'passed', trace: [...(trace as Traced[]), { status: 'passed', reason: 'no longer awaited' }] };
}

/** In a case that was moved to another machine: the clocks that run now. */
function liveUnlike(stored: readonly StoredRow[], must: readonly MustRow[]): Difference[] {
  const live = (rows: readonly MustRow[]) => rows.filter(({ status }) => status === 'running' || status === 'suspected');
  const clock = ({ key, status }: MustRow) => ({ case_id: '', key, status });
  return differences(live(stored).map(clock), live(must).map(clock), (row) => String(row['key']));
}
