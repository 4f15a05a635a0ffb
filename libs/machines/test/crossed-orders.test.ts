import { describe, expect, it } from '@jest/globals';
import { allowedEvents } from '../src/index.js';
import { Story, yuan } from './story.js';

const begun = () => new Story().approve().hear('milestone.started');
const half = () => begun().pay('s1').hear('milestone.halfway');
const bothPaid = () => half().pay('s2').hear('milestone.ended');

describe('orders that cross', () => {
  it('started before the approval: the first tranche is due on approval, its clock ran from the start', () => {
    const story = new Story();
    story.hear('milestone.started', {}, { on: '2020-11-25' });
    expect(story.effects).not.toContainEqual(expect.objectContaining({ kind: 'setDeadline' }));
    story.hear('application.submitted', {}, { on: '2020-11-26' });
    expect(story.effects).toContainEqual(
      expect.objectContaining({ kind: 'setDeadline', key: 'payment:s1', from: '2020-11-25', count: 10, deadline: 'statutory' }),
    );
    expect(story.money['s1']).toBe('locked null');
    story.hear('application.accepted').hear('application.reviewed').hear('application.approved', {}, { on: '2020-11-30' });
    expect(story.money['s1']).toBe('due 15000000');
    expect(story.effects).toContainEqual({ kind: 'openPayment', payment: 's1' });
    expect(story.kinds('setDeadline')).toHaveLength(1);
  });

  it('returned for completion: the clock is cancelled and runs again from the same mark after it is submitted again', () => {
    const story = new Story().hear('milestone.started').hear('application.submitted').hear('application.returned', { reason: 'r' });
    expect(story.effects).toContainEqual({ kind: 'cancelDeadline', key: 'payment:s1' });
    story.hear('application.submitted', {}, { on: '2020-12-01' });
    expect(story.effects).toContainEqual(expect.objectContaining({ kind: 'setDeadline', key: 'payment:s1', from: '2020-11-25' }));
  });

  it('half reached before the first advance was paid: both are due and may be paid in either order', () => {
    const story = begun().hear('milestone.halfway');
    expect(story.money).toMatchObject({ s1: 'due 15000000', s2: 'due 7500000' });
    story.request('s2').submit('s2').request('s1').submit('s1').settle('s1').settle('s2');
    expect(story.money).toMatchObject({ s1: 'paid 15000000', s2: 'paid 7500000' });
  });

  it('ended before the second tranche was paid: it lapses into the remainder', () => {
    const story = half().hear('milestone.ended');
    expect(story.money['s2']).toBe('cancelled 0');
    expect(story.effects).toContainEqual({ kind: 'cancelDeadline', key: 'payment:s2' });
    story.accept(yuan(300_000));
    expect(story.money['s3']).toBe('due 15000000');
    expect(story.pay('s3').view.state).toBe('closed');
  });

  it('ended with the second tranche requested: it is called back into the remainder', () => {
    const story = half().request('s2').hear('milestone.ended');
    expect(story.effects).toContainEqual({ kind: 'cancelDisbursement', payment: 's2' });
    expect(story.accept(yuan(300_000)).money).toMatchObject({ s2: 'cancelled 0', s3: 'due 15000000' });
  });

  it('ended with the second tranche sent: it settles, and the remainder is what is left', () => {
    const story = half().request('s2').submit('s2').hear('milestone.ended');
    expect(story.money['s2']).toBe('sent 7500000');
    expect(story.settle('s2').accept(yuan(300_000)).money).toMatchObject({ s2: 'paid 7500000', s3: 'due 7500000' });
  });

  it('assessed while the second tranche is in flight: the remainder leaves out what is on its way', () => {
    const story = half().request('s2').submit('s2').hear('milestone.ended').accept(yuan(300_000));
    expect(story.money).toMatchObject({ s2: 'sent 7500000', s3: 'due 7500000' });
    expect(story.settle('s2').money).toMatchObject({ s2: 'paid 7500000', s3: 'due 7500000' });
    expect(story.pay('s3').view).toMatchObject({ state: 'closed', paidFen: yuan(300_000) });
  });

  it('until the entitlement is fixed the remainder is shown as what the estimate leaves', () => {
    const story = half();
    expect(story.money['s3']).toBe('locked 7500000');
    expect(story.hear('milestone.ended').money['s3']).toBe('locked 15000000');
  });

  it('the halfway mark was never recorded: the second tranche lapses, the remainder takes it', () => {
    const story = begun().pay('s1').hear('milestone.ended').accept(yuan(300_000));
    expect(story.money).toEqual({ s1: 'paid 15000000', s2: 'cancelled 0', s3: 'due 15000000' });
  });

  it('the first advance is still due when the entitlement is fixed: it keeps its own amount and clock', () => {
    const story = begun().hear('milestone.ended').accept(yuan(300_000));
    expect(story.money).toMatchObject({ s1: 'due 15000000', s3: 'due 15000000' });
    expect(story.pay('s3').pay('s1').view).toMatchObject({ state: 'closed', paidFen: yuan(300_000) });
  });

  it('assessed below a requested advance: the request shrinks to what is payable', () => {
    const story = begun().request('s1').hear('milestone.ended').accept(yuan(100_000));
    expect(story.effects).toContainEqual({ kind: 'cancelDisbursement', payment: 's1' });
    expect(story.effects).toContainEqual({ kind: 'openPayment', payment: 's1' });
    expect(story.money).toMatchObject({ s1: 'due 10000000', s3: 'cancelled 0' });
    expect(story.pay('s1').view.state).toBe('closed');
  });
});

