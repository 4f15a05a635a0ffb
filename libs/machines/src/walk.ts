import type { Policy } from '@tranche/policies';
import type { CaseSnapshot } from './advance.js';
import { type Area, type ArrowMap, arrowMap, type Place, type Way } from './arrow-map.js';
import type { CaseMachine } from './case-machine.js';
import type { CaseContext, Heard } from './context.js';
import type { Effect } from './effects.js';

/** What one event leads to. */
export type Walked = {
  readonly value: Readonly<Record<string, string>>;
  readonly context: CaseContext;
  readonly effects: readonly Effect[];
};

type Choice = { readonly area: number; readonly way: Way };
/** A case on its way from one state of rest to the next. */
type Walker = {
  readonly map: ArrowMap;
  readonly policy: Policy;
  readonly at: Place[];
  context: CaseContext;
  readonly effects: Effect[];
  readonly taken: ((way: Way) => void) | undefined;
};

/** The ceiling XState is given as `maxIterations`. */
const maxRounds = 100;

/**
 * One event through the arrows, exactly as XState's `transition` takes them: all arrows of a round are chosen on the same
 * context, deeds happen in the order of the choice, automatic arrows follow until nothing changes; a region that moved chooses after those that
 * stayed. `null`: nobody hears it. Throws on a snapshot that does not fit, on a throwing rule, and when it never comes to rest.
 * A property test holds it to XState, event by event; `replay` and `tranche verify` walk XState itself. `taken` is told every arrow, in order.
 */
export function walk(machine: CaseMachine, snapshot: CaseSnapshot, event: Heard, taken?: (way: Way) => void): Walked | null {
  const map = arrowMap(machine);
  const at = map.areas.map((area) => placeOf(area, snapshot));
  const walker: Walker = { map, policy: machine.policy, at, context: snapshot.context as unknown as CaseContext, effects: [], taken };
  const heard = choose(walker, event);
  if (!heard.some(({ way }) => way.to !== null || way.acts.length > 0)) return null;
  const order = at.map((_, area) => area);
  settle(order, take(walker, heard, event));
  rest(walker, order, event);
  const value: Record<string, string> = {};
  for (const [area, { id }] of map.areas.entries()) value[id] = at[area]?.name ?? '';
  return { value, context: walker.context, effects: walker.effects };
}

function placeOf({ id, places }: Area, { value }: CaseSnapshot): Place {
  const name = typeof value === 'string' ? undefined : value[id];
  const place = places.get(String(name));
  if (!place) throw new Error(`the snapshot does not fit its machine: region ${id} has no state '${name}'`);
  return place;
}

/** Automatic arrows, round after round. */
function rest(walker: Walker, order: number[], event: Heard): void {
  for (let round = 1; ; round += 1) {
    if (round > maxRounds)
      throw new Error(`Infinite loop detected: more than ${maxRounds} rounds without coming to rest after ${event.type}`);
    const chosen = chooseAlone(walker, order, event);
    if (chosen.length === 0) return;
    const before = walker.context;
    const moved = take(walker, chosen, event);
    if (moved.length === 0 && walker.context === before) return;
    settle(order, moved);
  }
}

/** Regions that moved go to the end, in the machine's order among themselves. */
function settle(order: number[], moved: number[]): void {
  if (moved.length === 0) return;
  const stayed = order.filter((area) => !moved.includes(area));
  order.splice(0, order.length, ...stayed, ...moved.sort((a, b) => a - b));
}

function choose(walker: Walker, event: Heard): Choice[] {
  const answers = answersFor(walker.map);
  const chosen: Choice[] = [];
  for (let area = 0; area < walker.at.length; area += 1) {
    const way =
      firstOpen(walker.at[area]?.on.get(event.type), walker, answers, event) ??
      firstOpen(walker.map.areas[area]?.on.get(event.type), walker, answers, event);
    if (way) chosen.push({ area, way });
  }
  return chosen;
}

function chooseAlone(walker: Walker, order: readonly number[], event: Heard): Choice[] {
  const answers = answersFor(walker.map);
  const chosen: Choice[] = [];
  for (const area of order) {
    const way = firstOpen(walker.at[area]?.always, walker, answers, event);
    if (way) chosen.push({ area, way });
  }
  return chosen;
}

/** Answers of this round, by slot: 0 not asked, 1 yes, 2 no. One sheet per machine, wiped for each round: a round asks nobody else. */
const answersFor = ({ answers }: ArrowMap): Uint8Array => answers.fill(0);

function firstOpen(ways: readonly Way[] | undefined, walker: Walker, answers: Uint8Array, event: Heard): Way | undefined {
  if (ways === undefined) return undefined;
  for (const way of ways) if (open(way, walker, answers, event)) return way;
  return undefined;
}

function open({ tests }: Way, { context, policy }: Walker, answers: Uint8Array, event: Heard): boolean {
  for (const { holds, params, not, slot } of tests) {
    if (answers[slot] === 0) answers[slot] = holds(context, event, params, policy) ? 1 : 2;
    if ((answers[slot] === 1) === not) return false;
  }
  return true;
}

/** Does the deeds of the chosen arrows in order and moves; returns the regions that moved. */
function take(walker: Walker, chosen: readonly Choice[], event: Heard): number[] {
  const moved: number[] = [];
  for (const { area, way } of chosen) {
    walker.taken?.(way);
    for (const { update, say, params } of way.acts) {
      if (update) walker.context = { ...walker.context, ...update(walker.context, event, params, walker.policy) };
      if (say) for (const effect of say(walker.context, event, params, walker.policy)) walker.effects.push(effect);
    }
    if (way.to === null || way.to === walker.at[area]) continue;
    walker.at[area] = way.to;
    moved.push(area);
  }
  return moved;
}
