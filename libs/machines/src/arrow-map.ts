import type { CaseMachine } from './case-machine.js';
import type { Arrow, Condition, Guard, Params, Region, Rules, Say, Update } from './region.js';

/** One condition of an arrow. Conditions of the same name and arguments share a slot: within one round they have one answer. */
export type Test = { readonly holds: Guard['holds']; readonly params: Params; readonly not: boolean; readonly slot: number };
/** One deed of an arrow: it changes the context or says an effect. */
export type Act = { readonly update: Update | undefined; readonly say: Say | undefined; readonly params: Params };
/** One arrow; `to` is null where the state stays. */
export type Way = { readonly to: Place | null; readonly tests: readonly Test[]; readonly acts: readonly Act[] };
/** One state of a region. */
export type Place = { readonly name: string; readonly on: Map<string, readonly Way[]>; readonly always: Way[] };
export type Area = {
  readonly id: string;
  readonly places: ReadonlyMap<string, Place>;
  /** heard in every state that does not answer itself */
  readonly on: ReadonlyMap<string, readonly Way[]>;
};

/** The arrows of a machine with every name looked up once, and a sheet with a place for the answer to each distinct condition. */
export type ArrowMap = { readonly areas: readonly Area[]; readonly answers: Uint8Array };

const maps = new WeakMap<CaseMachine, ArrowMap>();

/** The machine's arrow map, made at its first use. Throws on a name nothing answers to. */
export function arrowMap(machine: CaseMachine): ArrowMap {
  const known = maps.get(machine);
  if (known) return known;
  const slots = new Map<string, number>();
  const areas = machine.regions.map((region) => areaOf(region, machine.rules, slots));
  const made = { areas, answers: new Uint8Array(slots.size) };
  maps.set(machine, made);
  return made;
}

function areaOf(region: Region, rules: Rules, slots: Map<string, number>): Area {
  const places = new Map(Object.keys(region.states).map((name): [string, Place] => [name, { name, on: new Map(), always: [] }]));
  const ways = (arrows: readonly Arrow[] = []): Way[] => arrows.map((arrow) => wayOf(arrow, places, rules, slots));
  const heard = (on: Region['on'] = {}) => Object.entries(on).map(([type, arrows]) => [type, ways(arrows)] as const);
  for (const place of places.values()) {
    const state = region.states[place.name];
    for (const [type, all] of heard(state?.on)) place.on.set(type, all);
    place.always.push(...ways(state?.always));
  }
  return { id: region.id, places, on: new Map(heard(region.on)) };
}

function wayOf(arrow: Arrow, places: ReadonlyMap<string, Place>, rules: Rules, slots: Map<string, number>): Way {
  const to = arrow.to === undefined ? null : places.get(arrow.to);
  if (to === undefined) throw new Error(`no state ${arrow.to}`);
  const acts = (arrow.does ?? []).map(({ type, params = {} }) => {
    const [update, say] = [rules.updates[type], rules.says[type]];
    if (!update && !say) throw new Error(`no deed ${type}`);
    return { update, say, params };
  });
  return { to, tests: (arrow.when ?? []).map((condition) => testOf(condition, rules, slots)), acts };
}

function testOf({ type, params = {}, not }: Condition, rules: Rules, slots: Map<string, number>): Test {
  const guard = rules.guards[type];
  if (!guard) throw new Error(`no guard ${type}`);
  const name = JSON.stringify([type, params]);
  const slot = slots.get(name) ?? slots.size;
  slots.set(name, slot);
  return { holds: guard.holds, params, not: not ?? false, slot };
}
