import { describe, expect, it } from '@jest/globals';
import { sum } from '@tranche/money';
import fc from 'fast-check';
import {
  type Entry,
  type Flow,
  linesApproval,
  type PaymentStanding,
  payingFund,
  postingsFor,
  type Standing,
  sharedFund,
  shareOut,
  sharesOf,
} from '../src/index.js';

const thirds = sharedFund([
  { fund: 'C', amountFen: 130_500n },
  { fund: 'P', amountFen: 217_500n },
  { fund: 'L', amountFen: 87_001n },
]);
const whole = 435_001n;

const row = (change: Partial<PaymentStanding> = {}): PaymentStanding => ({
  payment: 'interest:2021-Q1',
  fund: thirds,
  pendingFen: 0n,
  sentFen: 0n,
  paidFen: 0n,
  recoveredFen: 0n,
  ...change,
});
const standing = (payment: PaymentStanding | null, entitledFen: bigint | null = null, recoveryOpen = false): Standing => ({
  payments: payment ? [payment] : [],
  entitledFen,
  recoveredFen: payment?.recoveredFen ?? 0n,
  writtenOffFen: 0n,
  recoveryOpen,
});
const flow = (kind: Flow['kind'], amountFen = whole): Flow => ({ kind, payment: 'interest:2021-Q1', fund: thirds, amountFen });
const written = (entries: readonly Entry[]) => entries.map(({ fund, account, amountFen }) => `${fund} ${account} ${amountFen}`);

describe('a payment that several funds make up', () => {
  it('is written as its shares, the paying fund last, and read back', () => {
    expect(sharesOf(thirds)).toEqual([
      { fund: 'C', amountFen: 130_500n },
      { fund: 'P', amountFen: 217_500n },
      { fund: 'L', amountFen: 87_001n },
    ]);
    expect(payingFund(thirds)).toBe('L');
    expect(payingFund('F1')).toBe('F1');
    expect(sharesOf('F1')).toBeNull();
    expect(() => sharedFund([{ fund: 'C', amountFen: 1n }])).toThrow('no shares');
  });

  it('is reserved in each fund by its own share', () => {
    const posted = written(
      postingsFor({ flows: [flow('requested')], before: standing(null), after: standing(row({ pendingFen: whole })) }),
    );
    expect(posted).toEqual(expect.arrayContaining(['C B2 -130500', 'C B3 130500', 'P B2 -217500', 'L B2 -87001', 'L 2001 -87001']));
  });

  it('goes into payment in each fund, lines of one fund together', () => {
    expect(
      written(
        linesApproval([
          { fund: thirds, amountFen: whole },
          { fund: 'L', amountFen: 9n },
        ]),
      ),
    ).toEqual(['C B3 -130500', 'C B4 130500', 'L B3 -87010', 'L B4 87010', 'P B3 -217500', 'P B4 217500']);
  });

  it('comes back to each fund what it gave, whatever the instalments', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 100_000n }), { minLength: 1, maxLength: 12 }), (instalments) => {
        const books = new Map<string, bigint>();
        let recovered = 0n;
        for (const asked of [...instalments, whole]) {
          const part = asked < whole - recovered ? asked : whole - recovered;
          if (part === 0n) continue;
          const [before, after] = [recovered, recovered + part].map((recoveredFen) =>
            standing(row({ paidFen: whole, recoveredFen }), 0n, recoveredFen < whole),
          );
          for (const { fund, account, amountFen } of postingsFor({ flows: [flow('recovered', part)], before: before!, after: after! }))
            if (account === '1001') books.set(fund, (books.get(fund) ?? 0n) + amountFen);
          recovered += part;
        }
        expect(Object.fromEntries(books)).toEqual({ C: 130_500n, P: 217_500n, L: 87_001n });
      }),
    );
  });

  it('is shared out without losing a fen', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10_000_000n }), (fen) => sum(shareOut(thirds, fen).map((part) => part.amountFen)) === fen),
    );
    expect(shareOut(thirds, whole * 2n).map((part) => part.amountFen)).toEqual([261_000n, 435_000n, 174_002n]);
  });
});
