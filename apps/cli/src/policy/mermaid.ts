import type { CaseMachine } from '@tranche/machines';
import { type ArrowRow, type RegionRows, regionRows } from './arrow-rows.js';

/** The machine as a Mermaid state diagram: one composite state per region, Chinese labels, arrows named by their event. */
export const mermaid = (machine: CaseMachine): string =>
  ['stateDiagram-v2', ...regionRows(machine).flatMap((region) => regionLines(region)), ''].join('\n');

function regionLines(region: RegionRows): string[] {
  const name = (state: string): string => `${region.id}_${state}`;
  const moves = region.arrows.flatMap((arrow) => lineOf(arrow, region, name));
  return [
    `  state "${region.label.zh}" as ${region.id} {`,
    ...region.states.map(({ id, label }) => `    state "${label.zh}" as ${name(id)}`),
    `    [*] --> ${name(region.initial)}`,
    ...new Set(moves),
    '  }',
  ];
}

/** An arrow that is heard in every state is drawn from each of them; one that stays is not drawn. */
function lineOf({ from, event, to }: ArrowRow, region: RegionRows, name: (state: string) => string): string[] {
  if (to === null) return [];
  const sources = from === null ? region.states.filter(({ id }) => id !== to.id) : [from];
  return sources.map(({ id }) => `    ${name(id)} --> ${name(to.id)} : ${event?.label.zh ?? '自动'}`);
}
