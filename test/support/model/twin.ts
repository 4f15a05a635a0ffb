import { addDays, calendarOfYears, stateCouncilYears } from '@tranche/calendar';
import {
  arrowMap,
  type CaseContext,
  type CaseMachine,
  type CaseSnapshot,
  type CaseView,
  caseView,
  type Effect,
  type EventType,
  eventTypes,
  openCase,
  type Way,
  walk,
} from '@tranche/machines';
import type { Facts, Policy, Terms } from '@tranche/policies';
import { deadlineEnd } from '../../../libs/casework/src/deadline-end.js';
import { stampEvent } from '../../../libs/casework/src/stamp-event.js';

/** What is fixed for all lives of one shape. */
export type Model = {
  readonly policy: Policy;
  readonly machine: CaseMachine;
  readonly types: ReadonlyMap<string, EventType>;
  readonly terms: Terms;
  /** arrows in the order of the machine */
  readonly arrows: ReadonlyMap<Way, number>;
  readonly openedOn: string;
};

const calendar = calendarOfYears(stateCouncilYears);

export type Told = { readonly type: string; readonly data: Readonly<Record<string, unknown>>; readonly by: string; readonly on?: string };

/** Every arrow of a machine, numbered in its own order. */
export function arrowsOf(machine: CaseMachine): ReadonlyMap<Way, number> {
  const numbers = new Map<Way, number>();
  for (const area of arrowMap(machine).areas) {
    const places = [...area.places.values()].flatMap((place) => [...place.on.values(), place.always]);
    for (const ways of [...places, ...area.on.values()]) for (const way of ways) numbers.set(way, numbers.size);
  }
  return numbers;
}

export const modelOf = (policy: Policy, machine: CaseMachine, terms: Terms, openedOn: string): Model => ({
  policy,
  machine,
  types: eventTypes(policy),
  terms,
  arrows: arrowsOf(machine),
  openedOn,
});

/**
 * A case as the machine alone has it, and of the world what a house at work would make of it: requests as soon as a payment is due, clocks
 * on the calendar. Immutable; `taken` are the arrows of the last move.
 */
export class Twin {
  private seen: CaseView | null = null;
  private constructor(
    readonly model: Model,
    readonly snapshot: CaseSnapshot,
    readonly day: string,
    readonly seq: number,
    readonly facts: Facts,
    readonly deadlines: ReadonlyMap<string, string>,
    /** what was proposed, by the number of the event */
    readonly proposed: ReadonlyMap<number, Told>,
    /** duties each account has taken on */
    readonly duties: ReadonlyMap<string, ReadonlySet<string>>,
    readonly taken: ReadonlySet<number>,
  ) {}

  static open(model: Model, facts: Facts, day: string, by: string): Twin {
    const event = { ...heardOf(model, { type: 'case.opened', data: {}, by }, facts, day, 1) };
    const { snapshot } = openCase(model.machine, { terms: model.terms, event });
    return new Twin(model, plain(snapshot), day, 1, facts, new Map(), new Map(), new Map(), new Set());
  }

  get value(): Readonly<Record<string, string>> {
    return this.snapshot.value as Readonly<Record<string, string>>;
  }
  get context(): CaseContext {
    return this.snapshot.context as unknown as CaseContext;
  }
  get view(): CaseView {
    this.seen ??= caseView(this.model.machine, this.snapshot);
    return this.seen;
  }

  /** The twin after a move that says these in turn, and all that the house does by itself then; null where one is refused. */
  hear(...told: readonly Told[]): Twin | null {
    let next: Twin | null = this.with({ taken: new Set() });
    for (const each of told) next = next?.one(each) ?? null;
    return next?.settled() ?? null;
  }

