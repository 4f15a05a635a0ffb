import { describe, expect, it } from '@jest/globals';
import { Story } from './story.js';

const begun = () => new Story().approve().hear('milestone.started');

describe('hold', () => {
  it('refuses requests and submissions, lets the bank’s news in, and opens payments again on release', () => {
    const story = begun().hear('case.held', { reason: 'r' });
    expect(story.tell('payment.requested', { payment: 's1', fund: 'f' })).toMatchObject({
      ok: false,
      unmet: [{ en: 'must not be: the case is held' }],
    });
    story.hear('case.released', { reason: 'r' });
    expect(story.effects).toEqual(expect.arrayContaining([{ kind: 'releaseCase' }, { kind: 'openPayment', payment: 's1' }]));
    story.request('s1').hear('case.held', { reason: 'r' });
    expect(story.tell('disbursement.submitted', { payment: 's1', disbursement: 'd' })).toMatchObject({ ok: false });
    story.hear('case.released', { reason: 'r' }).submit('s1').hear('case.held', { reason: 'r' }).settle('s1');
    expect(story.money['s1']).toBe('paid 15000000');
  });

  it('a tranche that falls due while the case is held opens only on release', () => {
    const story = new Story().approve().hear('case.held', { reason: 'r' }).hear('milestone.started');
    expect(story.money['s1']).toBe('due 15000000');
    expect(story.effects).not.toContainEqual({ kind: 'openPayment', payment: 's1' });
    expect(story.effects).toContainEqual(expect.objectContaining({ kind: 'setDeadline', key: 'payment:s1' }));
    expect(story.hear('case.released', { reason: 'r' }).effects).toContainEqual({ kind: 'openPayment', payment: 's1' });
  });

  it('a case that is not held cannot be released', () => {
    expect(begun().tell('case.released', { reason: 'r' })).toMatchObject({ ok: false });
  });
});
