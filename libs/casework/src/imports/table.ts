import { type Cell, cellAt, plainForm, type SheetRow } from './cells.js';
import { defaultLimits } from './limits.js';
import { type ReadOptions, readRows } from './read-rows.js';
import { type FileRefusal, ReadingStopped, refuseFile } from './refusals.js';
import { stopTooManyRows } from './row-counter.js';

/** A column of a list: `names` are the accepted headers, Chinese and English; the first is the one shown to people. */
export type Column<Field extends string> = { readonly field: Field; readonly names: readonly string[]; readonly optional?: boolean };

/** One data row, reduced to the known columns. */
export type TableRow<Field extends string> = { readonly row: number; readonly cells: Readonly<Record<Field, Cell>> };

export type Table<Field extends string> = { readonly ok: true; readonly rows: readonly TableRow<Field>[] };

/** Titles may stand above the header (名册 printed with a heading): the header is looked for in the first five filled rows. */
const HEADER_ROWS_MAX = 5;

/** Reads a list whose header names the columns in any order; unknown columns are ignored and not kept. */
export async function readTable<Field extends string>(
  bytes: Uint8Array,
  options: ReadOptions,
  columns: readonly Column<Field>[],
): Promise<Table<Field> | FileRefusal> {
  const rows: TableRow<Field>[] = [];
  const dataRowsMax = (options.limits ?? defaultLimits).dataRowsMax;
  const header = new HeaderSearch(columns);
  const read = await readRows(bytes, options, (row) => {
    if (!header.found) header.look(row);
    else if (rows.length === dataRowsMax) stopTooManyRows(dataRowsMax);
    else rows.push({ row: row.row, cells: pick(row, columns, header.found) });
  });
  if (!read.ok) return read;
  if (!header.found) return header.refusal();
  if (rows.length === 0)
    return refuseFile(
      'rows-missing',
      '表头之下没有数据。请填写后重新上传。',
      'There is no data below the header. Fill in the list and upload again.',
    );
  return { ok: true, rows };
}

type Places<Field extends string> = ReadonlyMap<Field, number>;

class HeaderSearch<Field extends string> {
  found: Places<Field> | null = null;
  #seen = 0;
  #missing: readonly Column<Field>[];

  constructor(private readonly columns: readonly Column<Field>[]) {
    this.#missing = columns.filter((column) => !column.optional);
  }

  look(row: SheetRow): void {
    this.#seen += 1;
    if (this.#seen > HEADER_ROWS_MAX) throw new ReadingStopped(this.refusal());
    const places = this.#placesIn(row);
    const missing = this.columns.filter((column) => !column.optional && !places.has(column.field));
    if (missing.length < this.#missing.length) this.#missing = missing;
    if (missing.length === 0) this.found = places;
  }

  refusal(): FileRefusal {
    const zh = this.#missing.map((column) => `“${column.names[0]}”`).join('、');
    const en = this.#missing.map((column) => `"${column.names.at(-1)}"`).join(', ');
    return refuseFile('header-missing', `表头缺少${zh}列。请补上后重新上传。`, `The header has no column ${en}. Add it and upload again.`);
  }

  #placesIn(row: SheetRow): Places<Field> {
    const places = new Map<Field, number>();
    for (const [index, cell] of row.cells.entries()) {
      const column = cell && this.columns.find(({ names }) => names.some((name) => headerForm(name) === headerForm(cell.text)));
      if (!column) continue;
      if (places.has(column.field)) throw new ReadingStopped(twice(column.names[0] ?? column.field));
      places.set(column.field, index);
    }
    return places;
  }
}

/** `* 职业（工种）` and `职业(工种)` are the same header. */
function headerForm(text: string): string {
  return plainForm(text)
    .replace(/[\s*:_]/g, '')
    .toLowerCase();
}

function pick<Field extends string>(row: SheetRow, columns: readonly Column<Field>[], places: Places<Field>): Record<Field, Cell> {
  const cells = columns.map(({ field }) => [field, cellAt(row, places.get(field) ?? -1)] as const);
  return Object.fromEntries(cells) as Record<Field, Cell>;
}

function twice(name: string): FileRefusal {
  return refuseFile(
    'header-duplicate',
    `表头中“${name}”列出现两次。请只保留一列后重新上传。`,
    `The column "${name}" appears twice in the header. Keep one and upload again.`,
  );
}
