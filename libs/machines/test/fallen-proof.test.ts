import { describe, expect, it } from '@jest/globals';
import { Story, yuan } from './story.js';

const half = () => new Story().approve().hear('milestone.started').pay('s1').hear('milestone.halfway');
/** A list of what was held, by which half of it is reached or not. */
const listed = (story: Story, reached: boolean) => story.hear('attendance.imported', {}, { world: { half: reached } });

describe('a proof that falls before money is out on it', () => {
  it.each([
    ['due', (story: Story) => story, []],
    ['asked for', (story: Story) => story.request('s2'), [{ kind: 'cancelDisbursement', payment: 's2' }]],
  ] as const)(
    'while the advance is %s: it is locked again, its clock is cancelled, and the half is verified anew',
    (_, until, recalled) => {
      const story = listed(until(half()), false);
      expect([story.money['s2'], story.view.regions['delivery']?.state]).toEqual(['locked 7500000', 'started']);
      expect(story.effects).toEqual(expect.arrayContaining([...recalled, { kind: 'cancelDeadline', key: 'payment:s2' }]));
      // nothing is out, so there is nothing to look into
      expect(story.kinds('openTask')).not.toContainEqual(expect.objectContaining({ task: 'recheck' }));
      expect(story.tell('milestone.halfway', {}, { world: { half: false } })).toMatchObject({ ok: false });
      listed(story, true).hear('milestone.halfway', {}, { on: '2020-12-03' });
      expect(story.effects).toContainEqual(expect.objectContaining({ kind: 'setDeadline', key: 'payment:s2', from: '2020-12-03' }));
      expect(story.pay('s2').money['s2']).toBe('paid 7500000');
    },
  );

  it('once the advance is sent it settles, and what is out stays out until the assessment', () => {
    const story = listed(half().request('s2').submit('s2'), false);
    expect([story.money['s2'], story.view.regions['delivery']?.state]).toEqual(['sent 7500000', 'halfway']);
    expect(story.kinds('openTask')).toContainEqual(expect.objectContaining({ task: 'recheck' }));
    expect(story.settle('s2').money['s2']).toBe('paid 7500000');
    expect(story.hear('milestone.ended').accept(yuan(300_000)).pay('s3').view).toMatchObject({ state: 'closed', paidFen: yuan(300_000) });
  });

  it.each([
    ['fails', (story: Story) => story.bounce('s2')],
    ['comes back', (story: Story) => story.settle('s2').giveBack('s2')],
  ])('what was sent and %s is not sent again before the half is verified anew', (_, ends) => {
    const story = ends(listed(half().request('s2').submit('s2'), false));
    expect([story.money['s2'], story.view.regions['delivery']?.state]).toEqual(['locked 7500000', 'started']);
    expect(story.effects).toContainEqual({ kind: 'closeTask', task: 'recheck' });
    expect(listed(story, true).hear('milestone.halfway').money['s2']).toBe('due 7500000');
  });

  it('what was sent and fails after a later list proved it again is simply sent again', () => {
    const story = listed(listed(half().request('s2').submit('s2'), false), true).bounce('s2');
    expect([story.money['s2'], story.view.regions['delivery']?.state]).toEqual(['due 7500000', 'halfway']);
  });
});