describe('failure with money under way', () => {
  it('acceptance failed while the second tranche is in flight: it settles, then both come back', () => {
    const story = half().request('s2').submit('s2').hear('milestone.ended').failTwice();
    expect(story.view.recovery).toBeNull();
    story.settle('s2');
    expect(story.effects).toContainEqual(expect.objectContaining({ kind: 'openRecovery', amountFen: yuan(225_000) }));
  });

  it('acceptance failed while the second tranche is in flight: it bounces, then only the first comes back', () => {
    const story = half().request('s2').submit('s2').hear('milestone.ended').failTwice().bounce('s2');
    expect(story.money['s2']).toBe('cancelled 0');
    expect(story.view.recovery).toMatchObject({ outstandingFen: yuan(150_000) });
  });

  it('aborted with the first tranche requested: called back, nothing paid, closed', () => {
    const story = begun().request('s1').hear('delivery.aborted', { reason: 'r' });
    expect(story.effects).toContainEqual({ kind: 'cancelDisbursement', payment: 's1' });
    expect(story.view).toMatchObject({ state: 'closed', paidFen: '0', entitledFen: '0', recovery: null });
  });

  it('aborted while interrupted: what was paid comes back', () => {
    const story = begun().pay('s1').hear('delivery.interrupted', { reason: 'r' }).hear('delivery.aborted', { reason: 'r' });
    expect(story.view).toMatchObject({ state: 'recovering', recovery: { outstandingFen: yuan(150_000) } });
  });

  it('while interrupted no milestone is reached; afterwards it is', () => {
    const story = begun().hear('delivery.interrupted', { reason: 'r' });
    expect(story.tell('milestone.halfway')).toMatchObject({ ok: false, code: 'event-not-allowed' });
    expect(story.hear('delivery.resumed').hear('milestone.halfway').money['s2']).toBe('due 7500000');
  });

  it('one failure leaves a re-inspection; passing it earns the assessed amount', () => {
    const story = bothPaid().hear('acceptance.failed', { reason: 'r' });
    expect(story.view).toMatchObject({ state: 'ended', attempts: { failed: 1, allowed: 2 }, recovery: null });
    expect(story.accept(yuan(240_000)).money['s3']).toBe('due 1500000');
  });

  it.each([
    ['acceptance failed twice', (story: Story) => story.failTwice()],
    [
      'an objection is upheld against the acceptance',
      (story: Story) => {
        story.world = { assessed: yuan(300_000) };
        return story
          .hear('acceptance.passed')
          .hear('notice.posted')
          .hear('objection.raised', { objection: 'o1', ground: 'g' })
          .hear('objection.upheld', { objection: 'o1', decision: 'd', consequence: 'failed' });
      },
    ],
  ])('%s: everything paid comes back and the notice is gone', (_, fail) => {
    const story = fail(bothPaid());
    expect(story.view).toMatchObject({ state: 'recovering', entitledFen: '0', notice: null, recovery: { outstandingFen: yuan(225_000) } });
  });

  it('where the policy leaves a share after failure, only the rest comes back and nothing new is paid', () => {
    const story = begun().pay('s1');
    story.world = { onFailure: yuan(135_000) };
    story.hear('milestone.ended').failTwice();
    expect(story.view).toMatchObject({ entitledFen: yuan(135_000), recovery: { outstandingFen: yuan(15_000) } });
    expect(story.money).toMatchObject({ s2: 'cancelled 0', s3: 'cancelled 0' });
  });

  it('a share larger than what was paid leaves what was paid: closed at once', () => {
    const story = begun().pay('s1');
    story.world = { onFailure: yuan(202_500) };
    story.hear('milestone.ended').failTwice();
    expect(story.view).toMatchObject({ state: 'closed', entitledFen: yuan(150_000), payableFen: '0' });
  });
});

