import { type Arrow, arrowMap, type CaseContext, type CaseMachine, type Heard, type Walked, type Way, walk } from '@tranche/machines';

/** State of every region, in the machine's order. */
export type Value = Walked['value'];
/** What one event leads to; `trace` names the arrows taken, in order. */
export type Step = Walked & { readonly trace: string };
/** Where an arrow stands in the machine; `from` is `*` where every state of the region hears it. */
export type Standpoint = { readonly region: string; readonly from: string; readonly event: string; readonly arrow: Arrow };

/** Walks the machine as the product does, and notes the arrows it takes. */
export class Stepper {
  /** every arrow of the machine, by number */
  readonly arrows: Standpoint[] = [];
  private readonly numbers = new Map<Way, number>();
  private taken: number[] = [];

  private readonly map: ReturnType<typeof arrowMap>;

  constructor(readonly machine: CaseMachine) {
    this.map = arrowMap(machine);
    for (const [at, area] of this.map.areas.entries()) {
      const region = machine.regions[at]!;
      for (const [type, ways] of area.on) this.number(region.id, '*', type, ways, region.on?.[type]);
      for (const place of area.places.values()) {
        const state = region.states[place.name]!;
        for (const [type, ways] of place.on) this.number(region.id, place.name, type, ways, state.on?.[type]);
        this.number(region.id, place.name, 'always', place.always, state.always);
      }
    }
  }

  private number(region: string, from: string, event: string, ways: readonly Way[], arrows: readonly Arrow[] = []): void {
    for (const [at, way] of ways.entries()) {
      this.numbers.set(way, this.arrows.length);
      this.arrows.push({ region, from, event, arrow: arrows[at]! });
    }
  }

  /** Does any region listen to this type here, conditions aside? */
  listens(value: Value, type: string): boolean {
    return this.machine.regions.some(({ id, states, on }) => states[value[id] ?? '']?.on?.[type] !== undefined || on?.[type] !== undefined);
  }

  /** Why nobody hears this event here: every arrow that listens, with the first of its conditions that does not hold. */
  refusal(value: Value, context: CaseContext, event: Heard): string {
    const reasons: string[] = [];
    for (const { id, places, on } of this.map.areas)
      for (const ways of [places.get(value[id] ?? '')?.on.get(event.type), on.get(event.type)])
        for (const way of ways ?? []) {
          const unmet = way.tests.findIndex(({ holds, params, not }) => holds(context, event, params, this.machine.policy) === not);
          reasons.push(`${this.numbers.get(way)}:${unmet}`);
        }
    return `${event.type} ${reasons.join()}`;
  }

  /** The case after this event, or null when it is refused. Throws what a guard or a deed throws, and when it never comes to rest. */
  step(value: Value, context: CaseContext, event: Heard): Step | null {
    this.taken = [];
    const snapshot = { status: 'active', value, context: context as unknown as Readonly<Record<string, unknown>> };
    const walked = walk(this.machine, snapshot, event, (way) => this.taken.push(this.numbers.get(way) ?? -1));
    return walked && { ...walked, trace: this.taken.join() };
  }
}
