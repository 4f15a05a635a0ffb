import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, atMost, below, FEN_MAX, greatest, halfUp, least, parseFraction, share, sum, toFraction } from '../src/index.js';

const fen = fc.bigInt({ min: 0n, max: 10n ** 15n });
const signedFen = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const ratio = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 1000 }));
/** Parts that make up the whole: n of their sum, each. */
const wholeShares = fc
  .array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 6 })
  .filter((weights) => weights.some((weight) => weight > 0))
  .map((weights) => weights.map((weight) => `${weight}/${weights.reduce((total, each) => total + each, 0)}`));

describe('a fraction', () => {
  it.each([
    ['50%', 1n, 2n],
    ['2/3', 2n, 3n],
    ['4/6', 2n, 3n],
    ['3.62%', 181n, 5000n],
    ['5.5%', 11n, 200n],
    ['0%', 0n, 1n],
    ['0/7', 0n, 1n],
    ['100%', 1n, 1n],
    ['130%', 13n, 10n],
    ['0.000000001%', 1n, 100_000_000_000n],
  ])('%s is exactly %s/%s', (text, numerator, denominator) => {
    expect(parseFraction(text)).toEqual({ ok: true, fraction: { numerator, denominator } });
  });

  it.each([
    '',
    '50',
    '0.5',
    '50 %',
    '-50%',
    '.5%',
    '5.%',
    '05%',
    '1/0',
    '1/-2',
    '1/2/3',
    '1.5/2',
    '%',
    '/',
    '５０%',
    '0.0000000001%',
    `1/${'9'.repeat(19)}`,
  ])('refuses "%s"', (text) => {
    expect(parseFraction(text)).toMatchObject({ ok: false, code: 'fraction-malformed' });
  });

  it('throws where the text is ours and wrong', () => {
    expect(() => toFraction('0.5')).toThrow(RangeError);
    expect(() => share(1n, '0.5')).toThrow(RangeError);
  });
});

describe('shares', () => {
  it.each([
    [100_001n, '50%', 50_000n],
    [100_001n, '25%', 25_000n],
    [191_000n, '2/3', 127_333n],
    [90_001n, '2/3', 60_000n],
    [0n, '2/3', 0n],
    [-1n, '50%', -1n],
    [1n, '130%', 1n],
  ])('of %s fen, %s is %s: rounded down', (amount, part, expected) => {
    expect(share(amount, part)).toBe(expected);
  });

  it.each([
    [1n, '50%', 1n],
    [3n, '50%', 2n],
    [1n, '49.999999999%', 0n],
    [100n, '1/3', 33n],
    [100n, '2/3', 67n],
    [-1n, '50%', 0n],
    [-3n, '50%', -1n],
  ])('of %s fen, %s half up is %s', (amount, part, expected) => {
    expect(halfUp(amount, part)).toBe(expected);
  });

  it('differ from the exact share by less than a fen down, and by half a fen at most when rounded', () => {
    fc.assert(
      fc.property(signedFen, ratio, (amount, [n, d]) => {
        const [numerator, denominator] = [BigInt(n), BigInt(d)];
        const cut = amount * numerator - share(amount, `${n}/${d}`) * denominator;
        const off = 2n * (amount * numerator - halfUp(amount, `${n}/${d}`) * denominator);
        expect(cut >= 0n && cut < denominator).toBe(true);
        expect(off >= -denominator && off < denominator).toBe(true);
      }),
    );
  });

  it('never leave int64 silently', () => {
    expect(() => share(FEN_MAX, '130%')).toThrow(RangeError);
    expect(() => sum([FEN_MAX, 1n])).toThrow(RangeError);
  });
});

describe('comparing a rate', () => {
  it.each([
    [181n, 5000n, '3.62%', true, false],
    [180n, 5000n, '3.62%', true, true],
    [182n, 5000n, '3.62%', false, false],
    [11n, 200n, '5.5%', true, false],
    [0n, 30n, '0%', true, false],
    [0n, 0n, '5.5%', false, false],
    [1n, -1n, '5.5%', false, false],
    [181_000_000_000_000_001n, 5_000_000_000_000_000_000n, '3.62%', false, false],
    [180_999_999_999_999_999n, 5_000_000_000_000_000_000n, '3.62%', true, true],
  ])('%s of %s against %s: at most %s, below %s', (part, base, limit, isAtMost, isBelow) => {
    expect([atMost(part, base, limit), below(part, base, limit)]).toEqual([isAtMost, isBelow]);
  });
});

describe('sums and bounds', () => {
  it('adds, and finds the least and the greatest', () => {
    expect([sum([]), sum([1n, 2n, -4n]), least(3n, -1n, 2n), greatest(3n, -1n, 7n), least(5n), greatest(5n)]).toEqual([
      0n,
      -1n,
      -1n,
      7n,
      5n,
      5n,
    ]);
  });
});

describe('allocation', () => {
  it.each([
    [30_000_000n, [15_000_000n, 7_500_000n, 7_500_000n]],
    [100_001n, [50_000n, 25_000n, 25_001n]],
    [3n, [1n, 0n, 2n]],
    [0n, [0n, 0n, 0n]],
  ])('of %s fen in 50 %%, 25 %% and the rest puts the rounding into the last', (total, parts) => {
    expect(allocate(total, ['50%', '25%', '25%'])).toEqual(parts);
  });

  it('sums to the total, each part but the last rounded down, none negative', () => {
    fc.assert(
      fc.property(fen, wholeShares, (total, shares) => {
        const parts = allocate(total, shares);
        expect(sum(parts)).toBe(total);
        expect(parts.slice(0, -1)).toEqual(shares.slice(0, -1).map((part) => share(total, part)));
        expect(parts.every((part) => part >= 0n)).toBe(true);
      }),
    );
  });

  it.each([[['50%', '25%']], [['50%', '51%']], [[]], [['1/3', '1/3', '33%']]])('throws for shares that are not the whole: %j', (shares) => {
    expect(() => allocate(100n, shares)).toThrow(RangeError);
  });

  it('throws for a negative total', () => {
    expect(() => allocate(-1n, ['100%'])).toThrow(RangeError);
  });
});
