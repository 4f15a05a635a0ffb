import { describe, expect, it } from '@jest/globals';
import { Story, yuan } from './story.js';

const begun = () => new Story().approve().hear('milestone.started');
const trained = () => begun().pay('s1').hear('milestone.halfway').pay('s2').hear('milestone.ended');
const paidOut = () => trained().accept(yuan(300_000)).pay('s3');
const propose = (story: Story, type: string, data: Record<string, unknown>) =>
  story.hear('correction.proposed', { correction: { type, data }, reason: 'r', cite: 'c' }, { by: 'first-eyes' });

describe('four eyes', () => {
  const proposed = () => propose(begun(), 'decision.rescinded', { decision: 'approval' });

  it('the proposer cannot carry it out', () => {
    const story = proposed();
    expect(story.tell('decision.rescinded', { decision: 'approval', proposal: 7 }, { by: 'first-eyes' })).toMatchObject({ ok: false });
    expect(story.tell('decision.rescinded', { decision: 'approval', proposal: 7 }, { by: 'second-eyes' })).toMatchObject({ ok: true });
  });

  it.each([
    ['another decision', { decision: 'acceptance', proposal: 7 }],
    ['another proposal', { decision: 'approval', proposal: 6 }],
    ['no proposal', { decision: 'approval' }],
    ['something added', { decision: 'approval', proposal: 7, more: 1 }],
  ])('%s is refused', (_, data) => {
    expect(proposed().tell('decision.rescinded', data, { by: 'second-eyes' })).toMatchObject({ ok: false });
  });

  it('a proposal is used up by its correction', () => {
    const story = proposed()
      .hear('decision.rescinded', { decision: 'approval', proposal: 7 }, { by: 'second-eyes' })
      .hear('application.approved');
    expect(story.view.proposals).toEqual([]);
    expect(story.tell('decision.rescinded', { decision: 'approval', proposal: 7 }, { by: 'second-eyes' })).toMatchObject({ ok: false });
  });

  it('a dismissed proposal changes nothing else', () => {
    const story = proposed();
    const before = story.view.marks;
    expect(story.hear('correction.dismissed', { proposal: 7 }).view).toMatchObject({ marks: before, proposals: [] });
  });

  it('the key order of the data does not matter', () => {
    const story = propose(begun(), 'fact.corrected', { facts: { a: 1, b: { c: 2, d: 3 } } });
    expect(story.tell('fact.corrected', { proposal: 7, facts: { b: { d: 3, c: 2 }, a: 1 } }, { by: 'second-eyes' })).toMatchObject({
      ok: true,
    });
  });

  it('what does not apply cannot be proposed; at most five are pending', () => {
    const story = begun();
    for (const [type, data] of [
      ['decision.rescinded', { decision: 'acceptance' }],
      ['notice.withdrawn', {}],
      ['recovery.writtenOff', { amountFen: '1' }],
    ] as const)
      expect(story.tell('correction.proposed', { correction: { type, data } })).toMatchObject({ ok: false });
    for (let turn = 0; turn < 5; turn += 1) propose(story, 'fact.corrected', { facts: {} });
    expect(story.tell('correction.proposed', { correction: { type: 'fact.corrected', data: { facts: {} } } })).toMatchObject({ ok: false });
  });
});

