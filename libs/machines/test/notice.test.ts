import { describe, expect, it } from '@jest/globals';
import { calendarOfYears, due, stateCouncilYears } from '@tranche/calendar';
import type { Effect } from '../src/index.js';
import { Story, yuan } from './story.js';

const assessedAt = (assessed: string) => {
  const story = new Story().approve().hear('milestone.started').pay('s1').hear('milestone.halfway').pay('s2').hear('milestone.ended');
  story.world = { assessed };
  return story.hear('acceptance.passed');
};
const published = (assessed = yuan(300_000), on = '2020-12-21') => assessedAt(assessed).hear('notice.posted', {}, { on });
const object = (story: Story, objection = 'o1', on = '2020-12-23') => story.hear('objection.raised', { objection, ground: 'g' }, { on });

describe('the public notice', () => {
  it('is posted with a clock of five working days, counted from the posting', () => {
    expect(published().effects).toEqual([
      { kind: 'postNotice', notice: 1, from: '2020-12-21' },
      expect.objectContaining({ kind: 'setDeadline', key: 'notice:1', from: '2020-12-21', count: 5, unit: 'workingDays' }),
      { kind: 'closeTask', task: 'publish' },
    ]);
  });

  it('ends without objection on its last day: the entitlement is fixed and the remainder’s legal clock runs from that day', () => {
    const story = published().clear('2020-12-28');
    expect(story.view.marks['settled']).toBe('2020-12-28');
    expect(story.effects).toEqual(
      expect.arrayContaining([
        { kind: 'closeNotice', notice: 1, outcome: 'clear' },
        { kind: 'openPayment', payment: 's3' },
        expect.objectContaining({
          kind: 'setDeadline',
          key: 'payment:s3',
          from: '2020-12-28',
          count: 5,
          unit: 'workingDays',
          deadline: 'statutory',
        }),
      ]),
    );
  });

  it('is not posted before the approval, nor dated before the acceptance', () => {
    const early = new Story().hear('application.submitted').hear('milestone.started').hear('milestone.ended');
    early.world = { assessed: yuan(1) };
    expect(early.hear('acceptance.passed').tell('notice.posted')).toMatchObject({
      ok: false,
      unmet: [{ en: 'must be: the application is approved' }],
    });
    expect(assessedAt(yuan(1)).tell('notice.posted', {}, { on: '2020-11-24' })).toMatchObject({ ok: false });
  });

  it('another notice’s end is not this one’s', () => {
    expect(published().tell('deadline.passed', { key: 'notice:2' })).toMatchObject({ ok: false });
  });

  it('worked example: started 2020-09-21, the advance is due Sat 2020-10-10; posted 2020-09-25 ends 10-09, the remainder is due 10-15', () => {
    const story = new Story();
    story.day = '2020-09-18';
    story
      .hear('application.submitted', {}, { on: '2020-09-18' })
      .hear('application.accepted')
      .hear('application.reviewed')
      .hear('application.approved');
    story.hear('milestone.started', {}, { on: '2020-09-21' });
    expect(lastDay(story, 'payment:s1')).toBe('2020-10-10');
    story.world = { assessed: yuan(300_000) };
    story.hear('milestone.ended').hear('acceptance.passed').hear('notice.posted', {}, { on: '2020-09-25' });
    expect(lastDay(story, 'notice:1')).toBe('2020-10-09');
    expect(lastDay(story.clear('2020-10-09'), 'payment:s3')).toBe('2020-10-15');
  });

  it('worked example: started 2020-11-25, the advance is due 2020-12-09', () => {
    expect(lastDay(new Story().approve().hear('milestone.started', {}, { on: '2020-11-25' }), 'payment:s1')).toBe('2020-12-09');
  });
});

const calendar = calendarOfYears(stateCouncilYears);

/** The last day of a clock that the last event started. */
function lastDay(story: Story, key: string): string {
  const clock = story.effects.find(
    (effect): effect is Extract<Effect, { kind: 'setDeadline' }> => effect.kind === 'setDeadline' && effect.key === key,
  );
  if (!clock) throw new Error(`no clock ${key}`);
  const end = due(calendar, clock.from, clock.count, clock.unit);
  return end.provisional ? 'provisional' : end.lastDay;
}

