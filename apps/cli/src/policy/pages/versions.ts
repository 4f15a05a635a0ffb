import type { Policy } from '@tranche/policies';

/** The same item in one or several versions of a policy. */
export type Across<T> = {
  readonly items: readonly { readonly place: string; readonly item: T }[];
  /** the versions that have it, where not all do: ` （仅 only CN-21）` */
  readonly only: string;
};

/** Items of all versions by their key, in the order in which they first appear. */
export function acrossVersions<T>(
  versions: readonly Policy[],
  itemsOf: (policy: Policy) => readonly T[],
  keyOf: (item: T) => string,
): readonly Across<T>[] {
  const found = new Map<string, Across<T>['items'][number][]>();
  for (const policy of versions)
    for (const item of itemsOf(policy)) {
      const all = found.get(keyOf(item)) ?? [];
      found.set(keyOf(item), [...all, { place: placeOf(versions, policy), item }]);
    }
  return [...found.values()].map((items) => {
    const places = new Set(items.map(({ place }) => place));
    return { items, only: places.size === versions.length ? '' : ` （仅 only ${[...places].join('、')}）` };
  });
}

/** What an item says: once where all its versions agree, else by the versions that say the same. */
export function said<T>({ items }: Across<T>, of: (item: T) => string): string {
  const places = new Map<string, string[]>();
  for (const { place, item } of items) places.set(of(item), [...(places.get(of(item)) ?? []), place]);
  if (places.size === 1) return [...places.keys()][0] ?? '';
  return [...places].map(([words, where]) => `${where.join('、')}：${words}`).join('<br>');
}

/** The same of the policies themselves. */
export const saidByAll = (versions: readonly Policy[], of: (policy: Policy) => string): string =>
  said({ items: versions.map((policy) => ({ place: placeOf(versions, policy), item: policy })), only: '' }, of);

const placeOf = (versions: readonly Policy[], { jurisdiction, version }: Policy): string =>
  versions.filter((other) => other.jurisdiction === jurisdiction).length > 1 ? `${jurisdiction} ${version}` : jurisdiction;
