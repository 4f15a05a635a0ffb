import { describe, expect, it } from '@jest/globals';
import { openFen, position, refundableFen, type Standing, splitRecovery, splitRefund, splitWriteOff } from '../src/index.js';
import { row, standing, written } from './standings.js';

const s1 = row('s1', 'F3', { paidFen: 150n });
const s2 = row('s2', 'F3', { paidFen: 75n });
const s2OfF1 = row('s2', 'F1', { paidFen: 75n });

describe('what the payee has earned, owes or is owed', () => {
  it.each<[string, Standing, string[]]>([
    ['nothing was paid', standing([]), []],
    [
      'everything out is an advance until the entitlement is fixed',
      standing([s1, row('s2', 'F3', { pendingFen: 40n, sentFen: 35n })]),
      ['F3 1201 225'],
    ],
    ['an open recovery of a rescinded decision claims nothing', standing([s1], { recoveryOpen: true }), ['F3 1201 150']],
    ['paid and earned in full', standing([s1, s2], { entitledFen: 225n }), ['F3 5001 225']],
    ['less paid than earned', standing([s1], { entitledFen: 225n }), ['F3 5001 150']],
    ['more paid than earned, not yet claimed back', standing([s1, s2], { entitledFen: 200n }), ['F3 1201 25', 'F3 5001 200']],
    ['more paid than earned, claimed back', standing([s1, s2], { entitledFen: 200n, recoveryOpen: true }), ['F3 1202 25', 'F3 5001 200']],
    ['nothing earned, claimed back', standing([s1, s2OfF1], { entitledFen: 0n, recoveryOpen: true }), ['F1 1202 75', 'F3 1202 150']],
    [
      'the first payments are earned first',
      standing([s1, s2OfF1], { entitledFen: 200n, recoveryOpen: true }),
      ['F1 1202 25', 'F1 5001 50', 'F3 5001 150'],
    ],
    [
      'write-offs meet the last payment first',
      standing([s1, s2OfF1], { entitledFen: 0n, recoveryOpen: true, writtenOffFen: 100n }),
      ['F1 5009 75', 'F3 1202 125', 'F3 5009 25'],
    ],
    [
      'partly recovered, the rest written off',
      standing([s1, row('s2', 'F3', { paidFen: 75n, recoveredFen: 75n })], { entitledFen: 0n, writtenOffFen: 150n }),
      ['F3 5009 150'],
    ],
    ['returned after it was repaid', standing([row('s1', 'F3', { recoveredFen: 150n })], { entitledFen: 0n }), ['F3 2104 -150']],
    [
      'returned after it was repaid, while the other payment of the fund is still open: set off',
      standing([s1, row('s2', 'F3', { recoveredFen: 75n })], { entitledFen: 0n, recoveryOpen: true }),
      ['F3 1202 75'],
    ],
    [
      'returned after it was repaid, while a payment of another fund is open: no fund pays for another',
      standing([s1, row('s2', 'F1', { recoveredFen: 75n })], { entitledFen: 0n, recoveryOpen: true }),
      ['F1 2104 -75', 'F3 1202 150'],
    ],
    [
      'money that was written off came back by itself: nobody is owed',
      standing([row('s1', 'F3')], { entitledFen: 0n, writtenOffFen: 150n }),
      [],
    ],
    ['money that was written off turned out to be earned', standing([s1], { entitledFen: 150n, writtenOffFen: 150n }), ['F3 5001 150']],
    [
      'paid again after everything was repaid and the decision rescinded',
      standing(
        [
          row('s1', 'F3', { paidFen: 150n, recoveredFen: 150n }),
          row('s2', 'F1', { paidFen: 75n, recoveredFen: 75n }),
          row('s3', 'F3', { pendingFen: 225n }),
        ],
        { entitledFen: 225n },
      ),
      ['F3 5001 225'],
    ],
    [
      'requested again from another fund: one row per fund',
      standing([row('s1', 'F3', { recoveredFen: 50n }), row('s1', 'F1', { pendingFen: 50n })], { entitledFen: 100n }),
      ['F1 5001 50', 'F3 2104 -50'],
    ],
  ])('%s', (_what, state, balances) => {
    expect(written(position(state))).toEqual(balances);
  });
});

describe('matching money to payments', () => {
  const failed = standing([s1, s2OfF1], { entitledFen: 0n, recoveryOpen: true });

  it.each([
    [25n, [{ payment: 's2', fund: 'F1', amountFen: 25n }]],
    [75n, [{ payment: 's2', fund: 'F1', amountFen: 75n }]],
    [
      76n,
      [
        { payment: 's1', fund: 'F3', amountFen: 1n },
        { payment: 's2', fund: 'F1', amountFen: 75n },
      ],
    ],
    [
      225n,
      [
        { payment: 's1', fund: 'F3', amountFen: 150n },
        { payment: 's2', fund: 'F1', amountFen: 75n },
      ],
    ],
  ])('recovers %s fen from the last payment backward, each from its fund', (amountFen, expected) => {
    expect(splitRecovery(failed, amountFen)).toEqual(expected);
    expect(splitWriteOff(failed, amountFen)).toEqual(expected);
  });

  it('recovers the difference only from what is not earned', () => {
    expect(splitRecovery({ ...failed, entitledFen: 200n }, 25n)).toEqual([{ payment: 's2', fund: 'F1', amountFen: 25n }]);
  });

  it('keeps money received beyond what is open on the last payment that arrived', () => {
    const withUnpaid = standing([s1, row('s2', 'F1')], { entitledFen: 0n, recoveryOpen: true });
    expect(splitRecovery(withUnpaid, 160n)).toEqual([{ payment: 's1', fund: 'F3', amountFen: 160n }]);
  });

  it('refunds to the payment whose repayment was not owed', () => {
    const owed = standing([s1, row('s2', 'F1', { recoveredFen: 75n })], { entitledFen: 150n });
    expect([openFen(owed), refundableFen(owed)]).toEqual([0n, 75n]);
    expect(splitRefund(owed, 70n)).toEqual([{ payment: 's2', fund: 'F1', amountFen: 70n }]);
  });

  it('throws for more than there is, for nothing, and where nothing was paid', () => {
    expect(() => splitWriteOff(failed, 226n)).toThrow(RangeError);
    expect(() => splitRefund(failed, 1n)).toThrow(RangeError);
    for (const split of [splitRecovery, splitWriteOff, splitRefund]) expect(() => split(failed, 0n)).toThrow(RangeError);
    expect(() => splitRecovery(standing([]), 1n)).toThrow(RangeError);
  });
});
