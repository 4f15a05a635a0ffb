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

/** Are two JSON values equal in their RFC 8785 form? */
export const sameJson = (left: unknown, right: unknown): boolean => canonicalize(left) === canonicalize(right);
