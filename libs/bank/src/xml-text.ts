/** An element with what stands in it, written already. */
export const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

/** An element with a text. Throws RangeError for characters that XML 1.0 cannot hold: `check` refuses them long before. */
export function text(name: string, value: string): string {
  if (UNWRITABLE.test(value)) throw new RangeError(`${name}: a character that XML cannot hold`);
  return `<${name}>${MARKUP.test(value) ? value.replace(EACH_MARKUP, (character) => entities[character] ?? character) : value}</${name}>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
const MARKUP = /[&<>\r]/;
const EACH_MARKUP = /[&<>\r]/g;
/** Everything that is not a Char of XML 1.0 (production 2). */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
