import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

const FONT = '@openfonts/noto-sans-sc_chinese-simplified/files/noto-sans-sc-chinese-simplified-400.woff';

let unpacked: Buffer | undefined;

/** The font letters are written in, unpacked once by a process: what writes PDF would unpack it for every letter, and slowly. */
export function letterFont(): Buffer {
  unpacked ??= sfntOf(readFileSync(createRequire(import.meta.url).resolve(FONT)));
  return unpacked;
}

const HEAD = 12;
const ENTRY = 16;
const WOFF_HEAD = 44;
const WOFF_ENTRY = 20;
const whole = (length: number): number => (length + 3) & ~3;

/** A WOFF font (W3C WOFF 1.0) as the OpenType font it holds: the same tables, inflated, in their order. */
function sfntOf(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const entries = Array.from({ length: count }, (_, index) =>
    woff.subarray(WOFF_HEAD + index * WOFF_ENTRY, WOFF_HEAD + (index + 1) * WOFF_ENTRY),
  );
  const tables = entries.map((entry) => {
    const [offset, packed, length] = [entry.readUInt32BE(4), entry.readUInt32BE(8), entry.readUInt32BE(12)];
    const bytes = woff.subarray(offset, offset + packed);
    return { tag: entry.subarray(0, 4), checksum: entry.readUInt32BE(16), bytes: packed < length ? inflateSync(bytes) : bytes };
  });
  const size = tables.reduce((sum, { bytes }) => sum + whole(bytes.length), HEAD + count * ENTRY);
  const font = Buffer.alloc(size);
  const power = 2 ** Math.floor(Math.log2(count));
  woff.copy(font, 0, 4, 8);
  font.writeUInt16BE(count, 4);
  font.writeUInt16BE(power * ENTRY, 6);
  font.writeUInt16BE(Math.log2(power), 8);
  font.writeUInt16BE((count - power) * ENTRY, 10);
  let offset = HEAD + count * ENTRY;
  for (const [index, { tag, checksum, bytes }] of tables.entries()) {
    const at = HEAD + index * ENTRY;
    tag.copy(font, at);
    font.writeUInt32BE(checksum, at + 4);
    font.writeUInt32BE(offset, at + 8);
    font.writeUInt32BE(bytes.length, at + 12);
    bytes.copy(font, offset);
    offset += whole(bytes.length);
  }
  return font;
}
