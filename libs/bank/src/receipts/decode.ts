import { UnreadableReceipt } from './receipt.js';

/** Encodings a bank's file may have; the names are those of `TextDecoder`. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'gbk' | 'windows-1252';

const named: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  gb18030: 'gb18030',
  gbk: 'gbk',
  gb2312: 'gbk',
  'iso-8859-1': 'windows-1252',
};
const HEAD = 512;

/**
 * Text of a file, chunk by chunk. The encoding is that of its byte order mark, of its XML declaration, or else `fallback`; the mark itself is
 * taken away. Throws UnreadableReceipt for an encoding we do not know, and at the first bytes that are none of it.
 */
export async function* decoded(bytes: AsyncIterable<Uint8Array>, fallback: Encoding = 'utf-8'): AsyncGenerator<string> {
  let head = Buffer.alloc(0);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let line = 1;
  const decode = (chunk?: Uint8Array): string => {
    try {
      const text = chunk ? decoder!.decode(chunk, { stream: true }) : decoder!.decode();
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line += 1;
      return text;
    } catch {
      throw new UnreadableReceipt('encoding-broken', line, {
        zh: `第 ${line} 行起不是 ${decoder!.encoding} 编码`,
        en: `from line ${line} on the bytes are not ${decoder!.encoding}`,
      });
    }
  };
  for await (const chunk of bytes) {
    if (decoder !== null) {
      yield decode(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD) continue;
    decoder = new TextDecoder(encodingOf(head, fallback), { fatal: true });
    yield decode(head);
  }
  if (decoder === null) {
    decoder = new TextDecoder(encodingOf(head, fallback), { fatal: true });
    yield decode(head);
  }
  yield decode();
}

function encodingOf(head: Uint8Array, fallback: Encoding): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  const start = Buffer.from(head.subarray(0, HEAD)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']{1,40})["']/.exec(start)?.[1]?.toLowerCase();
  if (declared === undefined) return fallback;
  const known = Object.hasOwn(named, declared) ? named[declared] : undefined;
  if (known !== undefined) return known;
  throw new UnreadableReceipt('encoding-unknown', 1, {
    zh: `不支持的编码 ${declared}；可用 UTF-8、GB18030、GBK`,
    en: `the encoding ${declared} is not supported; use UTF-8, GB18030 or GBK`,
  });
}
