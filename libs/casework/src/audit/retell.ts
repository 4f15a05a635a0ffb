import type { Movement } from '@tranche/ledger';
import { advance, type CaseEvent, type CaseMachine, type CaseSnapshot, type Effect, openCase } from '@tranche/machines';
import type { Stamp, Terms } from '@tranche/policies';
import type { AuditedEvent, CaseBundle } from './case-rows.js';
import { instantOf, lastMigration } from './chain.js';

/** What one event meant when it was told again. */
export type RetoldStep = {
  readonly seq: number;
  readonly type: string;
  readonly event: CaseEvent;
  readonly effects: readonly Effect[];
  readonly movement: Movement;
};

export type Retold =
  | { readonly ok: true; readonly snapshot: CaseSnapshot; readonly steps: readonly RetoldStep[] }
  | { readonly ok: false; readonly seq: number; readonly type: string; readonly state: string };

/** A stored event as a machine hears it. */
export function heardOf(event: AuditedEvent, stamp?: object): CaseEvent {
  const { type, seq, data, actor, occurredOn, atUs } = event;
  return {
    type,
    seq,
    at: instantOf(atUs),
    on: occurredOn,
    actor,
    data: JSON.parse(data),
    stamp: (stamp ?? JSON.parse(event.stamp)) as Stamp,
  };
}

/** The events of a case as its present machine hears them: a migration is told to nobody, and may have brought other stamps. */
export function eventsToTell({ events }: Pick<CaseBundle, 'events'>): CaseEvent[] {
  const stamps = lastMigration(events)?.data.stamps ?? {};
  return events.filter(({ type }) => type !== 'case.migrated').map((event) => heardOf(event, stamps[String(event.seq)]));
}

/** Tells a case's events to a machine from the start, keeping what each one meant. Throws what the machine throws. */
export function retell(machine: CaseMachine, terms: Terms, events: readonly CaseEvent[]): Retold {
  const [first, ...later] = events;
  if (!first) return { ok: false, seq: 1, type: 'case.opened', state: '' };
  const opened = openCase(machine, { terms, event: first });
  const steps: RetoldStep[] = [stepOf(first, opened)];
  let { snapshot } = opened;
  for (const event of later) {
    const next = advance(machine, snapshot, event);
    if (!next.ok) return { ok: false, seq: event.seq, type: event.type, state: next.state };
    steps.push(stepOf(event, next));
    snapshot = next.snapshot;
  }
  return { ok: true, snapshot, steps };
}

const stepOf = (event: CaseEvent, { effects, movement }: Pick<RetoldStep, 'effects' | 'movement'>): RetoldStep => ({
  seq: event.seq,
  type: event.type,
  event,
  effects,
  movement,
});
