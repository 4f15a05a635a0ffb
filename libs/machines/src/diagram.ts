import type { Text } from '@tranche/policies';
import type { CaseMachine } from './case-machine.js';
import { eventTypes } from './event-types.js';
import type { Arrow, Region } from './region.js';

type Language = keyof Text;

/**
 * The machine as a Mermaid state diagram: one box per region, the policy's own words on states and arrows.
 * Arrows decided from dates and sums alone carry their reason instead of an event. Deterministic.
 */
export function diagram(machine: CaseMachine, _format: 'mermaid' = 'mermaid', language: Language = 'zh'): string {
  const labels = new Map([...eventTypes(machine.policy)].map(([type, { label }]) => [type, label[language]]));
  const lines = machine.regions.flatMap((region) => regionLines(region, labels, language));
  return `${['stateDiagram-v2', '  direction LR', ...lines].join('\n')}\n`;
}

function regionLines(region: Region, labels: ReadonlyMap<string, string>, language: Language): readonly string[] {
  const name = (state: string): string => `${region.id}_${state}`;
  const states = Object.entries(region.states);
  const arrows = states.flatMap(([from, state]) => [
    ...Object.entries(state.on ?? {}).flatMap(([event, all]) => all.map((arrow) => ({ from, arrow, label: labels.get(event) ?? event }))),
    ...(state.always ?? []).map((arrow) => ({ from, arrow, label: `〔${arrow.why[language]}〕` })),
  ]);
  return [
    `  state "${plain(region.label[language])}" as ${region.id} {`,
    `    [*] --> ${name(region.initial)}`,
    ...states.map(([id, state]) => `    state "${plain(state.label[language])}" as ${name(id)}`),
    ...distinct(arrows.filter(moves).map(({ from, arrow, label }) => `    ${name(from)} --> ${name(arrow.to ?? from)} : ${plain(label)}`)),
    '  }',
  ];
}

/** Arrows that stay where they are only say what is noted; they would hide the others. */
const moves = ({ from, arrow }: { readonly from: string; readonly arrow: Arrow }): boolean => arrow.to !== undefined && arrow.to !== from;

/** Mermaid reads quotes, colons and semicolons as its own. */
const plain = (label: string): string => label.replaceAll('"', '”').replaceAll(':', '：').replaceAll(';', '；').replaceAll('#', '＃');

const distinct = (lines: readonly string[]): readonly string[] => [...new Set(lines)];
