import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { advance, advanceByXState, type CaseMachine, type CaseSnapshot, caseMachine } from '../src/index.js';
import { beginnings, fill, live, type Step, steps } from './random-life.js';
import { allTypes, dalian, liaoning, machineOf, Story } from './story.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 2);
/** Types asked beside the one that is lived, at each step of a life. */
const ASKED = 5;

/** A database gives the keys of a value back in an order of its own. */
const stored = ({ value, ...rest }: CaseSnapshot): CaseSnapshot => ({
  ...rest,
  value: Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))),
});

/** `advance` and XState decide alike: the same refusal, or the same snapshot, effects and movement, in the same order. */
function sameDecision(story: Story, type: string, step: Step): void {
  const { data, by } = fill(story, type, step.variant);
  const event = story.eventOf(type, data, { by: by ?? `person-${step.variant % 3}`, world: step.world });
  const [walked, byXState] = [advance, advanceByXState].map((decide) => decide(story.machine, stored(story.snapshot), event));
  expect(walked).toEqual(byXState);
  expect(walked?.ok && walked.effects).toEqual(byXState?.ok && byXState.effects);
  expect(text(walked)).toBe(text(byXState));
}

const text = (decision: unknown): string => JSON.stringify(decision, (_, value) => (typeof value === 'bigint' ? String(value) : value));

describe.each([
  ['Dalian', dalian],
  ['Liaoning', liaoning],
])('the arrows of the machine of %s, walked without XState', (_, policy) => {
  it.each(Object.entries(beginnings))('decide as XState does, through any life from a case that is %s', (__, begin) => {
    fc.assert(
      fc.property(steps(25), (life) => {
        const story = new Story(policy);
        begin(story);
        for (const step of life) {
          for (let asked = 0; asked < ASKED; asked += 1)
            sameDecision(story, allTypes[(step.pick + asked * 7) % allTypes.length] ?? '', step);
          const before = story.snapshot;
          if (!live(story, step)) continue;
          const { event, advance: lived } = story.steps.at(-1) as Story['steps'][number];
          expect(text(lived)).toBe(text(advanceByXState(story.machine, stored(before), event)));
        }
      }),
      { numRuns, endOnFailure: true },
    );
  });
});

describe('what both refuse', () => {
  const story = new Story().approve();
  const event = story.eventOf('milestone.started', {}, {});
  const decides: readonly [string, typeof advance][] = [
    ['advance', advance],
    ['XState', advanceByXState],
  ];

  it.each(decides)('%s throws on a snapshot of another machine', (__, decide) => {
    const strange = { ...story.snapshot, value: { ...(story.snapshot.value as object), delivery: 'nowhere' } };
    expect(() => decide(story.machine, strange, event)).toThrow('nowhere');
  });

  it.each(decides)('%s throws when the automatic arrows never come to rest', (__, decide) => {
    const circling = caseMachine(dalian, {
      name: 'circling',
      regions: (regions) =>
        regions.map((region) =>
          region.id === 'standing'
            ? {
                ...region,
                states: {
                  ...region.states,
                  active: { label: region.label, always: [{ to: 'held', why: region.label }] },
                  held: { label: region.label, always: [{ to: 'active', why: region.label }] },
                },
              }
            : region,
        ),
    });
    expect(() => decide(circling, story.snapshot, event)).toThrow('Infinite loop');
  });

  it('a name nothing answers to is found when the machine is first used, whatever state the case is in', () => {
    const nameless: CaseMachine = { ...machineOf(dalian), rules: { ...machineOf(dalian).rules, updates: {} } };
    expect(() => advance(nameless, story.snapshot, event)).toThrow('no deed');
  });
});
