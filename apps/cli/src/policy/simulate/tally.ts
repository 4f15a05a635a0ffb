import type { News } from './case-plan.js';

/** What the simulated cases add up to. Fen. */
export type Tally = {
  readonly cases: number;
  /** month → fund → paid */
  readonly cost: ReadonlyMap<string, ReadonlyMap<string, bigint>>;
  readonly recovered: bigint;
  /** paid less recovered, by case */
  readonly byCase: ReadonlyMap<string, bigint>;
  /** advances paid and not yet earned, at the end of each day on which they changed */
  readonly advances: readonly { readonly on: string; readonly fen: bigint }[];
  readonly missed: readonly { readonly caseId: string; readonly key: string; readonly on: string; readonly statutory: boolean }[];
  readonly refused: readonly { readonly caseId: string; readonly type: string; readonly unmet: readonly string[] }[];
};

/** Adds up the news of the cases. */
export function tally(lives: readonly { readonly id: string; readonly news: readonly News[] }[]): Tally {
  const cost = new Map<string, Map<string, bigint>>();
  const byCase = new Map<string, bigint>();
  const deltas = new Map<string, bigint>();
  let recovered = 0n;
  for (const { id, news } of lives) {
    byCase.set(id, 0n);
    let outstanding = 0n;
    const owe = (on: string, fen: bigint): void => {
      outstanding += fen;
      deltas.set(on, (deltas.get(on) ?? 0n) + fen);
    };
    let earned = false;
    for (const each of news) {
      if (each.kind === 'paid') {
        const month = cost.get(each.on.slice(0, 7)) ?? new Map<string, bigint>();
        cost.set(each.on.slice(0, 7), month);
        for (const { fund, fen } of each.parts) month.set(fund, (month.get(fund) ?? 0n) + fen);
        const fen = each.parts.reduce((sum, part) => sum + part.fen, 0n);
        byCase.set(id, (byCase.get(id) ?? 0n) + fen);
        if (each.advance && !earned) owe(each.on, fen);
      } else if (each.kind === 'recovered') {
        recovered += each.fen;
        byCase.set(id, (byCase.get(id) ?? 0n) - each.fen);
      } else if (each.kind === 'entitled' && outstanding !== 0n) owe(each.on, -outstanding);
      if (each.kind === 'entitled') earned = true;
    }
  }
  const of = <K extends News['kind']>(kind: K) =>
    lives.flatMap(({ id, news }) =>
      news.flatMap((each) => (each.kind === kind ? [{ caseId: id, ...(each as Extract<News, { kind: K }>) }] : [])),
    );
  return { cases: lives.length, cost, recovered, byCase, advances: running(deltas), missed: of('missed'), refused: of('refused') };
}

function running(deltas: ReadonlyMap<string, bigint>): Tally['advances'] {
  let fen = 0n;
  return [...deltas]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([on, delta]) => {
      fen += delta;
      return { on, fen };
    });
}

export type Comparison = {
  readonly gains: readonly { readonly caseId: string; readonly fen: bigint }[];
  readonly loses: readonly { readonly caseId: string; readonly fen: bigint }[];
  readonly same: number;
  readonly totalFen: bigint;
};

/** Who gets more and who less under the second, the largest differences first. */
export function compare(first: Tally, second: Tally): Comparison {
  const changes = [...first.byCase].map(([caseId, fen]) => ({ caseId, fen: (second.byCase.get(caseId) ?? 0n) - fen }));
  const bySize = (a: { fen: bigint }, b: { fen: bigint }): number => (abs(b.fen) > abs(a.fen) ? 1 : abs(b.fen) < abs(a.fen) ? -1 : 0);
  return {
    gains: changes.filter(({ fen }) => fen > 0n).sort(bySize),
    loses: changes.filter(({ fen }) => fen < 0n).sort(bySize),
    same: changes.filter(({ fen }) => fen === 0n).length,
    totalFen: changes.reduce((sum, { fen }) => sum + fen, 0n),
  };
}

const abs = (fen: bigint): bigint => (fen < 0n ? -fen : fen);
