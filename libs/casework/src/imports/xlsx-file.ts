import type { ReadLimits } from './limits.js';
import { stopReading } from './refusals.js';
import type { RowCounter } from './row-counter.js';
import { XlsxArchive } from './xlsx-archive.js';
import { findParts, readXml } from './xlsx-parts.js';
import { SharedStrings, SheetReader } from './xlsx-sheet.js';

/** Reads the one filled, visible sheet of an .xlsx workbook. Data on a second visible sheet is refused, not ignored. */
export async function readXlsx(bytes: Buffer, limits: ReadLimits, rows: RowCounter): Promise<void> {
  const archive = await XlsxArchive.open(bytes, limits);
  const parts = await findParts(archive);
  const shared = new SharedStrings(limits);
  if (parts.sharedStrings !== null) await readXml(archive, parts.sharedStrings, shared);
  for (const sheet of parts.sheets) {
    const rowsBefore = rows.rows;
    const reader = new SheetReader(shared.texts, limits, (row, cells) => {
      if (rowsBefore > 0 && cells.some((cell) => cell !== undefined)) stopManySheets();
      rows.accept(row, cells);
    });
    await readXml(archive, sheet, reader);
  }
}

function stopManySheets(): never {
  return stopReading(
    'sheet-many',
    '工作簿中不止一张表有内容。请只保留一张表后重新上传。',
    'More than one sheet of the workbook has content. Keep one sheet and upload again.',
  );
}
