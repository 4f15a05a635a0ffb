import type { CaseMachine } from './case-machine.js';
import { type Arrow, type Condition, type Deed, describe, type Params, type Region } from './region.js';

/** One arrow of a case, as an official reads it. `always` marks what is decided from the dates and sums alone. */
export type TransitionRow = {
  readonly region: string;
  /** `*` = in every state of the region that does not answer it itself */
  readonly from: string;
  readonly event: string;
  /** all of it must hold; empty = always */
  readonly guard: string;
  /** the state it leads to; the state it came from when it stays */
  readonly to: string;
  /** what is asked of the world, in order */
  readonly effects: readonly string[];
  /** the reason in both languages, with its clause */
  readonly description: string;
};

/** Every arrow of a policy's machine, in the order of regions and states. Deterministic. */
export const transitionTable = (machine: CaseMachine): readonly TransitionRow[] =>
  machine.regions.flatMap((region) => rowsOf(machine, region));

function rowsOf(machine: CaseMachine, region: Region): readonly TransitionRow[] {
  const own = Object.entries(region.states).flatMap(([from, state]) => [
    ...Object.entries(state.on ?? {}).flatMap(([event, arrows]) => arrows.map((arrow) => row(machine, region, from, event, arrow))),
    ...(state.always ?? []).map((arrow) => row(machine, region, from, 'always', arrow)),
  ]);
  const anywhere = Object.entries(region.on ?? {}).flatMap(([event, arrows]) =>
    arrows.map((arrow) => row(machine, region, '*', event, arrow)),
  );
  return [...own, ...anywhere];
}

const row = ({ rules }: CaseMachine, region: Region, from: string, event: string, arrow: Arrow): TransitionRow => ({
  region: region.id,
  from,
  event,
  guard: (arrow.when ?? []).map(conditionText).join(' and '),
  to: arrow.to ?? from,
  effects: (arrow.does ?? []).filter((deed) => rules.says[deed.type]).map(deedText),
  description: describe(arrow),
});

const conditionText = ({ type, params, not }: Condition): string => `${not ? 'not ' : ''}${type}${argumentsOf(params)}`;
const deedText = ({ type, params }: Deed): string => `${type}${argumentsOf(params)}`;
const argumentsOf = (params: Params | undefined): string => (params ? `(${Object.values(params).join(', ')})` : '');

/** The table as text to commit and compare: one paragraph per arrow. */
export function tableText(machine: CaseMachine): string {
  const { id, version, jurisdiction } = machine.policy;
  const paragraphs = transitionTable(machine).map(({ region, from, event, guard, to, effects, description }) =>
    [
      `${region}: ${from} --${event}--> ${to}`,
      ...(guard ? [`  when ${guard}`] : []),
      ...(effects.length > 0 ? [`  does ${effects.join(', ')}`] : []),
      `  ${description}`,
    ].join('\n'),
  );
  return `${[`${id} ${version} ${jurisdiction}`, ...paragraphs].join('\n\n')}\n`;
}