describe('returns and bounces', () => {
  it('a bounced payment is due again for the same amount, its clock runs on, and the reason is shown', () => {
    const story = begun().request('s1').submit('s1').bounce('s1');
    expect(story.view.tranches[0]).toMatchObject({ state: 'due', amountFen: yuan(150_000), reason: 'AC04' });
    expect(story.view.clocks).toEqual({ 'payment:s1': 'running' });
    expect(story.effects).toEqual([{ kind: 'openPayment', payment: 's1' }]);
  });

  it('a payment bounced after the entitlement was fixed is paid again from its own tranche', () => {
    const story = half().request('s2').submit('s2').hear('milestone.ended').accept(yuan(300_000)).pay('s3').bounce('s2');
    expect(story.money).toEqual({ s1: 'paid 15000000', s2: 'due 7500000', s3: 'paid 7500000' });
    expect(story.pay('s2').view.state).toBe('closed');
  });

  it('a return after the case closed reopens it; the tranche is paid again', () => {
    const story = bothPaid().accept(yuan(300_000)).pay('s3');
    story.giveBack('s1');
    expect(story.effects).toContainEqual({ kind: 'reopenCase' });
    expect(story.money['s1']).toBe('due 15000000');
    expect(story.pay('s1').view).toMatchObject({ state: 'closed', paidFen: yuan(300_000) });
    expect(story.kinds('closeCase')).toHaveLength(2);
  });

  it('a return lowers an open recovery, or ends it', () => {
    const story = bothPaid().failTwice().giveBack('s2');
    expect(story.view.recovery).toMatchObject({ state: 'due', outstandingFen: yuan(150_000) });
    story.giveBack('s1');
    expect(story.effects).toContainEqual({ kind: 'closeRecovery', recovery: 1 });
    expect(story.view).toMatchObject({ state: 'closed', payableFen: '0' });
  });

  it('a return after the recovery was repaid: the surplus goes back to the institution', () => {
    const story = begun()
      .pay('s1')
      .hear('milestone.ended')
      .failTwice()
      .hear('recovery.received', { amountFen: yuan(150_000), reference: 'r' });
    expect(story.view.state).toBe('closed');
    story.giveBack('s1');
    expect(story.view).toMatchObject({ state: 'refunding', payableFen: yuan(150_000) });
    expect(story.money).toMatchObject({ s1: 'cancelled 0', refund: 'due 15000000' });
    expect(story.pay('refund').view).toMatchObject({ state: 'closed', payableFen: '0' });
    expect(story.money['refund']).toBe('paid 15000000');
  });

  it('a return after part of the debt was repaid: only the surplus goes back', () => {
    const story = begun()
      .pay('s1')
      .hear('milestone.ended')
      .failTwice()
      .hear('recovery.received', { amountFen: yuan(40_000), reference: 'r' });
    expect(story.view.recovery).toMatchObject({ outstandingFen: yuan(110_000) });
    story.giveBack('s1');
    expect(story.money['refund']).toBe('due 4000000');
    expect(story.pay('refund').view.state).toBe('closed');
  });

  it('a refund that bounces is tried again', () => {
    const story = begun()
      .pay('s1')
      .hear('milestone.ended')
      .failTwice()
      .hear('recovery.received', { amountFen: yuan(150_000), reference: 'r' })
      .giveBack('s1');
    story.request('refund').submit('refund').bounce('refund');
    expect(story.money['refund']).toBe('due 15000000');
    expect(story.pay('refund').view.state).toBe('closed');
  });

  it('written-off money that comes back by itself is no longer written off, and not owed again', () => {
    const story = begun()
      .pay('s1')
      .hear('milestone.ended')
      .failTwice()
      .correct('recovery.writtenOff', { amountFen: yuan(150_000) });
    expect(story.view).toMatchObject({ state: 'closed', writtenOffFen: yuan(150_000) });
    story.giveBack('s1');
    expect(story.view).toMatchObject({ state: 'closed', writtenOffFen: '0', payableFen: '0' });
  });

  it('after a partial assessment a return is paid again from its own tranche, less nothing', () => {
    const story = bothPaid()
      .accept(yuan(200_000))
      .hear('recovery.received', { amountFen: yuan(10_000), reference: 'r' });
    story.giveBack('s2');
    expect(story.view.recovery).toMatchObject({ state: 'closed' });
    expect(story.money['s2']).toBe('due 6000000');
    expect(story.pay('s2').view).toMatchObject({ state: 'closed', paidFen: yuan(210_000), recoveredFen: yuan(10_000) });
  });

  it('what came back once does not come back again', () => {
    const story = begun().pay('s1');
    story.giveBack('s1');
    const { type, data } = story.events.at(-1) ?? { type: '', data: {} };
    expect(type).toBe('disbursement.returned');
    expect(story.tell(type, data)).toMatchObject({ ok: false });
    expect(story.money['s1']).toBe('due 15000000');
  });

  it('only the disbursement last sent can settle or come back', () => {
    const story = begun().request('s1').submit('s1');
    expect(story.tell('disbursement.settled', { payment: 's1', disbursement: 'another', paidOn: '2020-11-25' })).toMatchObject({
      ok: false,
    });
    story.settle('s1');
    expect(
      story.tell('disbursement.returned', { payment: 's1', disbursement: 'another', reason: 'r', returnedOn: '2020-11-25' }),
    ).toMatchObject({ ok: false });
  });
});

