import { setTimeout as pause } from 'node:timers/promises';

export type Lanes<T> = {
  /** the next rows that have come due, none twice; empty when there are none just now */
  readonly read: () => Promise<readonly T[]>;
  /** carries out one page; what it throws is collected, the other pages go on */
  readonly apply: (page: readonly T[]) => Promise<void>;
  /** rows of one page */
  readonly page: number;
  /** true once no more should be read and no page begun */
  readonly stopping: () => boolean;
};

/** Pages carried out at once: while the database works on one, the next is decided. */
const LANES = 2;
/** Rows in hand at most; the rest waits where it is. */
const IN_HAND = 20_000;
/** How long to look away while nothing new is due and pages are still being carried out; milliseconds. */
const LOOK_AGAIN_MS = 25;

/** Takes up rows as they come due, also while earlier ones are still being carried out; ends when nothing is due and nothing in hand. Answers what failed. */
export async function inLanes<T>({ read, apply, page, stopping }: Lanes<T>): Promise<unknown[]> {
  const inHand: T[] = [];
  const working = new Set<Promise<void>>();
  const failed: unknown[] = [];
  const begin = (rows: readonly T[]): void => {
    const work: Promise<void> = apply(rows)
      .catch((error: unknown) => void failed.push(error))
      .finally(() => {
        working.delete(work);
        fill();
      });
    working.add(work);
  };
  const fill = (): void => {
    while (working.size < LANES && inHand.length > 0 && !stopping()) begin(inHand.splice(0, page));
  };
  try {
    while (!stopping()) {
      const rows = inHand.length < IN_HAND ? await read() : [];
      inHand.push(...rows);
      fill();
      if (rows.length > 0) continue;
      if (working.size === 0) break;
      await Promise.race([...working, pause(LOOK_AGAIN_MS)]);
    }
  } finally {
    await Promise.all(working);
  }
  return failed;
}

/** The same work so many times at once. Waits for all of them, and throws what the first that failed threw. */
export async function sideBySide<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const ended = await Promise.allSettled(Array.from({ length: times }, work));
  return ended.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
}
