// The arrows of a policy's machine, region by region, as rows that tables and pictures are drawn from.

import { type CaseMachine, eventTypes } from '@tranche/machines';
import type { Cite, Text } from '@tranche/policies';
import { text } from '../terminal/language.js';

type Named = { readonly id: string; readonly label: Text };
export type ArrowRow = {
  /** null = in every state of the region that does not answer the event itself */
  readonly from: Named | null;
  /** null = decided by itself after every event */
  readonly event: Named | null;
  /** null = the state stays */
  readonly to: Named | null;
  readonly why: Text;
  readonly cite: Cite | null;
};
export type RegionRows = Named & { readonly initial: string; readonly states: readonly Named[]; readonly arrows: readonly ArrowRow[] };

type Region = CaseMachine['regions'][number];
type Arrow = NonNullable<Region['on']>[string][number];

/** Every region of the machine with its states and arrows, in the machine's order. */
export function regionRows(machine: CaseMachine): readonly RegionRows[] {
  const types = eventTypes(machine.policy);
  const eventOf = (type: string): Named => ({ id: type, label: types.get(type)?.label ?? text(type, type) });
  return machine.regions.map((region) => {
    const state = (id: string): Named => ({ id, label: region.states[id]?.label ?? text(id, id) });
    const row = (from: string | null, event: string | null, arrow: Arrow): ArrowRow => ({
      from: from === null ? null : state(from),
      event: event === null ? null : eventOf(event),
      to: arrow.to === undefined ? null : state(arrow.to),
      why: arrow.why,
      cite: arrow.cite ?? null,
    });
    const heard = (from: string | null, on: Region['on'] = {}) =>
      Object.entries(on).flatMap(([event, arrows]) => arrows.map((arrow) => row(from, event, arrow)));
    const ofState = ([id, { on, always = [] }]: [string, Region['states'][string]]) => [
      ...heard(id, on),
      ...always.map((arrow) => row(id, null, arrow)),
    ];
    return {
      id: region.id,
      label: region.label,
      initial: region.initial,
      states: Object.keys(region.states).map(state),
      arrows: [...Object.entries(region.states).flatMap(ofState), ...heard(null, region.on)],
    };
  });
}

/** Clause and kind of ground in a few words: `大人社发〔2020〕391号 七（推定）`. */
export function ground(cite: Cite | null): Text {
  if (cite === null) return text('程序规则', 'procedure');
  const place = `${cite.doc.replace(/《[^》]*》$/, '')} ${cite.clause}`;
  switch (cite.basis) {
    case 'stated':
      return text(place, place);
    case 'inferred':
      return text(`${place}（推定）`, `${place} (our reading)`);
    case 'open':
      return text(`${place}（文件未规定）`, `${place} (left open)`);
    case 'external':
      return text(`${place}（其他文件）`, `${place} (another document)`);
  }
}
