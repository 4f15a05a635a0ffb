import canonicalize from 'canonicalize';

const strings = /"(?:[^"\\]|\\.)*"/g;
const numbers = /-?\d[\d.eE+-]*/g;

/**
 * Does JSON text from the database hold only numbers that a reader gets back exactly? `1.0`, or an integer beyond 2^53, would
 * parse to the same value as another text and so hide a change from a hash over values.
 */
export function isExactJson(text: string): boolean {
  return (text.replace(strings, '').match(numbers) ?? []).every((number) => {
    const value = Number(number);
    return Number.isSafeInteger(value) ? String(value) === number : String(value) === number || String(value).includes('e');
  });
}

const stringOrSpace = /("(?:[^"\\]|\\.)*")|\s+/g;
const stringOrSeparator = /("(?:[^"\\]|\\.)*")|[,:]/g;

/**
 * Is a text kept as it was written (`json`, not `jsonb`) one that we write: each value in its only form, no key twice, no blank but those that
 * jsonb puts behind every comma and colon? Any other says the same to one reader and perhaps something else to another.
 */
export function isOwnJson(text: string): boolean {
  const tight = text.replace(stringOrSpace, (_, string: string | undefined) => string ?? '');
  if (JSON.stringify(JSON.parse(text)) !== tight) return false;
  return text === tight || text === tight.replace(stringOrSeparator, (found, string: string | undefined) => string ?? `${found} `);
}

/** Are two JSON values equal in their RFC 8785 form? */
export const sameJson = (left: unknown, right: unknown): boolean => canonicalize(left) === canonicalize(right);
