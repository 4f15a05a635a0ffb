import type { Entry } from './movement.js';

/** One entry per fund, book and account, without zeros; sorted so that each fund and book stands together. */
export function merged(entries: readonly Entry[]): Entry[] {
  const sums = new Map<string, { -readonly [K in keyof Entry]: Entry[K] }>();
  for (const { fund, book, account, amountFen } of entries) {
    if (amountFen === 0n) continue;
    // neither a book nor the code of an account has a blank in it
    const key = `${book} ${account} ${fund}`;
    const known = sums.get(key);
    if (known) known.amountFen += amountFen;
    else sums.set(key, { fund, book, account, amountFen });
  }
  return [...sums.values()].filter(({ amountFen }) => amountFen !== 0n).sort(byFundBookAccount);
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byFundBookAccount = (a: Entry, b: Entry): number => order(a.fund, b.fund) || order(b.book, a.book) || order(a.account, b.account);

/** The entries, when each fund and book of them sums to zero; anything else is a bug and throws. */
export function balanced(entries: readonly Entry[]): Entry[] {
  const posting = merged(entries);
  const totals = new Map<string, bigint>();
  for (const { fund, book, amountFen } of posting) {
    const place = `${book} of fund ${fund}`;
    totals.set(place, (totals.get(place) ?? 0n) + amountFen);
  }
  const off = [...totals].find(([, fen]) => fen !== 0n);
  if (off) throw new Error(`unbalanced posting: ${off[0]} is off by ${off[1]} fen`);
  return posting;
}
