import { describe, expect, it } from '@jest/globals';
import { balanced } from '../src/entries.js';
import {
  accounts,
  appropriated,
  batchApproval,
  batchLineRemoved,
  type Entry,
  type Flow,
  lapsed,
  type Movement,
  openInFundFen,
  postingsFor,
  recalled,
  remitted,
  type Standing,
  splitSetOff,
} from '../src/index.js';
import { afterFlows, row, standing, written } from './standings.js';

const flow = (kind: Flow['kind'], amountFen: bigint, payment = 's1', fund = 'F3'): Flow => ({ kind, payment, fund, amountFen });
const posted = (before: Standing, ...flows: Flow[]): string[] => written(postingsFor({ flows, before, after: afterFlows(before, flows) }));

describe('a movement of money, while nothing is earned yet', () => {
  it.each<[Flow['kind'], Standing, string[]]>([
    ['requested', standing([row('s1', 'F3')]), ['F3 1201 100', 'F3 2001 -100', 'F3 B2 -100', 'F3 B3 100']],
    ['cancelled', standing([row('s1', 'F3', { pendingFen: 100n })]), ['F3 1201 -100', 'F3 2001 100', 'F3 B2 100', 'F3 B3 -100']],
    ['submitted', standing([row('s1', 'F3', { pendingFen: 100n })]), ['F3 1002 -100', 'F3 2001 100']],
    ['settled', standing([row('s1', 'F3', { sentFen: 100n })]), ['F3 1001 -100', 'F3 1002 100', 'F3 B4 -100', 'F3 B5 100']],
    ['failed', standing([row('s1', 'F3', { sentFen: 100n })]), ['F3 1002 100', 'F3 1201 -100', 'F3 B2 100', 'F3 B4 -100']],
    ['returned', standing([row('s1', 'F3', { paidFen: 100n })]), ['F3 1001 100', 'F3 1201 -100', 'F3 B2 100', 'F3 B5 -100']],
  ])('%s', (kind, before, entries) => {
    expect(posted(before, flow(kind, 100n))).toEqual(entries);
  });
});

describe('a movement of money of a fund whose year is over', () => {
  it.each<[Flow['kind'], Standing, string[]]>([
    [
      'cancelled',
      standing([row('s1', 'F3', { pendingFen: 100n })]),
      ['F3 1201 -100', 'F3 2001 100', 'F3 2103 -100', 'F3 3001 100', 'F3 B3 -100', 'F3 B9 100'],
    ],
    [
      'failed',
      standing([row('s1', 'F3', { sentFen: 100n })]),
      ['F3 1002 100', 'F3 1201 -100', 'F3 2103 -100', 'F3 3001 100', 'F3 B4 -100', 'F3 B9 100'],
    ],
    [
      'returned',
      standing([row('s1', 'F3', { paidFen: 100n })]),
      ['F3 1001 100', 'F3 1201 -100', 'F3 2103 -100', 'F3 3001 100', 'F3 B5 -100', 'F3 B9 100'],
    ],
    ['settled', standing([row('s1', 'F3', { sentFen: 100n })]), ['F3 1001 -100', 'F3 1002 100', 'F3 B4 -100', 'F3 B5 100']],
  ])('%s gives the fund nothing that could be spent again', (kind, before, entries) => {
    const flows = [flow(kind, 100n)];
    expect(written(postingsFor({ flows, before, after: afterFlows(before, flows) }, new Set(['F3'])))).toEqual(entries);
  });

  it('leaves the other funds of the same movement as they are', () => {
    const before = standing([row('s1', 'F3', { paidFen: 100n }), row('s2', 'F1', { paidFen: 100n })]);
    const flows = [flow('returned', 100n, 's1', 'F3'), flow('returned', 100n, 's2', 'F1')];
    const entries = written(postingsFor({ flows, before, after: afterFlows(before, flows) }, new Set(['F3'])));
    expect(entries).toContain('F3 B9 100');
    expect(entries).toContain('F1 B2 100');
  });
});

