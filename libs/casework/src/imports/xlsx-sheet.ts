import type { Cell, CellKind } from './cells.js';
import type { ReadLimits } from './limits.js';
import { stopReading } from './refusals.js';
import { stopBroken } from './xlsx-archive.js';
import type { XmlHandler } from './xlsx-xml.js';

/** Collects the shared strings of a workbook; pronunciation marks are left out, over-long texts are kept one character too long. */
export class SharedStrings implements XmlHandler {
  readonly texts: string[] = [];
  #inText = false;
  #phonetic = 0;
  #current = '';
  #chars = 0;

  constructor(private readonly limits: ReadLimits) {}

  open(name: string): void {
    if (name === 'si') this.#current = '';
    else if (name === 'rPh') this.#phonetic += 1;
    else if (name === 't') this.#inText = this.#phonetic === 0;
  }

  text(text: string): void {
    if (this.#inText && this.#current.length <= this.limits.cellCharsMax) this.#current += text.slice(0, this.limits.cellCharsMax + 1);
  }

  close(name: string): void {
    if (name === 't') this.#inText = false;
    else if (name === 'rPh') this.#phonetic -= 1;
    else if (name === 'si') this.#keep();
  }

  #keep(): void {
    this.#chars += this.#current.length + 1;
    if (this.#chars > this.limits.textCharsMax) {
      stopReading(
        'file-too-large',
        '文件中的文字过多。请只保留名册所需的列后重新上传。',
        'The file holds too much text. Keep the needed columns only and upload again.',
      );
    }
    this.texts.push(unescapeText(this.#current));
  }
}

type Accept = (row: number, cells: readonly (Cell | undefined)[]) => void;

/** Reads the cells of one sheet, row by row. Formulas are named as such whatever value was stored with them. */
export class SheetReader implements XmlHandler {
  #row = 0;
  #cells: (Cell | undefined)[] = [];
  #column = -1;
  #type = '';
  #formula = false;
  #value = '';
  #collecting = false;
  #phonetic = 0;

  constructor(
    private readonly shared: readonly string[],
    private readonly limits: ReadLimits,
    private readonly accept: Accept,
  ) {}

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'row') this.#openRow(attribute('r'));
    else if (name === 'c') this.#openCell(attribute('r'), attribute('t') ?? 'n');
    else if (name === 'f') this.#formula = true;
    else if (name === 'rPh') this.#phonetic += 1;
    else if (name === 'v' || name === 't') this.#collecting = this.#phonetic === 0;
  }

  text(text: string): void {
    if (this.#collecting && this.#value.length <= this.limits.cellCharsMax) this.#value += text.slice(0, this.limits.cellCharsMax + 1);
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#collecting = false;
    else if (name === 'rPh') this.#phonetic -= 1;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.accept(this.#row, this.#cells);
  }

  #openRow(reference: string | undefined): void {
    const row = reference === undefined ? this.#row + 1 : Number(reference);
    if (!Number.isSafeInteger(row) || row <= this.#row) stopBroken();
    this.#row = row;
    this.#cells = [];
    this.#column = -1;
  }

  #openCell(reference: string | undefined, type: string): void {
    const column = reference === undefined ? this.#column + 1 : columnOf(reference);
    if (column <= this.#column) stopBroken();
    this.#column = column;
    this.#type = type;
    this.#formula = false;
    this.#value = '';
  }

  #closeCell(): void {
    const cell = this.#formula ? ({ kind: 'formula', text: this.#value } as const) : this.#plainCell();
    if (cell.text === '' && cell.kind !== 'formula') return;
    // A cell far to the right is remembered at the first forbidden place: the array stays short, the limit still speaks.
    this.#cells[Math.min(this.#column, this.limits.columnsMax)] = cell;
  }

  #plainCell(): Cell {
    if (this.#type === 's') return { kind: 'text', text: this.shared[Number(this.#value)] ?? (this.#value === '' ? '' : stopBroken()) };
    const text = this.#type === 'inlineStr' || this.#type === 'str' ? unescapeText(this.#value) : this.#value;
    return { kind: kindOf(this.#type), text };
  }
}

function kindOf(type: string): CellKind {
  if (type === 'b') return 'boolean';
  if (type === 'e') return 'error';
  if (type === 'n' || type === 'd') return 'number';
  return 'text';
}

/** `B7` → 1. */
function columnOf(reference: string): number {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1] ?? stopBroken();
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Workbooks write characters that XML cannot carry as `_xHHHH_`. */
function unescapeText(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}
