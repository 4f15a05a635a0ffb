/**
 * Parts of situations, one object for all that say the same. There are few, however many situations are made of them: what a step leaves alone
 * is recognised by identity, and a situation is told by the numbers of its parts.
 */
const byText = new Map<string, object>();
const numbers = new Map<object, number>();

/** Is this the one object for what it says? Nothing needs to be worked out for it again. */
export const isKnown = (part: object): boolean => numbers.has(part);

/** The one object that says this; the first becomes it. Only for parts in their standard form: nothing is worked out for them any more. */
export function known<T extends object>(part: T): T {
  return numbers.has(part) ? part : byTextOf(textOf(part), part);
}

/** The same for a record of parts, each of which is made the one object first. */
export function knownParts<T extends object>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const made: Record<string, T> = {};
  let text = '#';
  for (const name in record) {
    const part = known(record[name]!);
    made[name] = part;
    text += `${name}:${numbers.get(part)},`;
  }
  return byTextOf(text, made);
}

/** Its number: equal for parts that say the same. */
export const numberOf = (part: object): number => numbers.get(part) ?? numbers.get(known(part))!;

function byTextOf<T extends object>(text: string, part: T): T {
  const found = byText.get(text);
  if (found !== undefined) return found as T;
  byText.set(text, part);
  numbers.set(part, numbers.size);
  return part;
}

/** What it says. Like JSON, and an amount in fen is another thing than its decimal string. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  let text = Array.isArray(value) ? '[' : '{';
  for (const key in value) text += `${key}:${textOf(value[key as never])},`;
  return text;
}