describe('a movement of money, once the entitlement is fixed', () => {
  const failed = { entitledFen: 0n, recoveryOpen: true };

  it('spends what is requested within the entitlement', () => {
    const before = standing([row('s1', 'F3', { paidFen: 150n }), row('s3', 'F3')], { entitledFen: 300n });
    expect(posted(before, flow('requested', 150n, 's3'))).toEqual(['F3 2001 -150', 'F3 5001 150', 'F3 B2 -150', 'F3 B3 150']);
  });

  it('turns the advance into expense when the entitlement is fixed, without any flow', () => {
    const before = standing([row('s1', 'F3', { paidFen: 150n }), row('s2', 'F3', { paidFen: 75n })]);
    const after = { ...before, entitledFen: 200n };
    expect(written(postingsFor({ flows: [], before, after }))).toEqual(['F3 1201 -200', 'F3 5001 200']);
    expect(written(postingsFor({ flows: [], before: after, after: { ...after, recoveryOpen: true } }))).toEqual([
      'F3 1201 -25',
      'F3 1202 25',
    ]);
  });

  it('receives what the payee pays back', () => {
    const before = standing([row('s1', 'F3', { paidFen: 100n })], failed);
    expect(posted(before, flow('recovered', 40n))).toEqual(['F3 1001 40', 'F3 1202 -40', 'F3 B2 40', 'F3 B5 -40']);
  });

  it('writes off without touching bank or budget', () => {
    const before = standing([row('s1', 'F3', { paidFen: 100n })], failed);
    expect(posted(before, flow('writtenOff', 30n))).toEqual(['F3 1202 -30', 'F3 5009 30']);
  });

  it('owes the payee what comes back from the bank after it was repaid, and sends it back', () => {
    const repaid = standing([row('s1', 'F3', { paidFen: 100n, recoveredFen: 100n })], { entitledFen: 0n });
    expect(posted(repaid, flow('returned', 100n))).toEqual(['F3 1001 100', 'F3 2104 -100', 'F3 B2 100', 'F3 B5 -100']);
    const owed = afterFlows(repaid, [flow('returned', 100n)]);
    expect(posted(owed, flow('refunded', 100n))).toEqual(['F3 1001 -100', 'F3 2104 100', 'F3 B2 -100', 'F3 B5 100']);
  });

  it('may also send it back as a payment of its own', () => {
    const owed = standing([row('s1', 'F3', { recoveredFen: 100n }), row('refund', 'F3')], { entitledFen: 0n });
    expect(posted(owed, flow('requested', 100n, 'refund'))).toEqual(['F3 2001 -100', 'F3 2104 100', 'F3 B2 -100', 'F3 B3 100']);
  });

  it('keeps funds apart', () => {
    const before = standing([row('s1', 'F3', { paidFen: 150n }), row('s2', 'F1', { paidFen: 75n })], failed);
    expect(posted(before, flow('recovered', 25n, 's1', 'F3'), flow('recovered', 75n, 's2', 'F1'))).toEqual([
      'F1 1001 75',
      'F1 1202 -75',
      'F1 B2 75',
      'F1 B5 -75',
      'F3 1001 25',
      'F3 1202 -25',
      'F3 B2 25',
      'F3 B5 -25',
    ]);
  });
});

describe('a movement that makes no sense is a bug and throws', () => {
  const paid = standing([row('s1', 'F3', { paidFen: 100n })]);
  it.each<[string, Movement, RegExp]>([
    ['a flow of nothing', { flows: [flow('returned', 0n)], before: paid, after: paid }, /always positive|disagree/],
    [
      'a negative flow',
      { flows: [flow('returned', -1n)], before: paid, after: standing([row('s1', 'F3', { paidFen: 101n })]) },
      /always positive/,
    ],
    ['a standing that moves by itself', { flows: [], before: standing([]), after: paid }, /s1 of fund F3: paidFen 100/],
    ['a flow the standing does not show', { flows: [flow('requested', 5n)], before: paid, after: paid }, /pendingFen -5/],
    [
      'a sent payment that was never pending',
      { flows: [flow('submitted', 5n)], before: paid, after: standing([row('s1', 'F3', { paidFen: 100n, sentFen: 5n })]) },
      /pendingFen 5/,
    ],
    [
      'a payment that changes its fund',
      { flows: [], before: paid, after: standing([row('s1', 'F1', { paidFen: 100n })]) },
      /s1 of fund F1: paidFen 100; s1 of fund F3: paidFen -100/,
    ],
    ['a write-off the standing does not show', { flows: [flow('writtenOff', 5n)], before: paid, after: paid }, /writtenOffFen/],
    [
      'a negative standing',
      { flows: [flow('returned', 101n)], before: paid, after: standing([row('s1', 'F3', { paidFen: -1n })]) },
      /negative/,
    ],
    ['a recovered total of nobody', { flows: [], before: paid, after: { ...paid, recoveredFen: 1n } }, /recovered 1 fen/],
  ])('%s', (_what, movement, message) => {
    expect(() => postingsFor(movement)).toThrow(message);
  });
});

describe('entries that do not balance', () => {
  const entry = (fund: string, account: string, amountFen: bigint): Entry => ({
    fund,
    book: account.startsWith('B') ? 'budget' : 'cash',
    account,
    amountFen,
  });

  it.each([
    ['in one fund', [entry('F3', '1001', 5n), entry('F3', '2001', -4n)], /cash of fund F3 is off by 1/],
    ['between funds', [entry('F3', '1001', 5n), entry('F1', '2001', -5n)], /is off by/],
    ['between books', [entry('F3', '1001', 5n), entry('F3', 'B2', -5n)], /is off by/],
  ])('%s are a bug and throw', (_where, entries, message) => {
    expect(() => balanced(entries)).toThrow(message);
  });
});

