/** What the file said about a cell. Numbers keep the digits exactly as they are stored in the file. */
export type CellKind = 'text' | 'number' | 'boolean' | 'formula' | 'error';
export type Cell = { readonly kind: CellKind; readonly text: string };

/** One row with at least one value. `cells` is sparse: index = column, starting at 0. */
export type SheetRow = { readonly row: number; readonly cells: readonly (Cell | undefined)[] };

export type RowSink = (row: SheetRow) => void;

const EMPTY: Cell = { kind: 'text', text: '' };

export function cellAt(row: SheetRow, column: number): Cell {
  return row.cells[column] ?? EMPTY;
}

/** Blanks at the ends go, also full-width ones, byte order marks and zero-width characters that spreadsheets carry along. */
export function trimCell(text: string): string {
  return text.replace(/^[\s\u200B-\u200D\u2060\uFEFF]+|[\s\u200B-\u200D\u2060\uFEFF]+$/gu, '');
}

/** Full-width letters and digits become plain ones; used for numbers, dates, codes and headers, never for names. */
export function plainForm(text: string): string {
  return trimCell(text.normalize('NFKC'));
}
