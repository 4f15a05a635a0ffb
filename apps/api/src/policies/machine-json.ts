import type { CasePolicy } from '@tranche/casework';
import type { CaseMachine } from '@tranche/machines';
import type { Cite, Text } from '@tranche/policies';

type Region = CaseMachine['regions'][number];
type Arrow = NonNullable<Region['on']>[string][number];

export type ArrowJson = {
  readonly event: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly why: Text;
  readonly cite: Cite | null;
  readonly when: readonly string[];
};
export type RegionJson = {
  readonly id: string;
  readonly label: Text;
  readonly initial: string;
  readonly states: readonly { readonly id: string; readonly label: Text }[];
  readonly arrows: readonly ArrowJson[];
};
export type MachineJson = {
  readonly policy: { readonly id: string; readonly version: string; readonly jurisdiction: string; readonly title: Text };
  readonly hash: string;
  readonly regions: readonly RegionJson[];
};

/** The machine for readers: regions, states, and every arrow with reason and clause; `event: null` happens by itself. */
export function machineJson({ policy, machine, hash }: CasePolicy): MachineJson {
  const { id, version, jurisdiction, title } = policy;
  return { policy: { id, version, jurisdiction, title }, hash, regions: machine.regions.map(regionJson) };
}

const regionJson = (region: Region): RegionJson => ({
  id: region.id,
  label: region.label,
  initial: region.initial,
  states: Object.entries(region.states).map(([id, { label }]) => ({ id, label })),
  arrows: [
    ...arrowsOf(null, region.on),
    ...Object.entries(region.states).flatMap(([from, { on, always }]) => [
      ...arrowsOf(from, on),
      ...(always ?? []).map((arrow) => arrowJson(null, from, arrow)),
    ]),
  ],
});

const arrowsOf = (from: string | null, on: Region['on']): ArrowJson[] =>
  Object.entries(on ?? {}).flatMap(([event, arrows]) => arrows.map((arrow) => arrowJson(event, from, arrow)));

const arrowJson = (event: string | null, from: string | null, arrow: Arrow): ArrowJson => ({
  event,
  from,
  to: arrow.to ?? null,
  why: arrow.why,
  cite: arrow.cite ?? null,
  when: (arrow.when ?? []).map(({ type, not }) => (not ? `not ${type}` : type)),
});