describe('budget and appropriations', () => {
  it('moves the budget of an approved batch to payment, and of a removed line back', () => {
    expect(written(batchApproval('F3', 100n))).toEqual(['F3 B3 -100', 'F3 B4 100']);
    expect(written(batchLineRemoved('F3', 100n))).toEqual(['F3 B3 100', 'F3 B4 -100']);
  });

  it('gives an appropriated fund both money and permission', () => {
    expect(written(appropriated('F3', 100n))).toEqual(['F3 1001 100', 'F3 3001 -100', 'F3 B1 -100', 'F3 B2 100']);
  });

  it('takes a recalled appropriation back, lets a closed year lapse into a debt to the treasury, and pays that debt', () => {
    expect(written(recalled('F3', 100n))).toEqual(['F3 1001 -100', 'F3 3001 100', 'F3 B2 -100', 'F3 B9 100']);
    expect(written(lapsed('F3', 100n))).toEqual(['F3 2103 -100', 'F3 3001 100', 'F3 B2 -100', 'F3 B9 100']);
    expect(written(remitted('F3', 100n))).toEqual(['F3 1001 -100', 'F3 2103 100']);
  });

  it.each([batchApproval, batchLineRemoved, appropriated, recalled, lapsed, remitted])(
    'refuses amounts that are not positive',
    (posting) => {
      expect(() => posting('F3', 0n)).toThrow();
      expect(() => posting('F3', -1n)).toThrow();
    },
  );
});

describe('a set-off', () => {
  const paid = (paidFen: bigint) => standing([row('p', 'F1', { paidFen })], { entitledFen: 0n, recoveryOpen: true });
  const debtFlows = [{ kind: 'setOff', payment: 'p', fund: 'F1', amountFen: 30n }] as const;
  const asked = standing([row('p', 'F1', { pendingFen: 50n })], { entitledFen: 50n });
  const keptFlows = [
    { kind: 'cancelled', payment: 'p', fund: 'F1', amountFen: 50n },
    { kind: 'withheld', payment: 'p', fund: 'F1', amountFen: 30n },
  ] as const;

  it('pays the debt and the payment through one clearing account, and touches neither bank nor spent budget', () => {
    const debt = postingsFor({ flows: debtFlows, before: paid(100n), after: afterFlows(paid(100n), debtFlows) });
    const payment = postingsFor({ flows: keptFlows, before: asked, after: afterFlows(asked, keptFlows) });
    expect(written(debt)).toEqual(['F1 1202 -30', 'F1 2105 30']);
    expect(written(payment)).toEqual(['F1 2001 50', 'F1 2105 -30', 'F1 5001 -20', 'F1 B2 50', 'F1 B3 -50']);
  });

  it('is undone by the same entries the other way round', () => {
    const after = afterFlows(paid(100n), debtFlows);
    const undo = [{ kind: 'setOffUndone', payment: 'p', fund: 'F1', amountFen: 30n }] as const;
    expect(written(postingsFor({ flows: undo, before: after, after: afterFlows(after, undo) }))).toEqual(['F1 1202 30', 'F1 2105 -30']);
  });

  it('takes only what is owed out of the very fund', () => {
    const owed = standing([row('a', 'F1', { paidFen: 40n }), row('b', 'F2', { paidFen: 60n })], { entitledFen: 0n, recoveryOpen: true });
    expect(splitSetOff(owed, 'F1', 30n)).toEqual([{ payment: 'a', fund: 'F1', amountFen: 30n }]);
    expect([openInFundFen(owed, 'F1'), openInFundFen(owed, 'F3')]).toEqual([40n, 0n]);
    expect(() => splitSetOff(owed, 'F1', 41n)).toThrow(RangeError);
  });
});

describe('the chart of accounts', () => {
  it('lists every account once, and guards only the available budget', () => {
    expect(new Set(accounts.map(({ code }) => code)).size).toBe(accounts.length);
    expect(accounts.filter(({ minZero }) => minZero).map(({ code }) => code)).toEqual(['B2']);
    expect(accounts.map(({ code }) => code)).toEqual([
      '1001',
      '1002',
      '1201',
      '1202',
      '1203',
      '2001',
      '2101',
      '2102',
      '2103',
      '2104',
      '2105',
      '2106',
      '3001',
      '5001',
      '5009',
      'B1',
      'B2',
      'B3',
      'B4',
      'B5',
      'B9',
    ]);
  });
});