describe('recovery', () => {
  const owing = () => bothPaid().failTwice();

  it('opens with the clock of its demand and tasks; the time for repayment runs from the demand', () => {
    const story = owing();
    expect(story.effects).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'setDeadline', key: 'recovery:demand:1', count: 5, unit: 'workingDays', deadline: 'service' }),
        expect.objectContaining({ kind: 'openTask', task: 'demand', role: 'maker' }),
        expect.objectContaining({ kind: 'openTask', task: 'collect', role: 'cashier' }),
      ]),
    );
    expect(story.view.clocks).toEqual({ 'recovery:demand:1': 'running' });
    expect(story.hear('recovery.demanded', { amountFen: yuan(225_000) }).effects).toEqual([
      { kind: 'meetDeadline', key: 'recovery:demand:1', on: '2020-11-25' },
      { kind: 'demandRecovery', recovery: 1 },
      expect.objectContaining({ kind: 'setDeadline', key: 'recovery:repay:1', count: 30, unit: 'calendarDays', from: '2020-11-25' }),
      { kind: 'closeTask', task: 'demand' },
    ]);
    expect(story.view).toMatchObject({ clocks: { 'recovery:repay:1': 'running' }, recovery: { state: 'demanded' } });
  });

  it.each([yuan(225_001), yuan(224_999), '1'])('is demanded as a whole, not as %s', (amountFen) => {
    expect(owing().tell('recovery.demanded', { amountFen })).toMatchObject({ ok: false });
  });

  it('takes partial receipts before and after the demand, and closes at zero', () => {
    const story = owing().hear('recovery.received', { amountFen: yuan(100_000), reference: 'r' });
    expect(story.effects).toEqual([]);
    expect(story.view.recovery).toMatchObject({ outstandingFen: yuan(125_000) });
    story.hear('recovery.demanded', { amountFen: yuan(125_000) }).hear('recovery.received', { amountFen: yuan(125_000), reference: 'r' });
    expect(story.effects).toEqual(
      expect.arrayContaining([
        { kind: 'meetDeadline', key: 'recovery:repay:1', on: '2020-11-25' },
        { kind: 'closeRecovery', recovery: 1 },
        { kind: 'closeCase' },
      ]),
    );
    expect(story.view.clocks).toEqual({});
  });

  it.each(['0', '-1', yuan(225_001), 'nonsense', '1.5'])('refuses %s', (amountFen) => {
    expect(owing().tell('recovery.received', { amountFen, reference: 'r' })).toMatchObject({ ok: false });
  });

  const demanded = () => owing().hear('recovery.demanded', { amountFen: yuan(225_000) });
  const overdue = () => demanded().hear('deadline.passed', { key: 'recovery:repay:1' });

  it('is overdue when not repaid in time, escalated by a person, and can still be repaid', () => {
    const story = overdue();
    expect(story.effects).toEqual(
      expect.arrayContaining([
        { kind: 'suspectBreach', key: 'recovery:repay:1' },
        { kind: 'overdueRecovery', recovery: 1 },
        expect.objectContaining({ kind: 'openTask', task: 'escalate', role: 'supervisor' }),
      ]),
    );
    expect(story.view.recovery).toMatchObject({ state: 'overdue' });
    expect(demanded().tell('recovery.escalated', { reason: 'too early' })).toMatchObject({ ok: false });
    expect(story.hear('recovery.escalated', { reason: '移交法院' }).effects).toEqual([
      { kind: 'escalateRecovery', recovery: 1 },
      { kind: 'closeTask', task: 'escalate' },
    ]);
    expect(story.view.recovery).toMatchObject({ state: 'escalated' });
    expect(story.hear('recovery.received', { amountFen: yuan(225_000), reference: 'r' }).view.state).toBe('closed');
  });

  describe('in instalments', () => {
    const three = [
      { dueOn: '2020-12-31', amountFen: yuan(100_000) },
      { dueOn: '2021-01-31', amountFen: yuan(100_000) },
      { dueOn: '2021-02-28', amountFen: yuan(25_000) },
    ];
    const agreed = () => demanded().correct('recovery.instalmentsAgreed', { instalments: three });

    it('has a clock for the next one only, counted from the day it was agreed', () => {
      const story = agreed();
      expect(story.effects).toEqual(
        expect.arrayContaining([
          { kind: 'cancelDeadline', key: 'recovery:repay:1' },
          { kind: 'agreeInstalments', recovery: 1, instalments: three },
          expect.objectContaining({ kind: 'setDeadline', key: 'recovery:repay:1:1', from: '2020-11-25', count: 36, unit: 'calendarDays' }),
        ]),
      );
      expect(story.view).toMatchObject({ recovery: { state: 'instalments' }, clocks: { 'recovery:repay:1:1': 'running' } });
    });

    it('moves on when an instalment is covered, over several at once, and not before', () => {
      const story = agreed().hear('recovery.received', { amountFen: yuan(99_999), reference: 'r' });
      expect(story.effects).toEqual([]);
      story.hear('recovery.received', { amountFen: yuan(100_001), reference: 'r' });
      expect(story.effects).toEqual([
        { kind: 'meetDeadline', key: 'recovery:repay:1:1', on: '2020-11-25' },
        expect.objectContaining({ kind: 'setDeadline', key: 'recovery:repay:1:3', count: 95 }),
      ]);
      story.hear('recovery.received', { amountFen: yuan(25_000), reference: 'r' });
      expect(story.view).toMatchObject({ state: 'closed', clocks: {} });
    });

    it('is overdue with the first one missed, and may be agreed anew for what is left', () => {
      const story = agreed()
        .hear('recovery.received', { amountFen: yuan(100_000), reference: 'r' })
        .hear('deadline.passed', { key: 'recovery:repay:1:2' });
      expect(story.view.recovery).toMatchObject({ state: 'overdue', outstandingFen: yuan(125_000) });
      const anew = [{ dueOn: '2021-03-31', amountFen: yuan(125_000) }];
      story.correct('recovery.instalmentsAgreed', { instalments: anew });
      expect(story.effects).toEqual(
        expect.arrayContaining([
          { kind: 'meetDeadline', key: 'recovery:repay:1:2', on: '2020-11-25' },
          expect.objectContaining({ kind: 'setDeadline', key: 'recovery:repay:1:1' }),
          { kind: 'closeTask', task: 'escalate' },
        ]),
      );
      expect(story.view).toMatchObject({ recovery: { state: 'instalments' }, clocks: { 'recovery:repay:1:1': 'running' } });
    });

    it.each([
      ['a fen less than is owed', [{ dueOn: '2020-12-31', amountFen: yuan(224_999) }]],
      ['nothing', []],
      ['a day that is past', [{ dueOn: '2020-11-25', amountFen: yuan(225_000) }]],
      ['days out of order', [three[1], three[0], three[2]]],
      ['more than three years of months', Array.from({ length: 37 }, (_, at) => ({ dueOn: `2${100 + at}-01-01`, amountFen: yuan(1) }))],
    ])('is not agreed on %s', (_, instalments) => {
      const proposed = { correction: { type: 'recovery.instalmentsAgreed', data: { instalments } }, reason: 'r', cite: 'c' };
      expect(demanded().tell('correction.proposed', proposed)).toMatchObject({ ok: false });
    });

    it('is among what may be said once it is proposed, and not before', () => {
      const proposed = { correction: { type: 'recovery.instalmentsAgreed', data: { instalments: three } }, reason: 'r', cite: 'c' };
      const story = demanded();
      const allowed = () => allowedEvents(story.machine, story.snapshot);
      expect(allowed()).not.toContain('recovery.instalmentsAgreed');
      story.hear('correction.proposed', proposed);
      expect(allowed()).toContain('recovery.instalmentsAgreed');
    });

    it('is not agreed on before the demand, nor twice', () => {
      const proposed = { correction: { type: 'recovery.instalmentsAgreed', data: { instalments: three } }, reason: 'r', cite: 'c' };
      expect(owing().tell('correction.proposed', proposed)).toMatchObject({ ok: false });
      expect(agreed().tell('correction.proposed', proposed)).toMatchObject({ ok: false });
    });
  });

  it('is written off with four eyes, in part and in whole', () => {
    const story = owing().correct('recovery.writtenOff', { amountFen: yuan(25_000) });
    expect(story.view.recovery).toMatchObject({ state: 'due', outstandingFen: yuan(200_000) });
    expect(story.correct('recovery.writtenOff', { amountFen: yuan(200_000) }).view).toMatchObject({
      state: 'closed',
      writtenOffFen: yuan(225_000),
    });
  });

  it('splits what comes back between the funds it was paid from, the last tranche first', () => {
    const story = begun()
      .request('s1', 'fund-a')
      .submit('s1')
      .settle('s1')
      .hear('milestone.halfway')
      .request('s2', 'fund-b')
      .submit('s2')
      .settle('s2');
    story
      .hear('milestone.ended')
      .failTwice()
      .hear('recovery.received', { amountFen: yuan(100_000), reference: 'r' });
    expect(story.steps.at(-1)?.advance.movement.flows).toEqual([
      expect.objectContaining({ kind: 'recovered', payment: 's1', fund: 'fund-a', amountFen: 2_500_000n }),
      expect.objectContaining({ kind: 'recovered', payment: 's2', fund: 'fund-b', amountFen: 7_500_000n }),
    ]);
  });
});
