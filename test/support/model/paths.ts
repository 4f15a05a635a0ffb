import { after, type Cast, type Move, movesAt } from './moves.js';
import type { Twin } from './twin.js';

/** One life: its moves, and the machine's answer after each. */
export type Path = readonly Step[];
export type Step = { readonly move: Move; readonly twin: Twin };
export type Tour = { readonly paths: readonly Path[]; readonly reached: ReadonlySet<number> };

/** How many situations are looked at, and how long a life may become. */
export type Reach = { readonly nodes: number; readonly moves: number };

type Node = { readonly twin: Twin; readonly move: Move | null; readonly before: Node | null; readonly depth: number };

/**
 * A small set of lives that takes every arrow within reach. Situations that a new arrow led to are looked at first, so that lives
 * go deep before they go wide. `elsewhere`: arrows that another tour takes, in another machine that has them too. Deterministic.
 */
export function tour(first: Twin, cast: Cast, reach: Reach, elsewhere: ReadonlySet<number> = new Set()): Tour {
  const { firsts, covered } = explore(first, cast, reach);
  const paths: Path[] = [];
  const walked = new Set<number>(elsewhere);
  for (const node of [...firsts].sort((a, b) => b.depth - a.depth)) {
    if ([...node.twin.taken].every((arrow) => walked.has(arrow))) continue;
    const path = wayTo(node);
    for (const arrow of arrowsIn(path)) walked.add(arrow);
    paths.push(path);
  }
  return { paths: needed(paths, elsewhere), reached: covered };
}

const arrowsIn = (path: Path): Set<number> => new Set(path.flatMap(({ twin }) => [...twin.taken]));

/** Without the paths of which all arrows lie on others, too. */
function needed(paths: readonly Path[], elsewhere: ReadonlySet<number>): readonly Path[] {
  const times = new Map<number, number>();
  for (const path of paths) for (const arrow of arrowsIn(path)) times.set(arrow, (times.get(arrow) ?? 0) + 1);
  return paths.filter((path) => {
    const arrows = arrowsIn(path);
    if ([...arrows].some((arrow) => times.get(arrow) === 1 && !elsewhere.has(arrow))) return true;
    for (const arrow of arrows) times.set(arrow, (times.get(arrow) ?? 0) - 1);
    return false;
  });
}

/** The first situation that each arrow led to. */
function explore(first: Twin, cast: Cast, { nodes, moves }: Reach): { firsts: readonly Node[]; covered: ReadonlySet<number> } {
  const covered = new Set<number>();
  const seen = new Set([keyOf(first)]);
  const firsts: Node[] = [];
  const fresh: Node[] = [{ twin: first, move: null, before: null, depth: 0 }];
  const stale: Node[] = [];
  for (let looked = 0, at = 0; looked < nodes; looked += 1) {
    const node = fresh.pop() ?? stale[at++];
    if (!node) break;
    if (node.depth >= moves) continue;
    for (const move of movesAt(node.twin, cast)) {
      const twin = after(node.twin, move);
      if (!twin) continue;
      const next: Node = { twin, move, before: node, depth: node.depth + 1 };
      const leadsOn = [...twin.taken].some((arrow) => !covered.has(arrow));
      for (const arrow of twin.taken) covered.add(arrow);
      if (leadsOn) firsts.push(next);
      const key = keyOf(twin);
      if (seen.has(key)) continue;
      seen.add(key);
      (leadsOn ? fresh : stale).push(next);
    }
  }
  return { firsts, covered };
}

function wayTo(node: Node): Path {
  const way: Step[] = [];
  for (let at: Node | null = node; at?.move; at = at.before) way.unshift({ move: at.move, twin: at.twin });
  return way;
}

/** Situations that differ in dates and numbers only are one. */
function keyOf({ value, context, deadlines, proposed, facts, model }: Twin): string {
  const { reached, payments, notice, recovery, proposals, objections, limits: _, amounts, ...rest } = context;
  const money = Object.entries(payments).map(([id, { claimFen, pendingFen, sentFen, settled }]) => [
    id,
    claimFen,
    pendingFen,
    sentFen,
    settled.length,
  ]);
  const waiting = proposals.map(({ seq, type }) => [type, proposed.get(seq)?.data['correction']]);
  const told = model.types.has('roster.imported') ? facts : null;
  const marks = [Object.keys(reached), Object.keys(deadlines), notice.postedOn !== null, recovery.open, recovery.step, objections.length];
  return JSON.stringify([
    value,
    told,
    money,
    waiting,
    marks,
    amounts,
    { ...rest, clocks: Object.values(rest.clocks).sort(), recovered: rest.recovered.length },
  ]);
}
