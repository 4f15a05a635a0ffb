/** Lines of an extract are read, stored and decided in pages. */
export type LinePage = { readonly firstRow: number; readonly lines: readonly string[] };

/** No line of a register is longer; a file without line ends must not fill the memory. */
export const LINE_MAX = 8_000;

/** A file that is not lines of text. */
export class UnreadableExtract extends Error {
  constructor(
    readonly reason: 'encoding' | 'line-too-long',
    readonly row: number,
  ) {
    super(`${reason} at row ${row}`);
  }
}

export type Encoding = 'utf-8' | 'gb18030';

/**
 * The lines of a stream of bytes, `size` at a time, each with the number it has in the file (the header is row 1). Line ends and a byte
 * order mark are taken away; an empty last line is none. Throws UnreadableExtract. Holds no more than a page.
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>, encoding: Encoding, size: number): AsyncGenerator<LinePage> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let firstRow = 1;
  let lines: string[] = [];
  let rest = '';
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new UnreadableExtract('encoding', firstRow + lines.length);
    }
  };
  const take = (text: string): void => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) lines.push(part.endsWith('\r') ? part.slice(0, -1) : part);
  };
  for await (const chunk of bytes) {
    take(decode(chunk));
    if (rest.length > LINE_MAX) throw new UnreadableExtract('line-too-long', firstRow + lines.length);
    while (lines.length >= size) {
      yield { firstRow, lines: lines.slice(0, size) };
      lines = lines.slice(size);
      firstRow += size;
    }
  }
  take(decode());
  if (rest !== '') lines.push(rest);
  if (lines.length > 0) yield { firstRow, lines };
}

/** The cells of one line (RFC 4180, no line ends inside quotes); null where a quote is not closed or stands in the middle. */
export function cellsOf(line: string): string[] | null {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  for (let at = 0; ; at += 1) {
    if (line[at] !== '"') {
      const end = line.indexOf(',', at);
      const cell = end < 0 ? line.slice(at) : line.slice(at, end);
      if (cell.includes('"')) return null;
      cells.push(cell);
      if (end < 0) return cells;
      at = end;
      continue;
    }
    const [cell, after] = quoted(line, at + 1);
    if (cell === null) return null;
    cells.push(cell);
    if (after === line.length) return cells;
    if (line[after] !== ',') return null;
    at = after;
  }
}

/** A quoted cell from behind its first quote, and the place behind its last. */
function quoted(line: string, from: number): [string | null, number] {
  let text = '';
  for (let at = from; ; ) {
    const end = line.indexOf('"', at);
    if (end < 0) return [null, line.length];
    text += line.slice(at, end);
    if (line[end + 1] !== '"') return [text, end + 1];
    text += '"';
    at = end + 2;
  }
}
