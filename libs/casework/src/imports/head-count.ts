/** How many people of one occupation and level; the form in which a list of people becomes a fact of the case. */
export type HeadCount = { readonly occupation: string; readonly level: string; readonly count: number };

/** Counts people by occupation and level, sorted by code points: the same people give the same bytes in any order. */
export function countHeads(people: readonly { readonly occupation: string; readonly level: string }[]): HeadCount[] {
  const counts = new Map<string, HeadCount>();
  for (const { occupation, level } of people) {
    const key = JSON.stringify([occupation, level]);
    counts.set(key, { occupation, level, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...counts.values()].sort((a, b) => order(a.occupation, b.occupation) || order(a.level, b.level));
}
