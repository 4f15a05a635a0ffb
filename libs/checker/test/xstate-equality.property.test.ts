import { expect, it } from '@jest/globals';
import { advance, advanceByXState, type CaseSnapshot, caseMachine } from '@tranche/machines';
import { type Policy, policies } from '@tranche/policies';
import fc from 'fast-check';
import { judgedPolicy } from '../src/explore.js';
import { type Bounds, byShape, scopesOf } from '../src/index.js';
import { afterNews } from '../src/news.js';
import { type Offer, Offers } from '../src/offers.js';
import { canonical, type Situation } from '../src/project.js';
import { openFirst } from '../src/shape.js';
import { Stepper } from '../src/stepper.js';
import { afterEffects } from '../src/tellings.js';
import { firstWorld, keeping } from '../src/world.js';

/** Everything at once: a life is drawn, not explored, so nothing has to be left out. */
const anything = (policy: Policy): Bounds => ({
  ...scopesOf(policy)[0]!,
  objections: 1,
  overdue: 2,
  refusals: true,
  interruptions: true,
  holds: true,
  corrections: ['decision.rescinded', 'fact.corrected', 'notice.withdrawn', 'recovery.writtenOff'],
  corrected: 9,
  proposals: 2,
});
const text = (decision: unknown): string => JSON.stringify(decision, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
/** A database gives keys back in an order of its own. */
const stored = (snapshot: CaseSnapshot): CaseSnapshot => ({
  ...snapshot,
  value: Object.fromEntries(Object.entries(snapshot.value).reverse()),
});

const forms = byShape(policies().map((policy) => caseMachine(policy))).map(([machine]) => machine!);

it.each(forms.map((machine) => [machine.policy.id, machine] as const))(
  '%s: its arrows decide as XState does, whatever happens',
  (_, machine) => {
    const stepper = new Stepper(machine);
    const opened = openFirst(machine, machine.policy).snapshot;
    const context = opened.context as unknown as Situation['context'];
    const policy = judgedPolicy(machine.policy, context.limits.attempts);
    const bounds = anything(policy);
    const offers = new Offers(policy, bounds, stepper);
    const after = ({ world }: Situation, offer: Offer, { value, context: next, effects }: NonNullable<ReturnType<Stepper['step']>>) => {
      const told = afterEffects(keeping(afterNews(world, policy, offer).world, policy), policy, effects);
      return canonical({ value, context: next, world: keeping(told.world, policy) }, policy, bounds);
    };
    fc.assert(
      fc.property(fc.array(fc.noBias(fc.nat(10_000)), { minLength: 40, maxLength: 40, size: 'max' }), (picks) => {
        let at = canonical({ value: opened.value as Situation['value'], context, world: firstWorld }, policy, bounds);
        for (const pick of picks) {
          const all = offers.at(at.value, at.world);
          const heard = all.filter((offer) => stepper.step(at.value, at.context, offer) !== null);
          // every fourth is taken from everything said, so that refusals are asked as well
          const from = pick % 4 === 0 ? all : heard;
          const offer = from[pick % Math.max(from.length, 1)];
          if (!offer) continue;
          const snapshot = stored({ status: 'active', value: at.value, context: at.context as unknown as CaseSnapshot['context'] });
          expect(text(advance(machine, snapshot, offer))).toBe(text(advanceByXState(machine, snapshot, offer)));
          const step = stepper.step(at.value, at.context, offer);
          if (step) at = after(at, offer, step);
        }
      }),
      { numRuns: 2, endOnFailure: true },
    );
  },
);
