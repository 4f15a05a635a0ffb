import type { Policy } from '@tranche/policies';
import type { Session } from '../imports/attendance.js';
import { attendanceDigest } from '../imports/rows-digest.js';
import { personToken } from '../payee.js';
import { namesPeople } from '../told-facts.js';
import type { AuditedEvent, CaseBundle } from './case-rows.js';
import type { StoredRow } from './case-stream.js';
import type { Proceedings } from './proceeding-rows.js';
import { type Difference, differences, type MustRow } from './same-rows.js';

type Imported = {
  readonly seq: number;
  readonly actor: string;
  readonly fileSha256: string;
  readonly rowsSha256?: string;
  readonly facts: Readonly<Record<string, unknown>>;
};
type Heads = readonly { readonly count: number }[];
type Place = { readonly organisation_id: string; readonly district: string };

const sumOf = (heads: unknown): number => ((heads ?? []) as Heads).reduce((sum, { count }) => sum + Number(count), 0);

/** Lists that came as files: only these write rows; what a test or a migration told by itself has none. */
const importsOf = (events: readonly AuditedEvent[], type: string): Imported[] =>
  events
    .filter((event) => event.type === type && event.cause === 'import')
    .map(({ seq, actor, data }) => ({ seq, actor, ...(JSON.parse(data) as Omit<Imported, 'seq' | 'actor'>) }));

/** One row that sums up a table of one case, against the newest list that wrote it. */
const summed = (stored: readonly StoredRow[], must: MustRow | null, which: string, seq?: number): Difference[] =>
  differences(stored, must ? [{ ...must, seq }] : [], () => which);

/** Who is enrolled, by the digest in the event of the newest roster; who passed, by the newest results. */
export function rosterUnlike({ trainees, acceptance_results }: Proceedings, { row, events }: CaseBundle): Difference[] {
  const list = importsOf(events, 'roster.imported').at(-1);
  const results = importsOf(events, 'results.imported').at(-1);
  const people = sumOf(list?.facts['enrolled']);
  const last = acceptance_results.toSorted((a, b) => Number(a['attempt']) - Number(b['attempt'])).at(-1);
  const must = list && {
    ...placeOf(row),
    people,
    ...(list.rowsSha256 === undefined ? {} : { rows: list.rowsSha256 }),
    qualified: results ? sumOf(results.facts['qualified']) : 0,
    unjudged: results ? 0 : people,
  };
  const judged =
    results && last && Number(last['unlike']) > 0
      ? [{ which: 'result', column: 'result', stored: String(last['unlike']), computed: '0' }]
      : [];
  return [...summed(trainees, must ?? null, 'roster', list?.seq), ...judged];
}

/** All sessions of the class, by the digest in the event of the newest attendance list; each from a file that the case heard of. */
export function attendanceUnlike({ attendance }: Proceedings, { row, events }: CaseBundle): Difference[] {
  const lists = importsOf(events, 'attendance.imported');
  const list = lists.at(-1);
  const sessions = attendance as readonly (StoredRow & Session & { file: string } & Place)[];
  const files = new Set(lists.map(({ fileSha256 }) => fileSha256));
  const foreign = sessions
    .filter(
      ({ file, organisation_id, district }) => !files.has(file) || organisation_id !== row.organisationId || district !== row.district,
    )
    .map(({ day, session }) => ({ which: `${day}/${session}`, column: 'file_sha256', stored: 'row', computed: null }));
  const hours = sessions.reduce((sum, { classHours }) => sum + classHours, 0);
  const stored = [{ case_id: row.id, hours, rows: attendanceDigest(sessions) }];
  const must = { hours: Number(list?.facts['completedHours'] ?? 0), ...(list?.rowsSha256 === undefined ? {} : { rows: list.rowsSha256 }) };
  return [...foreign, ...summed(stored, must, 'attendance', list?.seq)];
}

/** Results by inspection: the newest is that of the newest list, the ones before it those of earlier lists in their order. */
export function resultsUnlike({ acceptance_results }: Proceedings, { row, events }: CaseBundle): Difference[] {
  const lists = importsOf(events, 'results.imported');
  const stored = acceptance_results.toSorted((a, b) => Number(a['attempt']) - Number(b['attempt']));
  if (stored.length === 0 && lists.length > 0)
    return [{ which: '1', column: null, stored: null, computed: 'row', seq: lists.at(-1)?.seq ?? 0 }];
  let open = lists.length;
  return stored.toReversed().flatMap((each, back): Difference[] => {
    const at = back === 0 ? open - 1 : lists.slice(0, open).findLastIndex(({ fileSha256 }) => fileSha256 === each['file']);
    const list = lists[at];
    open = at;
    const must = list && {
      ...placeOf(row),
      attempt: stored.length - back,
      file: list.fileSha256,
      qualified: sumOf(list.facts['qualified']),
      ...(list.rowsSha256 === undefined ? {} : { rows: list.rowsSha256 }),
    };
    return summed([each], must ?? null, String(each['attempt']), list?.seq);
  });
}

