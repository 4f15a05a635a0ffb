import { describe, expect, it } from '@jest/globals';
import type { Policy, Stamp } from '@tranche/policies';
import { allowedEvents, type CaseEvent, eventTypes } from '../src/index.js';
import { shapes } from './shapes.js';
import { Story, type Told, yuan } from './story.js';

const shape = (id: string): Policy => shapes.find((policy) => policy.id === `shape-${id}`)!;
const month = (no: number): string => `2021-${String(no).padStart(2, '0')}`;

/** A case with claims by month; two months use the term up. */
class Monthly extends Story {
  /** what the period of the next event is worth */
  periodFen = yuan(900);

  override eventOf(type: string, data: Record<string, unknown>, told: Told): CaseEvent {
    const stamp: Stamp = {
      ...super.eventOf(type, data, told).stamp,
      amounts: {},
      conditions: { enterpriseFirst: true },
      counts: this.counts,
    };
    const claim = String(data['claim']);
    const amounts = Object.fromEntries(Object.keys(this.policy.amounts).map((name) => [name, this.periodFen]));
    const period = { id: String(data['period']), claim, amounts, eligible: true, inWindow: true, unmet: [], keys: [] };
    return { ...super.eventOf(type, data, told), stamp: type === 'claim.filed' ? { ...stamp, period } : stamp };
  }

  private get counts(): Record<string, number> {
    return { 'post.term': 2, 'post.extension': 0 };
  }

  file(no: number, fen = yuan(900)): this {
    this.periodFen = fen;
    return this.hear('claim.filed', { claim: 'post', period: month(no), facts: {} });
  }
  stop(): this {
    return this.hear('claims.stopped', { claim: 'post', stop: 'other', reason: 'left' });
  }
  rescind(data: Record<string, unknown>): this {
    return this.correct('decision.rescinded', data);
  }
  revoke(no: number): this {
    return this.rescind({ decision: 'period', claim: 'post', period: month(no) });
  }
}

const begun = (): Monthly => new Monthly(shape('lines')).approve();
const paid = (no: number): string => `post:${month(no)}`;

describe('a period that was granted by mistake', () => {
  it('is not paid: what is not sent is called back, its clock ends and others may claim the month', () => {
    const story = begun().file(1).request(paid(1)).revoke(1);
    expect(story.effects).toEqual(
      expect.arrayContaining([
        { kind: 'cancelDisbursement', payment: paid(1) },
        { kind: 'cancelDeadline', key: `payment:${paid(1)}` },
        { kind: 'releaseExclusion', payment: paid(1) },
      ]),
    );
    expect(story.money[paid(1)]).toBe('locked 0');
  });

  it('if it was paid, the next one is paid so much less', () => {
    const story = begun().file(1).pay(paid(1)).revoke(1).file(2, yuan(1_000));
    expect(story.money[paid(2)]).toBe('due 10000');
    expect(story.pay(paid(2)).stop().view).toMatchObject({ standing: 'closed', entitledFen: yuan(1_000), recovery: null });
  });

  it('comes back where nothing follows', () => {
    const story = begun().file(1).pay(paid(1)).stop().revoke(1);
    expect(story.view).toMatchObject({ standing: 'active', entitledFen: '0', recovery: { outstandingFen: yuan(900) } });
    expect(story.hear('recovery.received', { amountFen: yuan(900), reference: 'r' }).view.standing).toBe('closed');
  });

  it('can be granted again, for another amount: only the difference is paid', () => {
    const story = begun().file(1).pay(paid(1)).revoke(1).file(1, yuan(950));
    expect(story.money[paid(1)]).toBe('due 5000');
  });

  it('gives its month back to the term', () => {
    const story = begun().file(1).file(2);
    expect(story.view.marks['claimsEnded']).toBeDefined();
    story.revoke(2);
    expect(story.view.marks['claimsEnded']).toBeUndefined();
    expect(story.view.entitledFen).toBeNull();
    expect(story.file(3).view).toMatchObject({ entitledFen: yuan(1_800) });
  });

  it('of claims that somebody stopped, leaves them stopped', () => {
    const story = begun().file(1).stop().revoke(1);
    expect(story.view.regions['post']?.state).toBe('ended');
    expect(story.view.entitledFen).toBe('0');
  });

  it('is rescinded once, and only if it was granted', () => {
    const story = begun().file(1).revoke(1);
    const correction = { type: 'decision.rescinded', data: { decision: 'period', claim: 'post', period: month(1) } };
    expect(story.tell('correction.proposed', { correction, reason: 'r', cite: 'c' })).toMatchObject({ ok: false });
  });

  it('what was forgiven of it and turns out to be earned is not paid a second time', () => {
    const story = begun()
      .file(1)
      .pay(paid(1))
      .stop()
      .revoke(1)
      .correct('recovery.writtenOff', { amountFen: yuan(900) });
    expect(story.view).toMatchObject({ standing: 'closed', writtenOffFen: yuan(900) });
    story.rescind({ decision: 'stop', claim: 'post' }).file(1).stop();
    expect(story.view).toMatchObject({ standing: 'closed', writtenOffFen: '0', paidFen: yuan(900) });
  });
});

