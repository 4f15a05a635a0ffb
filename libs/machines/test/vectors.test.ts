import { describe, expect, it } from '@jest/globals';
import { Story, yuan } from './story.js';

/** Approved, trained to the end, both advances paid in time. */
const trained = (estimate = yuan(300_000)) => {
  const story = new Story();
  story.world = { estimate };
  return story.approve().hear('milestone.started').pay('s1').hear('milestone.halfway').pay('s2').hear('milestone.ended');
};

describe('the worked vectors of the training subsidy', () => {
  it.each([
    ['300 000 estimated and assessed', yuan(300_000), yuan(300_000), 'paid 15000000', 'paid 7500000', 'paid 7500000'],
    ['assessed at 270 000', yuan(300_000), yuan(270_000), 'paid 15000000', 'paid 7500000', 'paid 4500000'],
    ['1 000.01: the odd fen lands in the last payment', yuan('1000.01'), yuan('1000.01'), 'paid 50000', 'paid 25000', 'paid 25001'],
  ])('%s: paid in three tranches, then closed', (_, estimate, assessed, s1, s2, s3) => {
    const story = trained(estimate).accept(assessed).pay('s3');
    expect(story.money).toEqual({ s1, s2, s3 });
    expect(story.view).toMatchObject({ state: 'closed', entitledFen: assessed, payableFen: '0', recovery: null });
  });

  it.each([
    ['200 000', yuan(200_000), yuan(25_000)],
    ['198 000 (66 of 100 qualified)', yuan(198_000), yuan(27_000)],
  ])('assessed at %s, less than what was paid: no remainder, the difference is recovered', (_, assessed, back) => {
    const story = trained().accept(assessed);
    expect(story.money['s3']).toBe('cancelled 0');
    expect(story.view.recovery).toEqual({ no: 1, state: 'due', outstandingFen: back });
    story.hear('recovery.received', { amountFen: back, reference: 'r' });
    expect(story.view).toMatchObject({ state: 'closed', payableFen: '0', recoveredFen: back });
  });

  it('failed after the first tranche only: 150 000 comes back', () => {
    const story = new Story().approve().hear('milestone.started').pay('s1').hear('milestone.ended').failTwice();
    expect(story.money).toEqual({ s1: 'paid 15000000', s2: 'cancelled 0', s3: 'cancelled 0' });
    expect(story.view.recovery).toEqual({ no: 1, state: 'due', outstandingFen: yuan(150_000) });
  });

  it('failed after the second tranche: 225 000 comes back', () => {
    const story = trained().failTwice();
    expect(story.view.recovery).toEqual({ no: 1, state: 'due', outstandingFen: yuan(225_000) });
  });
});