/** People on the lists of a policy: the tokens that stand in the event, row by row. */
export function listedUnlike(policy: Policy, { listed_people }: Proceedings, { row, events }: CaseBundle): Difference[] {
  const newest = new Map<string, MustRow[]>();
  for (const list of listsIn(policy, events)) newest.set(`${list.fact} ${list.period}`, peopleOn(list, placeOf(row)));
  const ranks = new Map<string, number>();
  const stored = listed_people
    .toSorted((a, b) => Number(a['row_no']) - Number(b['row_no']))
    .map((each) => {
      const place = `${each['fact']} ${each['period']} ${each['column_name']}`;
      const rank = (ranks.get(place) ?? 0) + 1;
      ranks.set(place, rank);
      return { ...each, rank, token: personToken(Buffer.from(String(each['person_key']).slice(2), 'hex')) };
    });
  return differences(
    stored,
    [...newest.values()].flat(),
    (each) => `${each['fact']} ${each['period']} ${each['column_name']} ${each['rank']}`,
  );
}

type List = { readonly seq: number; readonly actor: string; readonly fact: string; readonly period: string; readonly value: unknown };

/** The lists of people that events brought as files, in their order. */
export function listsIn(policy: Policy, events: readonly AuditedEvent[]): List[] {
  const named = Object.entries(policy.facts).filter(([, fact]) => namesPeople(fact) && fact.from !== 'case');
  if (named.length === 0) return [];
  return events
    .filter(({ cause, type }) => cause === 'import' && type !== 'case.opened')
    .flatMap(({ seq, actor, data }) => {
      const { facts = {}, claim, period } = JSON.parse(data) as { facts?: Record<string, unknown>; claim?: string; period?: string };
      return named
        .filter(([name]) => facts[name] !== undefined && facts[name] !== null)
        .map(([fact, { per }]) => ({ seq, actor, fact, period: per === 'period' ? `${claim}:${period}` : '', value: facts[fact] }));
    });
}

const isToken = (value: unknown): value is string => typeof value === 'string' && /^p-[A-Za-z0-9_-]{43}$/.test(value);

function peopleOn({ seq, fact, period, value }: List, place: Place): MustRow[] {
  const rows = (Array.isArray(value) ? value : [{ [fact]: value }]) as readonly Readonly<Record<string, unknown>>[];
  const ranks = new Map<string, number>();
  return rows.flatMap((row) =>
    Object.entries(row)
      .filter(([, token]) => isToken(token))
      .map(([column_name, token]) => {
        const rank = (ranks.get(column_name) ?? 0) + 1;
        ranks.set(column_name, rank);
        return { ...place, fact, period, column_name, token, rank, seq };
      }),
  );
}

/** The files themselves: each sealed by its own hash, as many as events brought, by whom they say. Files laid beside a case are told by no event. */
export function evidenceUnlike(policy: Policy, { evidence }: Proceedings, { row, events }: CaseBundle): Difference[] {
  const place = { ...placeOf(row), sealed: true };
  const brought = (['roster', 'attendance', 'results'] as const).flatMap((kind) =>
    importsOf(events, `${kind}.imported`).map(({ seq, actor, fileSha256 }) => ({
      ...place,
      kind,
      file: fileSha256,
      uploaded_by: actor,
      seq,
    })),
  );
  const letters = events
    .filter(({ type }) => type === 'recovery.demanded')
    .map(({ seq, data }) => ({ ...place, kind: 'letter', file: (JSON.parse(data) as { letterSha256?: string }).letterSha256, seq }))
    .filter(({ file }) => file !== undefined);
  const lists = listsIn(policy, events).map(({ seq, actor }) => ({ ...place, kind: 'list', uploaded_by: actor, seq }));
  const told = evidence.filter(({ kind }) => kind !== 'list' && kind !== 'other');
  const keyOf = (each: MustRow) => `${each['kind']} ${String(each['file']).slice(0, 16)}`;
  return [
    ...differences(told, [...brought, ...letters], keyOf),
    ...differences(evidence.filter(({ kind }) => kind === 'list').toSorted(byUploader), lists.toSorted(byUploader), ({ kind }) =>
      String(kind),
    ),
    ...differences(
      evidence.filter(({ kind }) => kind === 'other'),
      evidence.filter(({ kind }) => kind === 'other').map(() => place),
      () => 'other',
    ),
  ];
}

const byUploader = (a: MustRow, b: MustRow): number => String(a['uploaded_by']).localeCompare(String(b['uploaded_by']));

const placeOf = ({ organisationId, district }: CaseBundle['row']): Place => ({ organisation_id: organisationId, district });
