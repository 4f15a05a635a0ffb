import type { CaseContext } from '@tranche/machines';
import type { World } from './world.js';

/** Name as it is → standard name. */
export type Names = Readonly<Record<string, string>>;

/** New names for numbered deadlines and proposals: the present one is number 1, unless an older one is still about. */
export function numberNames(context: CaseContext, world: World): Names {
  const names: Record<string, string> = {};
  const restart = (prefixes: readonly string[], no: number, present: boolean): void => {
    if (no === 0) return;
    const keys = [...Object.keys(context.clocks), ...Object.keys(world.clocks)];
    const own = (key: string): boolean => prefixes.some((prefix) => key === `${prefix}${no}` || key.startsWith(`${prefix}${no}:`));
    if (keys.some((key) => prefixes.some((prefix) => key.startsWith(prefix)) && !own(key))) return;
    const mine = keys.filter(own);
    const again = present || mine.length > 0 ? 1 : 0;
    if (again === no) return;
    names[`#${prefixes[0]}`] = String(again);
    for (const prefix of prefixes) names[`${prefix}${no}`] = `${prefix}1`;
    for (const prefix of prefixes)
      for (const key of mine) if (key.startsWith(`${prefix}${no}:`)) names[key] = key.replace(`${prefix}${no}:`, `${prefix}1:`);
  };
  restart(['notice:'], context.notice.no, context.notice.postedOn !== null || world.notice !== null);
  restart(['recovery:demand:', 'recovery:repay:'], context.recovery.no, context.recovery.open || world.recovery !== null);
  for (const [at, id] of context.objections.entries()) {
    if (id === `o${at + 1}`) continue;
    names[id] = `o${at + 1}`;
    names[`objection:${id}`] = `objection:o${at + 1}`;
  }
  return names;
}

/** Disbursements of a payment in the order in which they arrived, then the one on its way. */
export function disbursementNames(context: CaseContext, world: World): Names {
  const names: Record<string, string> = {};
  for (const payment in context.payments) {
    if (world.arrived[payment] === undefined && world.live[payment] === undefined) continue;
    const ids = [...(world.arrived[payment] ?? []).map((part) => part.disbursement), world.live[payment]?.disbursement ?? null];
    for (const [at, id] of ids.filter((one) => one !== null).entries())
      if (id !== `${payment}#${at + 1}`) names[id] = `${payment}#${at + 1}`;
  }
  return names;
}
