import type { Stamp } from '@tranche/policies';
import type { CaseSnapshot } from './advance.js';
import { probes } from './allowed-events.js';
import { type CaseMachine, holds } from './case-machine.js';
import type { Heard } from './context.js';
import type { Arrow } from './region.js';
import { contextOf, listening, scopeOf } from './snapshot.js';

/**
 * Rules, amounts and conditions that an event of this type waits for in this case, by name: it could be heard if the stamp knew them.
 * Empty where it is heard without them, or not at all, whatever is known.
 */
export function waitsFor(machine: CaseMachine, snapshot: CaseSnapshot, type: string, stamp: Stamp): readonly string[] {
  const asked = probes(machine, snapshot, type);
  const open = listening(machine, snapshot, type).filter((arrow) => asked.some((event) => isOpen(machine, snapshot, arrow, event)));
  const wanted = open.map((arrow) => unknownTo(machine, snapshot, arrow, { ...asked[0]!, stamp }));
  return wanted.some((names) => names.length === 0) ? [] : [...new Set(wanted.flat())];
}

const isOpen = (machine: CaseMachine, snapshot: CaseSnapshot, arrow: Arrow, event: Heard): boolean =>
  (arrow.when ?? []).every((condition) => holds(scopeOf(machine), condition, contextOf(snapshot), event));

const unknownTo = ({ rules, policy }: CaseMachine, snapshot: CaseSnapshot, arrow: Arrow, event: Heard): readonly string[] =>
  (arrow.when ?? []).flatMap(({ type, params = {} }) => rules.guards[type]?.waitsFor?.(contextOf(snapshot), event, params, policy) ?? []);
