import type { Terms } from '@tranche/policies';
import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import type { Advance, CaseSnapshot, Refusal } from './advance.js';
import { allowedEvents } from './allowed-events.js';
import type { CaseMachine } from './case-machine.js';
import type { CaseContext, Heard } from './context.js';
import type { Effect } from './effects.js';
import type { CaseEvent } from './events.js';
import { movementBetween } from './movement.js';
import { contextOf, restore, stateOf, unmetFor } from './snapshot.js';

/**
 * Opens a case: the first snapshot under the terms resolved at its anchor date. `event` is `case.opened`.
 * Throws when a term the plan counts by is missing, or the event is another one: both are bugs of the caller.
 */
export function openCase(machine: CaseMachine, opening: { readonly terms: Terms; readonly event: CaseEvent }): Advance {
  if (opening.event.type !== 'case.opened') throw new Error(`a case opens with case.opened, not ${opening.event.type}`);
  const [state] = initialTransition(machine.states, { terms: opening.terms });
  const snapshot = persist(machine, state);
  return freeze({ ok: true, snapshot, effects: [], movement: movementBetween(machine.policy, contextOf(snapshot), contextOf(snapshot)) });
}

/**
 * Lets a case hear one event. Pure: the same machine, snapshot and event always give the same decision.
 * A refusal is a value and changes nothing; a guard that throws is a bug and throws.
 */
export function advance(machine: CaseMachine, snapshot: CaseSnapshot, event: CaseEvent): Advance | Refusal {
  const heard = hear(event);
  const before = restore(machine, snapshot);
  if (!before.can(heard)) return refusal(machine, snapshot, heard);
  const [after, actions] = transition(machine.states, before, heard);
  const next = persist(machine, after);
  return freeze({
    ok: true,
    snapshot: next,
    effects: actions.flatMap((action) => effectsOf(machine, action)),
    movement: movementBetween(machine.policy, contextOf(snapshot), contextOf(next)),
  });
}

/** The snapshot that a case's events, replayed from its opening, lead to. Throws where an event is refused: history does not lie. */
export function replay(machine: CaseMachine, terms: Terms, events: readonly CaseEvent[]): CaseSnapshot {
  const [first, ...later] = events;
  if (!first) throw new Error('no events to replay');
  return later.reduce(
    (snapshot, event) => {
      const step = advance(machine, snapshot, event);
      if (!step.ok) throw new Error(`event ${event.seq} ${event.type} is refused on replay in state ${step.state}`);
      return step.snapshot;
    },
    openCase(machine, { terms, event: first }).snapshot,
  );
}

function refusal(machine: CaseMachine, snapshot: CaseSnapshot, heard: Heard): Refusal {
  return freeze({
    ok: false,
    code: 'event-not-allowed',
    state: stateOf(snapshot),
    allowed: allowedEvents(machine, snapshot),
    unmet: unmetFor(machine, snapshot, heard),
  });
}

const hear = ({ type, seq, at, on, actor, data, stamp }: CaseEvent): Heard => ({ type, seq, at, on, actor, data, stamp });

function persist(machine: CaseMachine, state: AnyMachineSnapshot): CaseSnapshot {
  // XState keeps what an initial context or an update throws inside the snapshot instead of throwing it
  if (state.status !== 'active') throw state.error ?? new Error(`a case is ${state.status}, and never ends`);
  const { status, value, context } = machine.states.getPersistedSnapshot(state) as unknown as CaseSnapshot;
  return { status, value, context };
}

type Said = { readonly type: string; readonly params?: unknown; readonly info: { readonly context: unknown; readonly event: unknown } };

function effectsOf(machine: CaseMachine, action: Said): readonly Effect[] {
  const say = machine.rules.says[action.type];
  if (!say) throw new Error(`an action nobody can carry out: ${action.type}`);
  const params = (action.params ?? {}) as Readonly<Record<string, string>>;
  return say(action.info.context as CaseContext, action.info.event as Heard, params, machine.policy);
}

function freeze<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