  /** The clock moves to a day: whatever ends on the way is told on its own day. */
  to(day: string): Twin | null {
    let next: Twin = this.with({ taken: new Set() });
    for (;;) {
      const [first] = [...next.deadlines].filter(([, last]) => last < day).sort(byDay);
      if (!first) return next.with({ day: next.day > day ? next.day : day });
      const [key, last] = first;
      const on = addDays(last, 1);
      const later = next
        .with({ day: next.day > on ? next.day : on })
        .passed(key, last)
        .settled();
      if (!later) return null;
      next = later;
    }
  }

  private passed(key: string, last: string): Twin {
    const deadlines = new Map(this.deadlines);
    deadlines.delete(key);
    return this.with({ deadlines }).one({ type: 'deadline.passed', data: { key }, by: 'system', on: last }) ?? this.with({ deadlines });
  }

  /**
   * Payments that are due are requested, clocks that have ended are told, until the house has nothing more to do. Null where what follows
   * depends on which of several payments the worker takes first.
   */
  private settled(): Twin | null {
    const due = this.due;
    for (const id of due) {
      const next = this.one({ type: 'payment.requested', data: { payment: id, fund: 'fund' }, by: 'system' });
      if (!next) continue;
      const others = new Set(next.due);
      return due.every((other) => other === id || others.has(other)) ? next.settled() : null;
    }
    const [late] = [...this.deadlines].filter(([, last]) => last < this.day).sort(byDay);
    return late ? this.passed(...late).settled() : this;
  }

  private get due(): readonly string[] {
    return this.view.tranches.filter(({ state }) => state === 'due').map(({ id }) => id);
  }

  private one(told: Told): Twin | null {
    const { model, seq } = this;
    const facts = told.type === 'claim.filed' ? this.facts : { ...this.facts, ...((told.data['facts'] ?? {}) as Facts) };
    const heard = heardOf(model, told, facts, told.on ?? this.day, seq + 1);
    const taken = new Set(this.taken);
    const walked = walk(model.machine, this.snapshot, heard, (way) => taken.add(model.arrows.get(way) ?? -1));
    if (!walked) return null;
    const { value, context, effects } = walked;
    const snapshot = { status: 'active' as const, value, context: context as unknown as CaseSnapshot['context'] };
    const duty = model.types.get(told.type)?.duty;
    const duties = duty ? new Map(this.duties).set(told.by, new Set([...(this.duties.get(told.by) ?? []), duty])) : this.duties;
    const proposed = told.type === 'correction.proposed' ? new Map(this.proposed).set(seq + 1, told) : this.proposed;
    return this.with({ snapshot, seq: seq + 1, facts, deadlines: clocksAfter(this.deadlines, effects), proposed, duties, taken });
  }

  private with(change: Partial<Twin>): Twin {
    const at = { ...this, ...change };
    return new Twin(this.model, at.snapshot, at.day, at.seq, at.facts, at.deadlines, at.proposed, at.duties, at.taken);
  }
}

const byDay = (a: readonly [string, string], b: readonly [string, string]): number => (`${a[1]} ${a[0]}` < `${b[1]} ${b[0]}` ? -1 : 1);

/** As it comes back from the database. */
const plain = (snapshot: CaseSnapshot): CaseSnapshot => JSON.parse(JSON.stringify(snapshot)) as CaseSnapshot;

function heardOf({ policy, terms, openedOn }: Model, { type, data, by }: Told, facts: Facts, on: string, seq: number) {
  const stamp = stampEvent(policy, { facts, terms, on: openedOn }, { type, data });
  return { type, seq, at: `${on}T09:00:00+08:00`, on, actor: by, data, stamp };
}

function clocksAfter(before: ReadonlyMap<string, string>, effects: readonly Effect[]): ReadonlyMap<string, string> {
  const clocks = new Map(before);
  for (const effect of effects) {
    if (effect.kind === 'setDeadline') {
      const { last_day: last } = deadlineEnd(calendar, effect.from, effect.count, effect.unit);
      if (last !== null) clocks.set(effect.key, last);
    } else if (effect.kind === 'meetDeadline' || effect.kind === 'cancelDeadline' || effect.kind === 'suspectBreach')
      clocks.delete(effect.key);
  }
  return clocks;
}
