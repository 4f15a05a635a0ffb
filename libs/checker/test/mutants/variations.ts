import type { Arrow, Region, Rules } from '@tranche/machines';

type Change = (arrow: Arrow) => Arrow | null;
export type Edit = (regions: readonly Region[]) => readonly Region[];

/** One region changed. */
export const inRegion =
  (id: string, change: (region: Region) => Region): Edit =>
  (regions) => {
    if (!regions.some((region) => region.id === id)) throw new Error(`no region ${id}`);
    return regions.map((region) => (region.id === id ? change(region) : region));
  };

/** Every arrow of one state (`*`: of the region) for one event (`always`: automatic) changed; null takes it away. Throws when nothing changed. */
export const arrows = (region: string, from: string, event: string, change: Change): Edit =>
  inRegion(region, (whole) => {
    const holder = from === '*' ? whole : whole.states[from];
    const all = event === 'always' ? (holder && 'always' in holder ? holder.always : undefined) : holder?.on?.[event];
    const next = (all ?? []).flatMap((arrow) => change(arrow) ?? []);
    if (!all || (next.length === all.length && next.every((arrow, at) => arrow === all[at])))
      throw new Error(`nothing to change: ${region} ${from} ${event}`);
    const on = { ...holder?.on, [event]: next };
    if (from === '*') return { ...whole, on };
    const state = event === 'always' ? { ...whole.states[from]!, always: next } : { ...whole.states[from]!, on };
    return { ...whole, states: { ...whole.states, [from]: state } };
  });

/** One more arrow. */
export const oneMore = (region: string, from: string, event: string, arrow: Arrow): Edit =>
  inRegion(region, (whole) => {
    const state = whole.states[from]!;
    const changed =
      event === 'always' ? { ...state, always: [arrow, ...(state.always ?? [])] } : { ...state, on: { ...state.on, [event]: [arrow] } };
    return { ...whole, states: { ...whole.states, [from]: changed } };
  });

export const unguarded =
  (type: string): Change =>
  (arrow) => ({ ...arrow, when: (arrow.when ?? []).filter((condition) => condition.type !== type) });
export const guarded =
  (...more: NonNullable<Arrow['when']>): Change =>
  (arrow) => ({ ...arrow, when: [...(arrow.when ?? []), ...more] });
export const undone =
  (...deeds: readonly string[]): Change =>
  (arrow) => ({ ...arrow, does: (arrow.does ?? []).filter((deed) => !deeds.includes(deed.type)) });
export const gone = (): null => null;
/** The arrows this holds for are taken away. */
export const without =
  (unwanted: (arrow: Arrow) => boolean): Change =>
  (arrow) =>
    unwanted(arrow) ? null : arrow;

export const guards =
  (change: (guards: Rules['guards']) => Rules['guards']) =>
  (rules: Rules): Rules => ({ ...rules, guards: { ...rules.guards, ...change(rules.guards) } });
export const updates =
  (change: (updates: Rules['updates']) => Rules['updates']) =>
  (rules: Rules): Rules => ({ ...rules, updates: { ...rules.updates, ...change(rules.updates) } });
export const says =
  (change: (says: Rules['says']) => Rules['says']) =>
  (rules: Rules): Rules => ({ ...rules, says: { ...rules.says, ...change(rules.says) } });
