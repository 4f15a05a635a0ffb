import { CsvError, parse } from 'csv-parse/sync';
import type { Cell } from './cells.js';
import type { ReadLimits } from './limits.js';
import { stopReading } from './refusals.js';
import type { RowCounter } from './row-counter.js';

/** Reads comma-separated text in UTF-8 (with or without byte order mark) or GB18030/GBK. */
export function readCsv(bytes: Uint8Array, limits: ReadLimits, rows: RowCounter): void {
  const text = decodeText(bytes);
  if (text.includes('\0')) {
    stopReading(
      'text-invalid',
      '文件含有不可用字符 U+0000。请另存为 CSV（UTF-8）后重新上传。',
      'The file contains the character U+0000. Save it as CSV (UTF-8) and upload again.',
    );
  }
  let row = 0;
  try {
    parse(text, {
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: limits.columnsMax * (limits.cellCharsMax + 4) * 2,
      on_record: (record: string[]) => {
        row += 1;
        rows.accept(row, record.map(csvCell));
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) stopBroken(row + 1);
    throw error;
  }
}

/** A leading equals sign is a formula to every spreadsheet program, so it is one here. */
function csvCell(text: string): Cell {
  return { kind: /^\s*=/.test(text) ? 'formula' : 'text', text };
}

function decodeText(bytes: Uint8Array): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const text = utf16 ? null : (decodeAs('utf-8', bytes) ?? decodeAs('gb18030', bytes));
  if (text !== null) return text;
  return stopReading(
    'text-encoding',
    '无法识别文件的文字编码（支持 UTF-8 与 GB18030/GBK）。请另存为 CSV（UTF-8）后重新上传。',
    'The text encoding is not recognised (UTF-8 and GB18030/GBK are). Save the file as CSV (UTF-8) and upload again.',
  );
}

function decodeAs(encoding: 'utf-8' | 'gb18030', bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function stopBroken(row: number): never {
  return stopReading(
    'spreadsheet-broken',
    `第 ${row} 行附近的引号不完整，或该行过长。请检查后重新上传。`,
    `Near row ${row} a quote is not closed or the line is too long. Check that row and upload again.`,
  );
}
