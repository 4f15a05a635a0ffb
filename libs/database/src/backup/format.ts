import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip, type Gzip } from 'node:zlib';
import { StartRefused } from '../start-refused.js';

/*
 * A backup is one gzip stream of lines and blocks: a header; for each table its columns, blocks of COPY text, and the block's sum; the
 * sequences; and a manifest with the sum over all of it. It is written and read as a stream, whatever its size.
 */
export const backupFormat = 'tranche-backup-1';

export type Header = {
  readonly format: typeof backupFormat;
  /** ISO 8601 */
  readonly createdAt: string;
  /** version of the server it was read from */
  readonly server: string;
  /** names of the migrations that made its tables, in order */
  readonly migrations: readonly string[];
};
export type TableEntry = { readonly table: string; readonly columns: readonly string[]; readonly bytes: number; readonly sha256: string };
export type SequenceEntry = { readonly sequence: string; readonly last: string; readonly called: boolean };
export type Manifest = { readonly header: Header; readonly tables: readonly TableEntry[]; readonly sequences: readonly SequenceEntry[] };

export const manifestSum = (manifest: Manifest): string => createHash('sha256').update(JSON.stringify(manifest)).digest('hex');

/** Writes a backup to a side file that gets its name only when it is whole and on disk. */
export class BackupWriter {
  private readonly gzip: Gzip = createGzip({ level: 6 });
  private readonly out: WriteStream;
  private readonly flowing: Promise<void>;
  private readonly tables: TableEntry[] = [];

  constructor(
    private readonly file: string,
    private readonly header: Header,
  ) {
    this.out = createWriteStream(`${file}.unfinished`, { mode: 0o600 });
    this.flowing = pipeline(this.gzip, this.out);
    this.flowing.catch(() => undefined);
  }

  async begin(): Promise<void> {
    await this.line(this.header);
  }

  async table(table: string, columns: readonly string[], chunks: AsyncIterable<Buffer>): Promise<void> {
    await this.line({ table, columns });
    const sum: Hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of chunks) {
      sum.update(chunk);
      bytes += chunk.length;
      await this.line({ block: chunk.length });
      await this.put(chunk);
    }
    const entry = { table, columns, bytes, sha256: sum.digest('hex') };
    this.tables.push(entry);
    await this.line({ end: table, bytes, sha256: entry.sha256 });
  }

  async finish(sequences: readonly SequenceEntry[]): Promise<Manifest> {
    const manifest = { header: this.header, tables: this.tables, sequences };
    await this.line({ sequences });
    await this.line({ manifest: manifestSum(manifest) });
    this.gzip.end();
    await this.flowing;
    const written = await open(`${this.file}.unfinished`, 'r+');
    await written.sync();
    await written.close();
    await rename(`${this.file}.unfinished`, this.file);
    return manifest;
  }

  async abandon(): Promise<void> {
    this.gzip.destroy();
    await this.flowing.catch(() => undefined);
    await rm(`${this.file}.unfinished`, { force: true });
  }

  private line(value: object): Promise<void> {
    return this.put(Buffer.from(`${JSON.stringify(value)}\n`));
  }

  private async put(bytes: Buffer): Promise<void> {
    if (this.gzip.write(bytes)) return;
    await Promise.race([new Promise<void>((resolve) => this.gzip.once('drain', resolve)), this.flowing]);
  }
}

const damaged = (): StartRefused =>
  new StartRefused('backup-refused', {
    zh: '备份文件不完整或内容与其清单不符，未作任何更改。请换用另一份备份。',
    en: 'The backup is incomplete, or its content is not that of its manifest; nothing was changed. Use another copy.',
  });

/** Reads lines and blocks off a stream of any chunking. */
class Lines {
  private held: Buffer = Buffer.alloc(0);
  constructor(private readonly source: AsyncIterator<Buffer>) {}

  async line(): Promise<Record<string, unknown> | null> {
    for (let from = 0; ; ) {
      const end = this.held.indexOf(10, from);
      if (end >= 0) {
        const text = this.held.subarray(0, end).toString('utf8');
        this.held = this.held.subarray(end + 1);
        return JSON.parse(text) as Record<string, unknown>;
      }
      from = this.held.length;
      // a line is a header or a column list, never data
      if (from > HIGHEST_LINE || !(await this.more())) return null;
    }
  }

  async *block(size: number): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      if (this.held.length === 0 && !(await this.more())) throw damaged();
      const part = this.held.subarray(0, left);
      this.held = this.held.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  private async more(): Promise<boolean> {
    const { value, done } = await this.source.next();
    if (done) return false;
    this.held = this.held.length === 0 ? value : Buffer.concat([this.held, value]);
    return true;
  }
}
const HIGHEST_LINE = 1024 * 1024;

/** What a reader does with a backup; every call is made in the file's order. */
export type BackupVisitor = {
  header(header: Header): Promise<void>;
  table(table: string, columns: readonly string[], chunks: AsyncIterable<Buffer>): Promise<void>;
  sequences(sequences: readonly SequenceEntry[]): Promise<void>;
};

/** Reads a whole backup. Throws `StartRefused` (`backup-refused`) as soon as something is not what its sums say; errors of the visitor pass. */
export async function readBackup(file: string, visitor: BackupVisitor): Promise<Manifest> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    return await readAll(new Lines(gunzip[Symbol.asyncIterator]() as AsyncIterator<Buffer>), visitor);
  } catch (error) {
    // what zlib and JSON.parse say of a damaged file
    const code = (error as { code?: string }).code ?? '';
    if (error instanceof SyntaxError || code.startsWith('Z_')) throw damaged();
    throw error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function readAll(lines: Lines, visitor: BackupVisitor): Promise<Manifest> {
  const header = (await lines.line()) as unknown as Header | null;
  if (header?.format !== backupFormat || !Array.isArray(header.migrations)) throw damaged();
  await visitor.header(header);
  const tables: TableEntry[] = [];
  for (;;) {
    const line = await lines.line();
    if (line === null) throw damaged();
    if (Array.isArray(line['sequences']))
      return readEnd(lines, { header, tables, sequences: line['sequences'] as SequenceEntry[] }, visitor);
    tables.push(await readTable(lines, line as { table?: string; columns?: string[] }, visitor));
  }
}

async function readTable(
  lines: Lines,
  { table, columns }: { table?: string; columns?: string[] },
  visitor: BackupVisitor,
): Promise<TableEntry> {
  if (typeof table !== 'string' || !Array.isArray(columns)) throw damaged();
  const sum = createHash('sha256');
  let [bytes, ended] = [0, false];
  async function* chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      const line = await lines.line();
      if (typeof line?.['block'] !== 'number') {
        ended = line !== null && line['end'] === table && line['bytes'] === bytes && line['sha256'] === sum.copy().digest('hex');
        if (!ended) throw damaged();
        return;
      }
      for await (const part of lines.block(line['block'])) {
        sum.update(part);
        bytes += part.length;
        yield part;
      }
    }
  }
  await visitor.table(table, columns, chunks());
  if (!ended) throw damaged();
  return { table, columns, bytes, sha256: sum.digest('hex') };
}

async function readEnd(lines: Lines, manifest: Manifest, visitor: BackupVisitor): Promise<Manifest> {
  const last = await lines.line();
  if (last?.['manifest'] !== manifestSum(manifest)) throw damaged();
  await visitor.sequences(manifest.sequences);
  return manifest;
}
