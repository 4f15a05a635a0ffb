/** Texts kept at most; facts are some hundred bytes each. */
const KEPT = 1_000;

/**
 * JSON texts that come again and again, parsed once: the same text gives the same frozen value, so that whoever computes from it
 * may remember by the value itself. Bounded: when it is full, it forgets all and begins anew.
 */
export function keptJson<T extends object>(): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known) return known;
    const value = frozen(JSON.parse(text) as T);
    if (kept.size >= KEPT) kept.clear();
    kept.set(text, value);
    return value;
  };
}

function frozen<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
