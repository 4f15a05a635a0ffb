import type { Terms } from '@tranche/policies';
import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import type { CaseSnapshot } from './advance.js';
import type { CaseMachine } from './case-machine.js';
import type { CaseContext, Heard } from './context.js';
import type { Effect } from './effects.js';
import { restore } from './snapshot.js';
import type { Walked } from './walk.js';

/** The snapshot of a case that was just opened under these terms. */
export function firstSnapshot(machine: CaseMachine, terms: Terms): CaseSnapshot {
  const [state] = initialTransition(machine.states, { terms });
  return persist(machine, state);
}

/** One event through XState's own `transition`; `null`: nobody hears it. The reference `walk` is held to. */
export function transit(machine: CaseMachine, snapshot: CaseSnapshot, event: Heard): Walked | null {
  const before = restore(machine, snapshot);
  if (!before.can(event)) return null;
  const [after, actions] = transition(machine.states, before, event);
  const { value, context } = persist(machine, after);
  return {
    value: value as Record<string, string>,
    context: context as unknown as CaseContext,
    effects: actions.flatMap((action) => effectsOf(machine, action)),
  };
}

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
