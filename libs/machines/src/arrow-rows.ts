import type { Cite, Text } from '@tranche/policies';
import type { CaseMachine } from './case-machine.js';
import { eventTypes } from './event-types.js';
import { type Arrow, type Condition, type Region, text } from './region.js';

type Named = { readonly id: string; readonly label: Text };
/** An arrow of a machine in words, as tables and pictures show it. */
export type ArrowRow = {
  /** null = in every state of the region that does not answer the event itself */
  readonly from: Named | null;
  /** null = decided by itself after every event */
  readonly event: Named | null;
  /** null = the state stays */
  readonly to: Named | null;
  /** all of it must hold */
  readonly when: readonly Text[];
  readonly why: Text;
  readonly cite: Cite | null;
};
export type RegionRows = Named & { readonly initial: string; readonly states: readonly Named[]; readonly arrows: readonly ArrowRow[] };

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
      when: (arrow.when ?? []).map((condition) => conditionText(machine, condition)),
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

function conditionText({ rules, policy }: CaseMachine, { type, params, not }: Condition): Text {
  const guard = rules.guards[type]?.label ?? text(type, type);
  const named = policy.plan.conditionLabels?.[params?.['name'] ?? ''];
  const label = named ? text(`${guard.zh}：${named.zh}`, `${guard.en}: ${named.en}`) : guard;
  return not ? text(`非（${label.zh}）`, `not (${label.en})`) : label;
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
