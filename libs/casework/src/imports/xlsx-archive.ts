import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import type { ReadLimits } from './limits.js';
import { stopReading } from './refusals.js';

/** Takes one piece of an unpacked entry. */
export type ByteSink = (chunk: Uint8Array) => void;

/**
 * A workbook's zip archive. Sizes written in its headers are never believed: what comes out is counted
 * while it comes out, over all entries together, and the stream is cut at the limit.
 */
export class XlsxArchive {
  #inflatedBytes = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly limits: ReadLimits,
  ) {}

  /** @throws ReadingStopped for a broken, encrypted or macro-carrying archive */
  static async open(bytes: Buffer, limits: ReadLimits): Promise<XlsxArchive> {
    const zip = await orBroken(fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: false }));
    if (zip.entryCount > limits.zipEntriesMax) stopBomb();
    const entries = new Map<string, Entry>();
    for (const entry of await orBroken(listEntries(zip))) {
      if (entry.isEncrypted()) stopEncrypted();
      if (entries.has(entry.fileName)) stopBroken();
      if (/vbaProject|macrosheets\//i.test(entry.fileName)) stopMacro();
      entries.set(entry.fileName, entry);
    }
    return new XlsxArchive(zip, entries, limits);
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Streams one entry through `sink`; a missing entry makes the workbook broken. */
  async read(name: string, sink: ByteSink): Promise<void> {
    const entry = this.entries.get(name) ?? stopBroken();
    const stream = await orBroken(this.zip.openReadStreamPromise(entry));
    let bytes = 0;
    let checksum = 0;
    try {
      for await (const chunk of chunksOf(stream)) {
        bytes += chunk.length;
        this.#count(chunk.length, bytes, entry.compressedSize);
        checksum = crc32(chunk, checksum);
        sink(chunk);
      }
    } finally {
      stream.destroy();
    }
    if (checksum !== entry.crc32) stopBroken();
  }

  #count(chunkBytes: number, entryBytes: number, compressedBytes: number): void {
    this.#inflatedBytes += chunkBytes;
    const { inflatedBytesMax, ratioFromBytes, inflateRatioMax } = this.limits;
    const tooMuch = this.#inflatedBytes > inflatedBytesMax;
    const tooDense = entryBytes > ratioFromBytes && entryBytes > compressedBytes * inflateRatioMax;
    if (tooMuch || tooDense) stopBomb();
  }
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  return entries;
}

/** Only errors of the stream itself mean a broken file; what the reader of a chunk throws passes through untouched. */
async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  for (;;) {
    const next = await orBroken(chunks.next());
    if (next.done) return;
    yield next.value;
  }
}

async function orBroken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    return stopBroken();
  }
}

export function stopBroken(): never {
  return stopReading(
    'spreadsheet-broken',
    '文件已损坏或不完整，无法读取。请用表格软件打开并另存为 .xlsx 后重新上传。',
    'The file is damaged or incomplete and cannot be read. Open it in a spreadsheet program, save it as .xlsx and upload again.',
  );
}

export function stopEncrypted(): never {
  return stopReading(
    'spreadsheet-encrypted',
    '文件设有密码。请去除密码、另存为 .xlsx 后重新上传。',
    'The file is protected by a password. Remove the password, save it as .xlsx and upload again.',
  );
}

export function stopMacro(): never {
  return stopReading(
    'spreadsheet-macro',
    '文件含有宏。请另存为不含宏的 .xlsx 后重新上传。',
    'The file contains macros. Save it as .xlsx without macros and upload again.',
  );
}

function stopBomb(): never {
  return stopReading(
    'zip-bomb',
    '文件解压后超出允许的大小。请只保留一张名册、删去多余的格式后重新上传。',
    'The file unpacks to more than is allowed. Keep one list only, remove surplus formatting and upload again.',
  );
}
