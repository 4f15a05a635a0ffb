import { advanceByXState, type CaseMachine, type CaseSnapshot } from '@tranche/machines';
import type { Offer } from './offers.js';
import type { Situation } from './project.js';
import { type Breach, breach } from './rules.js';
import type { Step } from './stepper.js';

/** Lets XState itself decide what the stepper decided, on the snapshot as it would be stored. */
export class Comparison {
  compared = 0;
  refusals = 0;
  private restored: { readonly of: Situation; readonly snapshot: Asked } | null = null;

  constructor(private readonly machine: CaseMachine) {}

  /** The machine, restored from JSON, must come to the very same state, context and effects; and what it keeps must survive JSON. */
  judge({ value, context }: Situation, step: Step, offer: Offer): readonly Breach[] {
    this.compared += 1;
    const stored = JSON.stringify({ status: 'active', value: shuffled(value), context });
    const answer = advanceByXState(this.machine, JSON.parse(stored) as CaseSnapshot, offer);
    if (!answer.ok) return [breach('replay-differs', `恢复后不再接受 ${offer.type}`, `once restored, the case refuses ${offer.type}`)];
    const restored = JSON.stringify([answer.snapshot.value, answer.snapshot.context, answer.effects]);
    const direct = JSON.stringify([step.value, step.context, step.effects]);
    if (restored !== direct)
      return [breach('replay-differs', `恢复后 ${offer.type} 的结果不同`, `once restored, ${offer.type} leads elsewhere`)];
    const lost = unstorable(step.context);
    return lost === null ? [] : [breach('replay-differs', `${lost} 无法存为 JSON`, `${lost} does not survive being stored as JSON`)];
  }

  /** What no arrow takes, XState must not take either, on the snapshot restored from JSON. */
  judgeRefusal(situation: Situation, offer: Offer): readonly Breach[] {
    this.refusals += 1;
    if (this.restored?.of !== situation) this.restored = { of: situation, snapshot: this.restore(situation) };
    return this.restored.snapshot.can(offer)
      ? [breach('replay-differs', `XState 接受了被拒绝的 ${offer.type}`, `XState hears ${offer.type}, which the case refuses`)]
      : [];
  }

  private restore({ value, context }: Situation): Asked {
    const stored = JSON.parse(JSON.stringify({ status: 'active', value, context, historyValue: {}, children: {} }));
    return this.machine.states.restoreSnapshot(stored, {} as never);
  }
}

type Asked = { can(event: Offer): boolean };

/** A database may give keys back in another order. */
const shuffled = <T>(record: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(record).reverse());

/** The path of the first thing that JSON cannot keep as it is. */
export function unstorable(value: unknown, path = 'context'): string | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? null : path;
  const plain = typeof value === 'object' && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));
  if (!plain) return path;
  for (const [key, inner] of Object.entries(value as object)) {
    const found = unstorable(inner, `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}
