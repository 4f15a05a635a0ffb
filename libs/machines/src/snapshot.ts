import type { Text } from '@tranche/policies';
import type { AnyMachineSnapshot } from 'xstate';
import type { CaseSnapshot } from './advance.js';
import { type CaseMachine, holds } from './case-machine.js';
import type { CaseContext, Heard } from './context.js';
import type { Arrow, Condition } from './region.js';

/**
 * Throws when the snapshot does not fit the machine: a stale snapshot must never be decided on.
 * XState lets regions decide in the order of the value's keys, and jsonb keeps no order: the machine's own order is put back.
 */
export function restore(machine: CaseMachine, snapshot: CaseSnapshot): AnyMachineSnapshot {
  const scope = {} as Parameters<typeof machine.states.restoreSnapshot>[1];
  const value = inRegionOrder(machine, snapshot.value);
  return machine.states.restoreSnapshot({ historyValue: {}, children: {}, ...snapshot, value } as never, scope);
}

function inRegionOrder({ regions }: CaseMachine, value: CaseSnapshot['value']): CaseSnapshot['value'] {
  if (typeof value === 'string') return value;
  const places = new Map(regions.map(({ id }, place) => [id, place]));
  const placeOf = ([id]: readonly [string, unknown]): number => places.get(id) ?? places.size;
  return Object.fromEntries(Object.entries(value).sort((a, b) => placeOf(a) - placeOf(b)));
}

/** The context inside a snapshot. */
export const contextOf = (snapshot: CaseSnapshot): CaseContext => snapshot.context as unknown as CaseContext;

/** The state of one region; empty when the machine has no such region. */
export const stateIn = (snapshot: CaseSnapshot, region: string): string =>
  typeof snapshot.value === 'string' ? '' : String(snapshot.value[region] ?? '');

/** One word for lists and messages: the most telling of closed, recovery, intake and delivery. */
export function stateOf(snapshot: CaseSnapshot): string {
  const [standing, recovery, intake, delivery] = ['standing', 'recovery', 'intake', 'delivery'].map((region) => stateIn(snapshot, region));
  if (intake === 'rejected' || intake === 'withdrawn') return intake;
  if (standing === 'closed') return 'closed';
  if (recovery === 'refunding') return 'refunding';
  if (recovery !== '' && recovery !== 'none') return 'recovering';
  if (intake !== 'approved') return intake ?? '';
  const clearance = stateIn(snapshot, 'clearance');
  if (clearance === 'noticed' || clearance === 'objected') return clearance;
  return delivery === 'pending' || delivery === '' ? 'approved' : (delivery ?? '');
}

/** Arrows that listen to this type now. */
export const listening = (machine: CaseMachine, snapshot: CaseSnapshot, type: string): readonly Arrow[] =>
  machine.regions.flatMap((region) => [...(region.states[stateIn(snapshot, region.id)]?.on?.[type] ?? []), ...(region.on?.[type] ?? [])]);

/** Would any region hear this event? The same answer as the machine's own, read from the arrows. */
export function hears(machine: CaseMachine, snapshot: CaseSnapshot, event: Heard): boolean {
  const context = contextOf(snapshot);
  const scope = scopeOf(machine);
  return listening(machine, snapshot, event.type).some((arrow) =>
    (arrow.when ?? []).every((condition) => holds(scope, condition, context, event)),
  );
}

/** What stands between the case and this event: the first unmet condition of every arrow that would hear it. */
export function unmetFor(machine: CaseMachine, snapshot: CaseSnapshot, event: Heard): readonly Text[] {
  const context = contextOf(snapshot);
  const scope = scopeOf(machine);
  const missing = listening(machine, snapshot, event.type).flatMap(
    (arrow) => arrow.when?.find((condition) => !holds(scope, condition, context, event)) ?? [],
  );
  return distinct(missing.map((condition) => textOf(machine, condition)));
}

/** What `holds` needs of a machine. */
export const scopeOf = ({ policy, rules }: CaseMachine) => ({ policy, guards: rules.guards });

const textOf = ({ rules }: CaseMachine, condition: Condition): Text => {
  const label = rules.guards[condition.type]?.label ?? { zh: condition.type, en: condition.type };
  return condition.not
    ? { zh: `不得：${label.zh}`, en: `must not be: ${label.en}` }
    : { zh: `须：${label.zh}`, en: `must be: ${label.en}` };
};

const distinct = (texts: readonly Text[]): readonly Text[] => [...new Map(texts.map((text) => [text.en, text])).values()];