describe('a rescinded approval', () => {
  it('calls back what is not sent and reopens the review; approved again it is due again', () => {
    const story = begun().request('s1').correct('decision.rescinded', { decision: 'approval' });
    expect(story.effects).toContainEqual({ kind: 'cancelDisbursement', payment: 's1' });
    expect(story.view.state).toBe('reviewed');
    expect(story.money['s1']).toBe('locked null');
    expect(story.view.clocks).toEqual({ 'payment:s1': 'running' });
    expect(story.hear('application.approved').money['s1']).toBe('due 15000000');
  });

  it('leaves what is sent alone; rejected then, everything paid comes back', () => {
    const story = begun().request('s1').submit('s1').correct('decision.rescinded', { decision: 'approval' }).settle('s1');
    expect(story.view.recovery).toBeNull();
    story.hear('application.rejected', { reason: 'r' });
    expect(story.view).toMatchObject({ state: 'rejected', recovery: { outstandingFen: yuan(150_000) } });
    expect(story.effects).toContainEqual({ kind: 'releaseExclusion' });
    expect(story.hear('recovery.received', { amountFen: yuan(150_000), reference: 'r' }).view.standing).toBe('closed');
  });

  it('approved again at a lower estimate: later advances stay within its share', () => {
    const story = begun().pay('s1').correct('decision.rescinded', { decision: 'approval' });
    story.world = { estimate: yuan(220_000) };
    story.hear('application.approved').hear('milestone.halfway');
    expect(story.money['s2']).toBe('due 1500000');
  });

  it('after everything was paid: the case reopens and closes again with the same sums', () => {
    const story = paidOut().correct('decision.rescinded', { decision: 'approval' });
    expect(story.view).toMatchObject({ standing: 'active', entitledFen: null, recovery: null });
    expect(story.hear('application.approved').view).toMatchObject({ standing: 'closed', entitledFen: yuan(300_000) });
  });

  it('while the notice runs: the notice is withdrawn and posted again later', () => {
    const story = trained();
    story.world = { assessed: yuan(300_000) };
    story.hear('acceptance.passed').hear('notice.posted').correct('decision.rescinded', { decision: 'approval' });
    expect(story.effects).toContainEqual({ kind: 'closeNotice', notice: 1, outcome: 'withdrawn' });
    expect(story.hear('application.approved').hear('notice.posted').clear().money['s3']).toBe('due 7500000');
  });

  it('a case without money out can be withdrawn after its approval; with money out it cannot', () => {
    expect(begun().hear('application.withdrawn', { reason: 'r' }).view).toMatchObject({ state: 'withdrawn', standing: 'closed' });
    expect(begun().pay('s1').tell('application.withdrawn', { reason: 'r' })).toMatchObject({ ok: false });
  });
});

describe('a rescinded acceptance', () => {
  it('reopens the entitlement, calls the remainder back and inspects again', () => {
    const story = trained().accept(yuan(300_000)).request('s3').correct('decision.rescinded', { decision: 'acceptance' });
    expect(story.effects).toEqual(
      expect.arrayContaining([
        { kind: 'cancelDisbursement', payment: 's3' },
        { kind: 'cancelDeadline', key: 'payment:s3' },
      ]),
    );
    expect(story.view).toMatchObject({ state: 'ended', entitledFen: null });
    expect(story.accept(yuan(240_000)).money['s3']).toBe('due 1500000');
  });

  it('after everything was paid, assessed lower: the difference comes back', () => {
    const story = paidOut().correct('decision.rescinded', { decision: 'acceptance' });
    expect(story.effects).toContainEqual({ kind: 'reopenCase' });
    expect(story.accept(yuan(250_000)).view.recovery).toMatchObject({ outstandingFen: yuan(50_000) });
  });

  it('a failure that is rescinded ends its recovery and gives the attempt back', () => {
    const story = trained()
      .failTwice()
      .hear('recovery.received', { amountFen: yuan(25_000), reference: 'r' });
    story.correct('decision.rescinded', { decision: 'acceptance' });
    expect(story.effects).toEqual(expect.arrayContaining([{ kind: 'closeRecovery', recovery: 1 }, { kind: 'claimExclusion' }]));
    expect(story.view).toMatchObject({ state: 'ended', attempts: { failed: 1, allowed: 2 } });
    expect(story.accept(yuan(300_000)).money['s3']).toBe('due 10000000');
  });

  it('an abort that is rescinded goes on where the training stood; cancelled advances are due again', () => {
    const story = begun().request('s1').hear('delivery.aborted', { reason: 'r' }).correct('decision.rescinded', { decision: 'acceptance' });
    expect(story.view).toMatchObject({ state: 'started', standing: 'active' });
    expect(story.money).toMatchObject({ s1: 'due 15000000', s2: 'locked 7500000' });
  });
});

