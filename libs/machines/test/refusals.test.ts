import { describe, expect, it } from '@jest/globals';
import type { Stamp } from '@tranche/policies';
import { advance, allowedEvents, waitsFor } from '../src/index.js';
import { beginnings, fill } from './random-life.js';
import { allTypes, Story, stampOf } from './story.js';

/** Cases in every state an official can meet, by name. */
const situations: Readonly<Record<string, (story: Story) => Story>> = {
  ...beginnings,
  submitted: (story) => story.hear('application.submitted'),
  accepted: (story) => story.hear('application.submitted').hear('application.accepted'),
  reviewed: (story) => story.hear('application.submitted').hear('application.accepted').hear('application.reviewed'),
  returned: (story) => story.hear('application.submitted').hear('application.returned', { reason: 'r' }),
  rejected: (story) => story.hear('application.submitted').hear('application.accepted').hear('application.rejected', { reason: 'r' }),
  withdrawn: (story) => story.hear('application.withdrawn', { reason: 'r' }),
  interrupted: (story) => story.approve().hear('milestone.started').hear('delivery.interrupted', { reason: 'r' }),
  held: (story) => story.approve().hear('milestone.started').hear('case.held', { reason: 'r' }),
};

describe.each(Object.entries(situations))('a case that is %s', (_, begin) => {
  const story = begin(new Story());
  const allowed = allowedEvents(story.machine, story.snapshot);

  it.each(allTypes)('%s is accepted only if it is listed; refused, it leaves everything unchanged', (type) => {
    for (let variant = 0; variant < 6; variant += 1) {
      const { data, by } = fill(story, type, variant);
      const event = story.eventOf(type, data, { by: by ?? `person-${variant}`, world: { assessed: '100' } });
      const before = JSON.stringify(story.snapshot);
      const answer = advance(story.machine, story.snapshot, event);
      expect(JSON.stringify(story.snapshot)).toBe(before);
      if (answer.ok) expect(allowed).toContain(type);
      else expect(answer).toMatchObject({ code: 'event-not-allowed', state: story.view.state, allowed });
    }
  });

  it.each(['xstate.init', 'xstate.stop', 'xstate.done.state.x', '*', '', 'application', 'milestone.unknown', 'case.opened'])(
    '%j is no event of a case',
    (type) => {
      expect(advance(story.machine, story.snapshot, story.eventOf(type, {}, {}))).toMatchObject({ ok: false });
    },
  );

  it('everything listed can happen: some payload of each listed type is accepted, or needs another person', () => {
    for (const type of allowed) {
      const tries = Array.from({ length: 120 }, (_, variant) => variant).some((variant) => {
        const { data, by } = fill(story, type, variant);
        const world = { assessed: '100', estimate: '40000000' };
        return advance(story.machine, story.snapshot, story.eventOf(type, data, { by: by ?? 'x', world, on: '2021-06-01' })).ok;
      });
      expect([type, tries]).toEqual([type, true]);
    }
  });
});

it('a refusal says what is missing', () => {
  const story = new Story().hear('application.submitted').hear('application.accepted').hear('application.reviewed');
  const refusal = story.tell('application.approved', {}, { world: { eligible: null } });
  expect(refusal).toMatchObject({
    ok: false,
    state: 'reviewed',
    unmet: [{ zh: '须：符合申领条件', en: 'must be: every eligibility rule holds' }],
  });
  expect(story.tell('milestone.ended')).toMatchObject({ ok: false, unmet: [] });
});

it.each([
  ['not eligible', { eligible: false }],
  ['eligibility unknown', { eligible: null }],
  ['outside the window', { inWindow: false }],
])('an application is not approved when %s', (_, world) => {
  const story = new Story().hear('application.submitted').hear('application.accepted').hear('application.reviewed');
  expect(story.tell('application.approved', {}, { world })).toMatchObject({ ok: false });
});

it('acceptance is not passed before the assessed amount is known, nor half way confirmed before it is', () => {
  const story = new Story().approve().hear('milestone.started');
  expect(story.tell('milestone.halfway', {}, { world: { half: false } })).toMatchObject({ ok: false });
  expect(story.hear('milestone.ended').tell('acceptance.passed')).toMatchObject({ ok: false });
});

it('a milestone is not dated before the one it follows', () => {
  const story = new Story().approve().hear('milestone.started', {}, { on: '2020-12-01' });
  expect(story.tell('milestone.halfway', {}, { on: '2020-11-30' })).toMatchObject({ ok: false });
  expect(story.tell('milestone.halfway', {}, { on: '2020-12-01' })).toMatchObject({ ok: true });
});

describe('what an event waits for', () => {
  const reviewed = () => new Story().hear('application.submitted').hear('application.accepted').hear('application.reviewed');
  const unknown: Stamp = { ...stampOf({ eligible: null }), unmet: ['rule-a'], amounts: {} };
  const names = (story: Story, type: string, stamp = unknown) => waitsFor(story.machine, story.snapshot, type, stamp);

  it('is every rule and amount that is not known', () => {
    expect(names(reviewed(), 'application.approved')).toEqual(['rule-a', 'first', 'second']);
  });
  it.each([
    ['known', stampOf({})],
    ['known to fail: nothing is missing, it is refused', { ...stampOf({ eligible: false }), unmet: ['rule-a'] }],
  ])('is nothing where all of it is %s', (_, stamp) => expect(names(reviewed(), 'application.approved', stamp)).toEqual([]));
  it('is the condition a milestone requires, and nothing where the type is not heard at all', () => {
    const story = new Story().approve().hear('milestone.started');
    expect([names(story, 'milestone.halfway', { ...unknown, conditions: {} }), names(story, 'notice.posted')]).toEqual([
      ['halfReached'],
      [],
    ]);
  });
});
