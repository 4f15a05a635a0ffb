import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allowedEvents, replay } from '../src/index.js';
import { finish } from './finish.js';
import { Monitor } from './monitor.js';
import { beginnings, live, steps } from './random-life.js';
import { Story } from './story.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 12);
const tale = (story: Story) => story.steps.map(({ event }) => `${event.type} ${JSON.stringify(event.data)}`).join('\n');

it.each(Object.entries(beginnings))(
  'from a case that is %s, any sequence of valid and invalid events keeps the committed-money rules',
  (_, begin) => {
    fc.assert(
      fc.property(steps(40), (life) => {
        const story = new Story();
        const monitor = new Monitor();
        begin(story);
        const begun = story.steps.splice(0);
        const broken: string[] = [];
        for (const step of begun) {
          story.steps.push(step);
          story.snapshot = step.advance.snapshot;
          broken.push(...monitor.follow(story));
        }
        for (const step of life) {
          const allowed = allowedEvents(story.machine, story.snapshot);
          if (!live(story, step)) continue;
          broken.push(...monitor.follow(story));
          const heard = story.steps.at(-1)?.event.type ?? '';
          if (!allowed.includes(heard)) broken.push(`${heard} was accepted but not listed`);
          if (broken.length > 0) throw new Error(`${broken.join('; ')}\nafter:\n${tale(story)}`);
        }
        expect(replay(story.machine, story.terms, story.events)).toEqual(story.snapshot);
        if (!finish(story)) throw new Error(`can never close: ${JSON.stringify(story.snapshot.value)}\nafter:\n${tale(story)}`);
        expect(story.view.payableFen).toBe('0');
      }),
      { numRuns, endOnFailure: true },
    );
  },
);
