import canonicalize from 'canonicalize';
import type { StoredRow } from './case-stream.js';

/** What a row must be, by the names of its columns; columns that it does not name are not compared. `seq`: the event that wrote it. */
export type MustRow = Readonly<Record<string, unknown>>;

/** One row that is not what it must be: `stored` or `computed` is null where there is no such row. */
export type Difference = {
  readonly which: string;
  readonly column: string | null;
  readonly stored: string | null;
  readonly computed: string | null;
  /** the event that wrote the row, where the computed one says so */
  readonly seq?: number;
};

const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d+))?(?:Z|[+-]\d\d:\d\d)$/;

/** One way of writing for a value, whoever wrote it: an instant by its milliseconds, an object in its RFC 8785 form. */
export function plain(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return canonicalize(value) ?? null;
  if (typeof value !== 'string') return String(value);
  const instant = instantForm.exec(value);
  if (!instant) return value;
  // finer than we ever write: somebody else did
  if (/^\d{3}0*[1-9]/.test(instant[1] ?? '')) return value;
  return String(Date.parse(value));
}

/**
 * Compares rows with what they must be, pairing them by `keyOf`. Every row that is missing, added or differs is named once, with its first
 * column that differs.
 */
export function differences(stored: readonly StoredRow[], must: readonly MustRow[], keyOf: (row: MustRow) => string): Difference[] {
  const wanted = new Map<string, MustRow[]>();
  for (const row of must) wanted.set(keyOf(row), [...(wanted.get(keyOf(row)) ?? []), row]);
  const found: Difference[] = [];
  for (const row of stored) {
    const which = keyOf(row);
    const twin = wanted.get(which)?.shift();
    if (twin === undefined) {
      found.push({ which, column: null, stored: 'row', computed: null });
      continue;
    }
    const column = Object.keys(twin).find((name) => name !== 'seq' && plain(row[name]) !== plain(twin[name]));
    if (column !== undefined) found.push({ which, column, stored: plain(row[column]), computed: plain(twin[column]), ...seqPart(twin) });
  }
  for (const [which, rows] of wanted)
    for (const row of rows) found.push({ which, column: null, stored: null, computed: 'row', ...seqPart(row) });
  return found;
}

const seqPart = ({ seq }: MustRow): { seq?: number } => (typeof seq === 'number' ? { seq } : {});

const SHOWN = 120;
const shown = (value: string | null): string => (value === null ? '–' : value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);

/** A difference in words: table, row, column, stored against computed. */
export function differenceText(table: string, { which, column, stored, computed }: Difference): { zh: string; en: string } {
  if (column === null)
    return stored === null
      ? { zh: `${table} 缺少 ${which}`, en: `${table} lacks ${which}` }
      : { zh: `${table} 多出 ${which}`, en: `${table} has ${which}, which no event wrote` };
  return {
    zh: `${table} ${which}：${column} 存为 ${shown(stored)}，应为 ${shown(computed)}`,
    en: `${table} ${which}: ${column} is ${shown(stored)} and must be ${shown(computed)}`,
  };
}
