import type { Entry } from './movement.js';

/** One entry per fund, book and account, without zeros; sorted so that each fund and book stands together. */
export function merged(entries: readonly Entry[]): Entry[] {
  const sums = new Map<string, Entry>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.fund, entry.book, entry.account]);
    sums.set(key, { ...entry, amountFen: (sums.get(key)?.amountFen ?? 0n) + entry.amountFen });
  }
  return [...sums.values()].filter(({ amountFen }) => amountFen !== 0n).sort(byFundBookAccount);
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byFundBookAccount = (a: Entry, b: Entry): number => order(a.fund, b.fund) || order(b.book, a.book) || order(a.account, b.account);

/** The entries, when each fund and book of them sums to zero; anything else is a bug and throws. */
export function balanced(entries: readonly Entry[]): Entry[] {
  const posting = merged(entries);
  const totals = new Map<string, bigint>();
  for (const { fund, book, amountFen } of posting)
    totals.set(`${book} of fund ${fund}`, (totals.get(`${book} of fund ${fund}`) ?? 0n) + amountFen);
  const off = [...totals].find(([, fen]) => fen !== 0n);
  if (off) throw new Error(`unbalanced posting: ${off[0]} is off by ${off[1]} fen`);
  return posting;
}
