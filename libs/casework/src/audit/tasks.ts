import type { StoredRow } from './case-stream.js';
import type { Proceedings } from './proceeding-rows.js';
import { type Difference, differences, type MustRow, plain } from './same-rows.js';

/** Asked for by work in progress, not by an event: budget that is short, an account the bank doubts, work that failed for good. */
const beside = /^(?:fund-short:.+|account-correction|outbox:\d+)$/;
const noDay = '9999-12-31';

/**
 * The to-dos of a case against those its events opened and closed. What one transaction opened and closed again may never have been
 * written, and what it closed and opened again may have gone on: such spans are put together on both sides.
 */
export function tasksUnlike({ tasks, deadlines }: Proceedings, must: readonly MustRow[], since: number): Difference[] {
  const stored = tasks.filter((row) => !beside.test(String(row['kind'])));
  const found = [...urgencyUnlike(tasks, deadlines)];
  if (since > 0) {
    const open = (rows: readonly MustRow[]) => rows.filter((row) => row['closed_at'] === null).map(({ kind }) => ({ case_id: '', kind }));
    return [
      ...found,
      ...differences(open(stored), open(must.filter((row) => !beside.test(String(row['kind'])))), ({ kind }) => String(kind)),
    ];
  }
  const wanted = must.filter((row) => !beside.test(String(row['kind'])));
  return [...found, ...differences(spans(stored), spans(wanted), (row) => `${row['kind']} ${row['opened_at']}`)];
}

const compared = ['case_id', 'kind', 'role', 'due_on', 'organisation_id', 'district'] as const;

function spans(rows: readonly MustRow[]): StoredRow[] {
  const byKind = new Map<string, MustRow[]>();
  for (const row of rows) byKind.set(String(row['kind']), [...(byKind.get(String(row['kind'])) ?? []), row]);
  return [...byKind.values()].flatMap((all) => {
    const joined: Record<string, unknown>[] = [];
    for (const row of all.toSorted((a, b) => Number(plain(a['opened_at'])) - Number(plain(b['opened_at'])) || openLast(a) - openLast(b))) {
      const [from, to] = [plain(row['opened_at']), plain(row['closed_at'])];
      const last = joined.at(-1);
      if (last && last['closed_at'] === from) last['closed_at'] = to;
      else
        joined.push({ ...Object.fromEntries(compared.map((name) => [name, row[name]])), opened_at: from, closed_at: to, seq: row['seq'] });
      Object.assign(joined.at(-1) ?? {}, { open: to === null, stands: standing(row) });
    }
    return joined.filter((row) => row['opened_at'] !== row['closed_at']) as StoredRow[];
  });
}

const openLast = (row: MustRow): number => (row['closed_at'] === null ? 1 : 0);
/** Who has it in hand is no event's business. */
const standing = ({ state }: MustRow): unknown => (state === 'claimed' ? 'open' : state);

/** The nearest day of the case's clocks stands in every open task: by it the queues are ordered. */
function urgencyUnlike(tasks: readonly StoredRow[], deadlines: readonly StoredRow[]): Difference[] {
  const days = deadlines.flatMap(({ status, last_day }) =>
    ['running', 'suspected'].includes(String(status)) && last_day ? [String(last_day)] : [],
  );
  const nearest = days.toSorted()[0];
  return tasks
    .filter((row) => row['state'] === 'open' || row['state'] === 'claimed')
    .filter((row) => row['urgent_on'] !== (nearest ?? row['due_on'] ?? noDay))
    .map((row) => ({
      which: String(row['kind']),
      column: 'urgent_on',
      stored: String(row['urgent_on']),
      computed: String(nearest ?? row['due_on'] ?? noDay),
    }));
}