describe('objections', () => {
  it('not upheld within the notice: the notice runs on and ends on its own day', () => {
    const story = object(published()).hear('objection.rejected', { objection: 'o1', decision: 'd' }, { on: '2020-12-24' });
    expect(story.effects).toEqual(
      expect.arrayContaining([
        { kind: 'decideObjection', objection: 'o1', upheld: false },
        { kind: 'meetDeadline', key: 'objection:o1', on: '2020-12-24' },
      ]),
    );
    expect(story.view.state).toBe('noticed');
    expect(story.clear('2020-12-28').view.marks['settled']).toBe('2020-12-28');
  });

  it('still open when the notice ends: it waits; not upheld later settles on the day of the decision', () => {
    const story = object(published()).clear('2020-12-28');
    expect(story.view).toMatchObject({ state: 'objected', notice: { endedOn: '2020-12-28' } });
    expect(story.effects).toEqual([{ kind: 'meetDeadline', key: 'notice:1', on: '2020-12-28' }]);
    story.hear('objection.rejected', { objection: 'o1', decision: 'd' }, { on: '2020-12-30' });
    expect(story.view.marks['settled']).toBe('2020-12-30');
    expect(story.effects).toContainEqual(expect.objectContaining({ kind: 'setDeadline', key: 'payment:s3', from: '2020-12-30' }));
  });

  it('two objections: the last decision settles', () => {
    const story = object(object(published()), 'o2').clear('2020-12-28').hear('objection.rejected', { objection: 'o1', decision: 'd' });
    expect(story.view.state).toBe('objected');
    expect(story.hear('objection.rejected', { objection: 'o2', decision: 'd' }, { on: '2020-12-31' }).view.marks['settled']).toBe(
      '2020-12-31',
    );
  });

  it('is not raised twice under one number, nor after the end of the notice', () => {
    const story = object(published());
    expect(story.tell('objection.raised', { objection: 'o1', ground: 'g' })).toMatchObject({ ok: false });
    expect(story.clear('2020-12-28').tell('objection.raised', { objection: 'o2', ground: 'g' })).toMatchObject({ ok: false });
  });

  it('upheld: assessed again, published again, and paid at the new amount', () => {
    const story = object(published()).hear('objection.upheld', { objection: 'o1', decision: 'd', consequence: 'recompute' });
    expect(story.effects).toEqual(
      expect.arrayContaining([
        { kind: 'cancelDeadline', key: 'notice:1' },
        { kind: 'closeNotice', notice: 1, outcome: 'withdrawn' },
      ]),
    );
    expect(story.view.state).toBe('recomputing');
    expect(story.tell('notice.posted')).toMatchObject({ ok: false });
    story.world = { assessed: yuan(285_000) };
    story.hear('results.imported', {}).hear('notice.posted');
    expect(story.effects).toContainEqual({ kind: 'postNotice', notice: 2, from: story.day });
    expect(story.clear().money['s3']).toBe('due 6000000');
  });

  it('upheld, published again, upheld again as a failure: everything paid comes back', () => {
    const story = object(published()).hear('objection.upheld', { objection: 'o1', decision: 'd', consequence: 'recompute' });
    story.hear('results.imported', {}).hear('notice.posted');
    object(story, 'o2').hear('objection.upheld', { objection: 'o2', decision: 'd', consequence: 'failed' });
    expect(story.view).toMatchObject({ state: 'recovering', recovery: { outstandingFen: yuan(225_000) } });
  });

  it('one that outlives its notice still needs its answer before the case can close', () => {
    const story = object(object(published()), 'o2').hear('objection.upheld', { objection: 'o1', decision: 'd', consequence: 'failed' });
    story.hear('recovery.received', { amountFen: yuan(225_000), reference: 'r' });
    expect(story.view.standing).toBe('active');
    expect(story.hear('objection.rejected', { objection: 'o2', decision: 'd' }).view.standing).toBe('closed');
  });

  it('one left behind by a rescinded acceptance still gets its answer: rejected, or upheld as a failure', () => {
    const left = () => {
      const story = object(published());
      story.hear(
        'correction.proposed',
        { correction: { type: 'decision.rescinded', data: { decision: 'acceptance' } }, reason: 'r', cite: 'c' },
        { by: 'proposer' },
      );
      const proposal = story.view.proposals[0]?.proposal;
      return story.hear('decision.rescinded', { proposal, decision: 'acceptance' }, { by: 'confirmer' });
    };
    expect(left().hear('objection.rejected', { objection: 'o1', decision: 'd' }).view).toMatchObject({ objections: [], state: 'ended' });
    const failed = left().hear('objection.upheld', { objection: 'o1', decision: 'd', consequence: 'failed' });
    expect(failed.view).toMatchObject({ objections: [], entitledFen: '0', recovery: { outstandingFen: yuan(225_000) } });
  });

  it('a decision that is late is recorded and still counts', () => {
    const story = object(published()).hear('deadline.passed', { key: 'objection:o1' });
    expect(story.effects).toEqual([{ kind: 'suspectBreach', key: 'objection:o1' }]);
    story.hear('objection.rejected', { objection: 'o1', decision: 'd' }, { on: '2021-01-10' });
    expect(story.effects).toContainEqual({ kind: 'meetDeadline', key: 'objection:o1', on: '2021-01-10' });
  });
});
