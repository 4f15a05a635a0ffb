import type { Actor } from '@tranche/database';
import type { Answer, Command } from './command.js';
import { dispatchEach } from './dispatch.js';
import type { House } from './house.js';
import { sideBySide } from './lanes.js';

/** Commands of one transaction, and transactions at once: while the database writes one page, the next is decided. */
const PAGE = 250;
const LANES = 2;

/**
 * `dispatchEach` for as many commands as there are, page by page; what is told to one case stays together, in its order.
 * Answers are in the order of the commands.
 */
export async function dispatchPages(
  house: House,
  actor: Actor,
  commands: readonly Command[],
  pageOf: number = PAGE,
): Promise<{ readonly answers: readonly (Answer | null)[]; readonly errors: readonly unknown[] }> {
  if (commands.length <= pageOf) return dispatchEach(house, actor, commands);
  const answers: (Answer | null)[] = commands.map(() => null);
  const errors: unknown[] = [];
  const pages = pagesOf(commands, pageOf).values();
  await sideBySide(LANES, async () => {
    for (const page of pages) {
      const told = await dispatchEach(
        house,
        actor,
        page.map((at) => commands[at]!),
      );
      for (const [index, at] of page.entries()) answers[at] = told.answers[index] ?? null;
      errors.push(...told.errors);
    }
  });
  return { answers, errors };
}

/** Positions of the commands of each page. A case that is told much makes its page longer. */
function pagesOf(commands: readonly Command[], pageOf: number): number[][] {
  const pages: number[][] = [];
  const pageOfCase = new Map<string, number[]>();
  for (const [at, { caseId }] of commands.entries()) {
    if ((pages.at(-1)?.length ?? pageOf) >= pageOf && !pageOfCase.has(caseId)) pages.push([]);
    const page = pageOfCase.get(caseId) ?? pages.at(-1)!;
    pageOfCase.set(caseId, page);
    page.push(at);
  }
  return pages;
}
