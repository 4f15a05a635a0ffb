import type { CasePolicy } from '@tranche/casework';
import type { CaseMachine } from '@tranche/machines';
import { z } from 'zod';
import { cite, text } from '../fields/fields.js';

type Region = CaseMachine['regions'][number];
type Arrow = NonNullable<Region['on']>[string][number];

const arrowSchema = z.object({
  event: z.string().nullable(),
  /** what people call the event */
  label: text.nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  why: text,
  cite: cite.nullable(),
  when: z.array(z.string()),
});
const regionSchema = z.object({
  id: z.string(),
  label: text,
  initial: z.string(),
  states: z.array(z.object({ id: z.string(), label: text })),
  arrows: z.array(arrowSchema),
});
export const machineSchema = z
  .object({
    policy: z.object({ id: z.string(), version: z.string(), jurisdiction: z.string(), title: text }),
    hash: z.string(),
    regions: z.array(regionSchema),
  })
  .meta({ id: 'Machine' });

export type ArrowJson = z.infer<typeof arrowSchema>;
export type RegionJson = z.infer<typeof regionSchema>;
export type MachineJson = z.infer<typeof machineSchema>;

/** The machine for readers: regions, states, and every arrow with reason and clause; `event: null` happens by itself. */
export function machineJson({ policy, machine, hash, types }: CasePolicy): MachineJson {
  const { id, version, jurisdiction, title } = policy;
  return { policy: { id, version, jurisdiction, title }, hash, regions: machine.regions.map((region) => regionJson(region, types)) };
}

type Types = CasePolicy['types'];

const regionJson = (region: Region, types: Types): RegionJson => ({
  id: region.id,
  label: region.label,
  initial: region.initial,
  states: Object.entries(region.states).map(([id, { label }]) => ({ id, label })),
  arrows: [
    ...arrowsOf(null, region.on, types),
    ...Object.entries(region.states).flatMap(([from, { on, always }]) => [
      ...arrowsOf(from, on, types),
      ...(always ?? []).map((arrow) => arrowJson(null, from, arrow, types)),
    ]),
  ],
});

const arrowsOf = (from: string | null, on: Region['on'], types: Types): ArrowJson[] =>
  Object.entries(on ?? {}).flatMap(([event, arrows]) => arrows.map((arrow) => arrowJson(event, from, arrow, types)));

const arrowJson = (event: string | null, from: string | null, arrow: Arrow, types: Types): ArrowJson => ({
  event,
  label: event === null ? null : (types.get(event)?.label ?? null),
  from,
  to: arrow.to ?? null,
  why: arrow.why,
  cite: arrow.cite ?? null,
  when: (arrow.when ?? []).map(({ type, not }) => (not ? `not ${type}` : type)),
});
