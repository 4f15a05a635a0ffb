/** Row numbers, both included; null: there are none. */
export type Rows = { readonly first: number | null; readonly last: number | null };
export type Page = { readonly first: number; readonly last: number };

/** Lines of one transaction: stored, decided, opened. */
export type PageSizes = { readonly store: number; readonly screen: number; readonly open: number };
export const pageSizes: PageSizes = { store: 5_000, screen: 4_000, open: 1_000 };

/** Pages carried out at once: while the database works on one, the next is decided. */
const LANES = 2;

/**
 * Carries out all pages of a span of rows. `goOn` is asked before each; after a "no", or a page that failed, no further one is begun.
 * Answers whether all were carried out; throws what the first failed page threw, once none is under way.
 */
export async function inPages(
  span: Rows | undefined,
  size: number,
  goOn: () => Promise<boolean>,
  work: (page: Page) => Promise<void>,
): Promise<boolean> {
  let next = span?.first ?? Number.POSITIVE_INFINITY;
  const last = span?.last ?? 0;
  let stopped = false;
  const lane = async (): Promise<void> => {
    while (!stopped && next <= last) {
      const page = { first: next, last: Math.min(next + size - 1, last) };
      next += size;
      try {
        if (await goOn()) await work(page);
        else stopped = true;
      } catch (error) {
        stopped = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
  return !stopped;
}
