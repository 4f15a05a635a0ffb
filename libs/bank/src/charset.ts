import iconv from 'iconv-lite';

/** Encodings that bank files come in. */
export const charsets = ['utf-8', 'gb18030', 'gbk'] as const;
export type Charset = (typeof charsets)[number];

/** The bytes of a text, or the characters that the encoding does not hold. */
export type Encoded = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly lost: readonly string[] };

/** Encoders replace what they cannot write by `?` without a word: so every character is read back and compared. */
export function encodeExactly(text: string, charset: Charset): Encoded {
  const lost = lostCharacters(text, charset);
  if (lost.length > 0) return { ok: false, lost };
  return { ok: true, bytes: new Uint8Array(iconv.encode(text, charset, { addBOM: false })) };
}

/** Characters of a text that the encoding cannot hold, each once, in their order; none for a text that it holds. */
export function lostCharacters(text: string, charset: Charset): string[] {
  return [...new Set(text)].filter((character) => !holds(charset, character));
}

/** What was found out about a character: the same few thousand stand in all names. */
const known: Readonly<Record<Charset, Map<string, boolean>>> = { 'utf-8': new Map(), gb18030: new Map(), gbk: new Map() };
const KNOWN_MAX = 50_000;

function holds(charset: Charset, character: string): boolean {
  const found = known[charset].get(character);
  if (found !== undefined) return found;
  const held = canHold(charset, character);
  if (known[charset].size >= KNOWN_MAX) known[charset].clear();
  known[charset].set(character, held);
  return held;
}

function canHold(charset: Charset, character: string): boolean {
  if (charset === 'utf-8') return !/\p{Cs}/u.test(character);
  const bytes = iconv.encode(character, charset);
  if (charset === 'gbk' && bytes[0] === DISPUTED_ROW) return false;
  return iconv.decode(bytes, charset) === character;
}

/** What stands in this row of GBK is another character, or none, in code page 936: banks' systems do not agree on it. */
const DISPUTED_ROW = 0xfe;
