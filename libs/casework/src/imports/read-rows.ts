import type { RowSink } from './cells.js';
import { readCsv } from './csv-file.js';
import { defaultLimits, type ReadLimits } from './limits.js';
import { type FileRefusal, ReadingStopped, stopReading } from './refusals.js';
import { RowCounter } from './row-counter.js';
import { stopEncrypted, stopMacro } from './xlsx-archive.js';
import { readXlsx } from './xlsx-file.js';

export type FileKind = 'xlsx' | 'csv';
export type ReadOptions = { readonly fileName: string; readonly kinds?: readonly FileKind[]; readonly limits?: ReadLimits };

/**
 * Reads an uploaded spreadsheet row by row into `sink`, never holding more than one row itself.
 * The extension of the name and the first bytes must agree. Blank rows are skipped; row numbers are those of the file.
 */
export async function readRows(bytes: Uint8Array, options: ReadOptions, sink: RowSink): Promise<{ readonly ok: true } | FileRefusal> {
  const limits = options.limits ?? defaultLimits;
  try {
    const kind = fileKind(bytes, options, limits);
    const rows = new RowCounter(limits, sink);
    if (kind === 'csv') readCsv(bytes, limits, rows);
    else await readXlsx(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), limits, rows);
    return { ok: true };
  } catch (error) {
    if (error instanceof ReadingStopped) return error.refusal;
    throw error;
  }
}

function fileKind(bytes: Uint8Array, options: ReadOptions, limits: ReadLimits): FileKind {
  if (bytes.length === 0)
    stopReading('file-empty', '文件是空的。请选择正确的文件后重新上传。', 'The file is empty. Choose the right file and upload again.');
  if (bytes.length > limits.fileBytesMax) {
    const mebibytes = Math.floor(limits.fileBytesMax / 1024 / 1024);
    stopReading(
      'file-too-large',
      `文件超过 ${mebibytes} MB。请分班上传。`,
      `The file is larger than ${mebibytes} MB. Upload one class per file.`,
    );
  }
  const extension = /\.([a-z0-9]+)$/i.exec(options.fileName)?.[1]?.toLowerCase() ?? '';
  if (extension === 'xlsm') stopMacro();
  if (extension === 'xlsx' && startsWith(bytes, OLE)) stopEncrypted();
  const zip = startsWith(bytes, ZIP);
  const kind = extension === 'xlsx' && zip ? 'xlsx' : extension === 'csv' && !zip && !startsWith(bytes, OLE) ? 'csv' : null;
  const allowed = options.kinds ?? ['xlsx', 'csv'];
  return kind !== null && allowed.includes(kind) ? kind : stopKind(allowed);
}

/** Start of a zip file; of an old or password-protected Office file. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function stopKind(allowed: readonly FileKind[]): never {
  const names = allowed.map((kind) => `.${kind}`);
  return stopReading(
    'spreadsheet-kind',
    `文件类型不符：只接受内容与扩展名一致的 ${names.join('、')} 文件。请另存后重新上传。`,
    `Wrong kind of file: only ${names.join(' or ')} whose content matches its name is accepted. Save it in that form and upload again.`,
  );
}
