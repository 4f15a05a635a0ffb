import { type Fault, fault, type Position, UnreadableReceipt } from './receipt.js';
import { fenOf } from './values.js';

/** A row with its number in the file; `cells` is null where a quote is not closed or stands in the middle of a cell. */
export type CsvRow = { readonly no: number; readonly cells: readonly string[] | null };

/** No row of a return file is longer; a file without line ends must not fill the memory. */
const ROW_MAX = 20_000;

/** Rows of delimited text that comes in pieces (RFC 4180 without line ends inside quotes). Empty rows are none. */
export class Decoder {
  private rest = '';
  private no = 0;

  constructor(private readonly delimiter: string) {}

  push(text: string): CsvRow[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    if (this.rest.length > ROW_MAX)
      throw new UnreadableReceipt('too-complex', this.no + 1, { zh: `第 ${this.no + 1} 行过长`, en: `row ${this.no + 1} is too long` });
    return lines.flatMap((line) => this.row(line));
  }

  end(): CsvRow[] {
    const last = this.rest;
    this.rest = '';
    return last === '' ? [] : this.row(last);
  }

  private row(line: string): CsvRow[] {
    this.no += 1;
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text.trim() === '') return [];
    // control characters are in no name, and would be invisible wherever the row is shown
    return [{ no: this.no, cells: /[\p{Cc}\p{Cs}]/u.test(text.replaceAll('\t', '')) ? null : cellsOf(text, this.delimiter) }];
  }
}

function cellsOf(line: string, delimiter: string): string[] | null {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^"]*))/y;
  for (let at = 0; at <= line.length; at += 1) {
    const end = line.indexOf(delimiter, at);
    if (line[at] !== '"') {
      const text = end < 0 ? line.slice(at) : line.slice(at, end);
      if (text.includes('"')) return null;
      cells.push(text);
      if (end < 0) return cells;
      at = end;
      continue;
    }
    cell.lastIndex = at;
    const found = cell.exec(line);
    if (found?.[1] === undefined) return null;
    cells.push(found[1].replaceAll('""', '"'));
    at += found[0].length;
    if (at === line.length) return cells;
    if (line[at] !== delimiter) return null;
  }
  cells.push('');
  return cells;
}

/** Fen of a cell in yuan (grouping commas allowed) or in whole fen. */
export function fenOfCell(text: string, unit: 'yuan' | 'fen', at: Position): bigint | Fault {
  const invalid = () => fault(at, 'amount-invalid', '金额无法识别', 'the amount cannot be read', text);
  if (unit === 'fen') return /^[1-9]\d{0,17}$/.test(text) ? BigInt(text) : invalid();
  if (text.includes(',') && !/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return invalid();
  const fen = fenOf(text.replaceAll(',', ''), at);
  return fen === 0n ? invalid() : fen;
}
