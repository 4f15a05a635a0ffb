import { type Cell, type RowSink, trimCell } from './cells.js';
import type { ReadLimits } from './limits.js';
import { stopReading } from './refusals.js';

/** Sits between a reader and the sink: drops blank rows and enforces the limits on rows, columns and cells. */
export class RowCounter {
  #rows = 0;

  constructor(
    private readonly limits: ReadLimits,
    private readonly sink: RowSink,
  ) {}

  get rows(): number {
    return this.#rows;
  }

  /** @throws ReadingStopped when a limit is passed */
  accept(row: number, cells: readonly (Cell | undefined)[]): void {
    const last = cells.findLastIndex((cell) => cell !== undefined && (cell.kind !== 'text' || trimCell(cell.text) !== ''));
    if (last < 0) return;
    const { columnsMax, cellCharsMax, dataRowsMax } = this.limits;
    if (last >= columnsMax) {
      stopReading(
        'too-many-columns',
        `第 ${row} 行超过 ${columnsMax} 列。请删去多余的列后重新上传。`,
        `Row ${row} has more than ${columnsMax} columns. Remove the extra columns and upload again.`,
      );
    }
    for (const cell of cells) {
      if (!cell) continue;
      if (cell.text.length > cellCharsMax) {
        stopReading(
          'cell-too-long',
          `第 ${row} 行有单元格超过 ${cellCharsMax} 个字符。请缩短后重新上传。`,
          `A cell in row ${row} is longer than ${cellCharsMax} characters. Shorten it and upload again.`,
        );
      }
      if (cell.text.includes('\0')) {
        stopReading(
          'text-invalid',
          `第 ${row} 行含有不可用字符 U+0000。请删去后重新上传。`,
          `Row ${row} contains the character U+0000. Remove it and upload again.`,
        );
      }
    }
    this.#rows += 1;
    // The header and up to four title rows above it are not data.
    if (this.#rows > dataRowsMax + 5) stopTooManyRows(dataRowsMax);
    this.sink({ row, cells });
  }
}

export function stopTooManyRows(dataRowsMax: number): never {
  return stopReading(
    'too-many-rows',
    `文件超过 ${dataRowsMax} 行数据。请分班上传。`,
    `The file has more than ${dataRowsMax} data rows. Upload one class per file.`,
  );
}