describe('corrected facts', () => {
  it('before the acceptance: the estimate of what is not paid is fixed anew', () => {
    const story = begun()
      .pay('s1')
      .hear('milestone.halfway')
      .correct('fact.corrected', { facts: {} }, { world: { estimate: yuan(280_000) } });
    expect(story.money['s2']).toBe('due 6000000');
  });

  it('a request that is now too high is called back and opens again for less', () => {
    const story = begun()
      .request('s1')
      .correct('fact.corrected', { facts: {} }, { world: { estimate: yuan(200_000) } });
    expect(story.effects).toEqual(
      expect.arrayContaining([
        { kind: 'cancelDisbursement', payment: 's1' },
        { kind: 'openPayment', payment: 's1' },
      ]),
    );
    expect(story.money['s1']).toBe('due 10000000');
  });

  it('that no longer make the applicant eligible need the approval rescinded instead', () => {
    const story = propose(begun(), 'fact.corrected', { facts: {} });
    expect(story.tell('fact.corrected', { facts: {}, proposal: 7 }, { by: 'second-eyes', world: { eligible: false } })).toMatchObject({
      ok: false,
    });
  });

  it('after the acceptance: assessed and published again', () => {
    const story = trained();
    story.world = { assessed: yuan(300_000) };
    story
      .hear('acceptance.passed')
      .hear('notice.posted')
      .correct('fact.corrected', { facts: {} }, { world: { assessed: yuan(270_000) } });
    expect(story.view).toMatchObject({ state: 'accepted', notice: null });
    expect(story.hear('notice.posted').clear().money['s3']).toBe('due 4500000');
  });

  it.each([
    ['less', yuan(280_000), 'recovering', { recovery: { no: 1, state: 'due', outstandingFen: yuan(20_000) } }],
    ['more', yuan(310_000), 'settled', { payableFen: yuan(10_000) }],
  ])('after everything was paid, %s is assessed: only the difference moves', (_, assessed, state, rest) => {
    const story = paidOut().correct('fact.corrected', { facts: {} }, { world: { assessed } });
    expect(story.view).toMatchObject({ state: 'accepted', entitledFen: null });
    expect(story.hear('notice.posted').clear().view).toMatchObject({ state, ...rest });
  });

  const supplemented = () =>
    paidOut()
      .correct('fact.corrected', { facts: {} }, { world: { assessed: yuan(310_000) } })
      .hear('notice.posted')
      .clear();

  it('a supplement pays the difference, from another fund if need be', () => {
    const story = supplemented();
    expect(story.money['s3']).toBe('due 1000000');
    story.request('s3', 'fund-2').submit('s3').settle('s3');
    expect(story.view).toMatchObject({ state: 'closed', paidFen: yuan(310_000) });
    expect(story.money['s3']).toBe('paid 8500000');
  });

  it('a part of a tranche that comes back while its supplement is on its way is heard, and paid again', () => {
    const story = supplemented();
    const first = story.events.find(({ type, data }) => type === 'disbursement.settled' && data['payment'] === 's3')?.data['disbursement'];
    story.request('s3', 'fund-2').hear('disbursement.returned', { payment: 's3', disbursement: first, reason: 'r', returnedOn: story.day });
    expect(story.view).toMatchObject({ paidFen: yuan(225_000), payableFen: yuan(75_000) });
    story.submit('s3').settle('s3');
    expect(story.money['s3']).toBe('due 7500000');
    expect(story.pay('s3').view).toMatchObject({ state: 'closed', paidFen: yuan(310_000) });
  });
});

it('a withdrawn notice is posted again under the next number', () => {
  const story = trained();
  story.world = { assessed: yuan(300_000) };
  story.hear('acceptance.passed').hear('notice.posted').correct('notice.withdrawn', {});
  expect(story.effects).toEqual(
    expect.arrayContaining([
      { kind: 'cancelDeadline', key: 'notice:1' },
      { kind: 'closeNotice', notice: 1, outcome: 'withdrawn' },
    ]),
  );
  expect(story.hear('notice.posted').effects).toContainEqual({ kind: 'postNotice', notice: 2, from: story.day });
});
