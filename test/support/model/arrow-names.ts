import type { Arrow, CaseMachine } from '@tranche/machines';

/** An arrow in words, in the order in which `arrowsOf` numbers them. */
export type ArrowName = {
  readonly region: string;
  readonly from: string;
  readonly event: string;
  readonly to: string;
  readonly arrow: Arrow;
};

/** The same arrow in two machines: of one region, under the same conditions, to the same end. */
export const arrowKey = ({ region, from, event, arrow: { to, when, does } }: ArrowName): string =>
  JSON.stringify([region, from, event, to, when, does]);

export const arrowNames = ({ regions }: CaseMachine): readonly ArrowName[] =>
  regions.flatMap(({ id: region, states, on = {} }) => {
    const named = (from: string, heard: Readonly<Record<string, readonly Arrow[]>>) =>
      Object.entries(heard).flatMap(([event, arrows]) => arrows.map((arrow) => ({ region, from, event, to: arrow.to ?? from, arrow })));
    const inStates = Object.entries(states).flatMap(([from, { on: heard = {}, always = [] }]) => [
      ...named(from, heard),
      ...named(from, { always }),
    ]);
    return [...inStates, ...named('*', on)];
  });
