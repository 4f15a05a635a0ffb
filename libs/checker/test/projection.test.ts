import { expect, it } from '@jest/globals';
import { caseMachine, openCase } from '@tranche/machines';
import { resolveTerms } from '@tranche/policies';
import fc from 'fast-check';
import type { Bounds } from '../src/bounds.js';
import { judgedPolicy } from '../src/explore.js';
import { afterNews } from '../src/news.js';
import { type Offer, Offers } from '../src/offers.js';
import { canonical, keyOf, type Situation, theDay } from '../src/project.js';
import { scopes } from '../src/scopes.js';
import { Stepper } from '../src/stepper.js';
import { afterEffects } from '../src/tellings.js';
import { firstWorld, keeping } from '../src/world.js';
import { truth } from './mutants/index.js';

const machine = caseMachine(truth);
const stepper = new Stepper(machine);
const opening = { type: 'case.opened', seq: 1, at: `${theDay}T12:00:00+08:00`, on: theDay, actor: 'a', data: {} };
const stamp = { amounts: {}, conditions: {}, eligible: null, inWindow: true, unmet: [] };
const { snapshot } = openCase(machine, { terms: resolveTerms(truth, { on: theDay, scopes: [] }), event: { ...opening, stamp } });
const context = snapshot.context as unknown as Situation['context'];
const first: Situation = { value: snapshot.value as Situation['value'], context, world: firstWorld };
const policy = judgedPolicy(truth, context.limits.attempts);

function after({ value, context: was, world }: Situation, offer: Offer): Situation | null {
  const step = stepper.step(value, was, offer);
  if (!step) return null;
  const told = afterEffects(keeping(afterNews(world, policy, offer).world, policy), policy, step.effects);
  return { value: step.value, context: step.context, world: keeping(told.world, policy) };
}

/** Without numbered things that are renamed, so that one event means the same to both. */
const life: Bounds = { ...scopes.money, overdue: 0 };
const paused: Bounds = { ...life, interruptions: true, refusals: true, holds: true };

it.each([
  ['money', life],
  ['people', paused],
])('%s: a case with all its dates, reasons and history goes on exactly as its projection does', (_, bounds) => {
  const offers = new Offers(policy, bounds, stepper);
  fc.assert(
    fc.property(fc.array(fc.noBias(fc.nat(10_000)), { minLength: 60, maxLength: 60, size: 'max' }), (picks) => {
      let [whole, lean] = [first, canonical(first, policy, bounds)];
      for (const [day, pick] of picks.entries()) {
        const all = offers.at(lean.value, lean.world);
        const offer = all[pick % Math.max(all.length, 1)];
        if (!offer) continue;
        const dated = { ...offer, on: `2021-0${1 + Math.floor(day / 28)}-${String(1 + (day % 28)).padStart(2, '0')}` };
        const [inFull, projected] = [after(whole, dated), after(lean, offer)];
        expect([offer.type, inFull === null]).toEqual([offer.type, projected === null]);
        if (!inFull || !projected) continue;
        whole = inFull;
        lean = canonical(projected, policy, bounds);
        expect(keyOf(canonical(whole, policy, bounds))).toBe(keyOf(lean));
      }
    }),
    { numRuns: 60 },
  );
});