describe('a stop that was told by mistake', () => {
  it('is rescinded: periods may be claimed again', () => {
    const story = begun().file(1).stop();
    expect(story.tell('claim.filed', { claim: 'post', period: month(2), facts: {} })).toMatchObject({ ok: false });
    story.rescind({ decision: 'stop', claim: 'post' });
    expect(story.view.marks['claimsEnded']).toBeUndefined();
    expect(story.file(2).money[paid(2)]).toBe('due 90000');
  });

  it('is not what ended claims whose term was used up', () => {
    const story = begun().file(1).file(2);
    const correction = { type: 'decision.rescinded', data: { decision: 'stop', claim: 'post' } };
    expect(story.tell('correction.proposed', { correction, reason: 'r', cite: 'c' })).toMatchObject({ ok: false });
    expect(allowedEvents(story.machine, story.snapshot)).not.toContain('decision.rescinded');
  });
});

describe('an event that voids the case and was reported by mistake', () => {
  class Relief extends Story {
    override eventOf(type: string, data: Record<string, unknown>, told: Told): CaseEvent {
      const event = super.eventOf(type, data, told);
      return { ...event, stamp: { ...event.stamp, amounts: { refund: yuan(1_000), half: yuan(500) }, conditions: { relief: true } } };
    }
  }
  const broken = () => new Relief(shape('relief')).approve().pay('half').hear('milestone.broken');
  const undo = { decision: 'milestone', milestone: 'broken' };

  it('ends the recovery, and the case goes on', () => {
    const story = broken();
    expect(story.view.recovery).toMatchObject({ state: 'due', outstandingFen: yuan(500) });
    story.correct('decision.rescinded', undo);
    expect(story.view).toMatchObject({ entitledFen: null, recovery: { state: 'closed' } });
    expect(story.hear('milestone.resumed').view.payableFen).toBe(yuan(500));
  });

  it('gives back what was repaid meanwhile', () => {
    const story = broken()
      .hear('recovery.received', { amountFen: yuan(500), reference: 'r' })
      .correct('decision.rescinded', undo)
      .hear('milestone.resumed');
    expect(story.view.payableFen).toBe(yuan(1_000));
  });

  it('no other milestone is rescinded so', () => {
    const correction = { type: 'decision.rescinded', data: { decision: 'milestone', milestone: 'resumed' } };
    const story = new Relief(shape('relief')).approve().hear('milestone.resumed');
    expect(story.tell('correction.proposed', { correction, reason: 'r', cite: 'c' })).toMatchObject({ ok: false });
  });
});

it('a plan takes back only the decisions it can see', () => {
  const decisions = (policy: Policy) =>
    JSON.stringify(eventTypes(policy).get('decision.rescinded')?.dataSchema).match(/"(period|stop|milestone|acceptance)"/g);
  expect(decisions(shape('reward'))).toBeNull();
  expect(decisions(shape('relief'))).toEqual(expect.arrayContaining(['"milestone"']));
  expect(decisions(shape('lines'))).toEqual(expect.arrayContaining(['"period"', '"stop"']));
});

it('without a notice, facts corrected after the acceptance fix the amount anew at once', () => {
  class Accepted extends Story {
    refund = yuan(1_000);
    override eventOf(type: string, data: Record<string, unknown>, told: Told): CaseEvent {
      const event = super.eventOf(type, data, told);
      return { ...event, stamp: { ...event.stamp, amounts: { refund: this.refund, half: yuan(500), more: yuan(250) } } };
    }
  }
  const story = new Accepted(shape('inspected')).approve().hear('milestone.ended').hear('acceptance.passed');
  expect(story.view.entitledFen).toBe(yuan(1_000));
  story.refund = yuan(800);
  story.correct('fact.corrected', { facts: {} });
  expect(story.view).toMatchObject({ entitledFen: yuan(800), marks: { settled: expect.any(String) } });
});
