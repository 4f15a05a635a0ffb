import type { Terms } from '@tranche/policies';
import type { Advance, CaseSnapshot, Refusal } from './advance.js';
import { allowedEvents } from './allowed-events.js';
import type { CaseMachine } from './case-machine.js';
import type { Heard } from './context.js';
import type { CaseEvent } from './events.js';
import { movementBetween } from './movement.js';
import { contextOf, stateOf, unmetFor } from './snapshot.js';
import { walk } from './walk.js';
import { firstSnapshot, transit } from './xstate-step.js';

/**
 * Opens a case: the first snapshot under the terms resolved at its anchor date. `event` is `case.opened`.
 * Throws when a term the plan counts by is missing, or the event is another one: both are bugs of the caller.
 */
export function openCase(machine: CaseMachine, opening: { readonly terms: Terms; readonly event: CaseEvent }): Advance {
  if (opening.event.type !== 'case.opened') throw new Error(`a case opens with case.opened, not ${opening.event.type}`);
  const snapshot = firstSnapshot(machine, opening.terms);
  return freeze({ ok: true, snapshot, effects: [], movement: movementBetween(machine.policy, contextOf(snapshot), contextOf(snapshot)) });
}

/**
 * Lets a case hear one event. Pure: the same machine, snapshot and event always give the same decision.
 * A refusal is a value and changes nothing; a guard that throws is a bug and throws.
 */
export function advance(machine: CaseMachine, snapshot: CaseSnapshot, event: CaseEvent): Advance | Refusal {
  return decided(machine, snapshot, event, walk);
}

/**
 * The same decision, taken by XState's own `transition` on the machine built for it: the reference that `advance` is held to, several times
 * slower. For checks and for replaying history.
 */
export function advanceByXState(machine: CaseMachine, snapshot: CaseSnapshot, event: CaseEvent): Advance | Refusal {
  return decided(machine, snapshot, event, transit);
}

function decided(machine: CaseMachine, snapshot: CaseSnapshot, event: CaseEvent, step: typeof walk): Advance | Refusal {
  const heard = hear(event);
  const next = step(machine, snapshot, heard);
  if (next === null) return refusal(machine, snapshot, heard);
  const { value, context, effects } = next;
  return freeze({
    ok: true,
    snapshot: { status: 'active', value, context },
    effects,
    movement: movementBetween(machine.policy, contextOf(snapshot), context),
  });
}

/** The snapshot that a case's events, replayed by XState from its opening, lead to. Throws where an event is refused: history does not lie. */
export function replay(machine: CaseMachine, terms: Terms, events: readonly CaseEvent[]): CaseSnapshot {
  const [first, ...later] = events;
  if (!first) throw new Error('no events to replay');
  return later.reduce(
    (snapshot, event) => {
      const step = advanceByXState(machine, snapshot, event);
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

function freeze<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  for (const name in value) freeze(value[name]);
  return Object.freeze(value);
}
