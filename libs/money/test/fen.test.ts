import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkedFen, FEN_MAX, FEN_MIN, fenText, parseFen, parseYuan, toFen, yuanText } from '../src/index.js';

const anyFen = fc.bigInt({ min: FEN_MIN, max: FEN_MAX });

describe('fen as a decimal string', () => {
  it.each([
    ['0', 0n],
    ['1', 1n],
    ['-1', -1n],
    ['15000000', 15_000_000n],
    ['9223372036854775807', FEN_MAX],
    ['-9223372036854775808', FEN_MIN],
  ])('reads %s', (text, fen) => {
    expect(parseFen(text)).toEqual({ ok: true, fen });
  });

  it.each(['', ' ', '-', '-0', '00', '01', '+1', '1.0', '1e3', '0x10', '1,000', ' 1', '1 ', '1\n', '１', '1n', 'NaN'])(
    'refuses "%s"',
    (text) => {
      expect(parseFen(text)).toMatchObject({ ok: false, code: 'fen-malformed' });
    },
  );

  it.each(['9223372036854775808', '-9223372036854775809', '9'.repeat(100_000)])('refuses what no int64 holds', (text) => {
    expect(parseFen(text)).toMatchObject({ ok: false, code: 'fen-out-of-range' });
  });

  it('refuses a number, which may already have lost fen', () => {
    expect(parseFen(5 as unknown as string)).toMatchObject({ ok: false, code: 'fen-malformed' });
  });

  it('tells people in both languages what would be accepted', () => {
    const refusal = parseFen('1.5');
    expect(refusal).toMatchObject({ message: { zh: expect.stringContaining('分'), en: expect.stringContaining('fen') } });
  });

  it('comes back unchanged from its text', () => {
    fc.assert(
      fc.property(anyFen, (fen) => {
        expect(toFen(fenText(fen))).toBe(fen);
      }),
    );
  });

  it('throws where the text is ours and wrong, and where an amount leaves int64', () => {
    expect(() => toFen('1.5')).toThrow(RangeError);
    expect(() => fenText(FEN_MAX + 1n)).toThrow(RangeError);
    expect(() => checkedFen(FEN_MIN - 1n)).toThrow(RangeError);
  });
});

describe('yuan for people', () => {
  it.each([
    [0n, '0.00'],
    [1n, '0.01'],
    [-5n, '-0.05'],
    [100n, '1.00'],
    [99_999n, '999.99'],
    [123_456n, '1,234.56'],
    [-123_456_789n, '-1,234,567.89'],
    [15_000_000n, '150,000.00'],
    [FEN_MIN, '-92,233,720,368,547,758.08'],
  ])('writes %s fen as %s', (fen, text) => {
    expect(yuanText(fen)).toBe(text);
  });

  it.each([
    ['1234', 123_400n],
    ['1234.5', 123_450n],
    ['1,234.56', 123_456n],
    ['-0.05', -5n],
    ['0', 0n],
  ])('reads %s', (text, fen) => {
    expect(parseYuan(text)).toEqual({ ok: true, fen });
  });

  it.each(['', '1.234', '1,23', '12,34.00', '1,2345', ',123', '0,123', '.5', '5.', '1e2', '￥5', '05', '--1', '1 000', '１'])(
    'refuses "%s"',
    (text) => {
      expect(parseYuan(text)).toMatchObject({ ok: false, code: 'yuan-malformed' });
    },
  );

  it('refuses yuan beyond int64 fen', () => {
    expect(parseYuan('92233720368547758.07')).toEqual({ ok: true, fen: FEN_MAX });
    expect(parseYuan('92233720368547758.08')).toMatchObject({ ok: false, code: 'fen-out-of-range' });
  });

  it('comes back unchanged from its text', () => {
    fc.assert(
      fc.property(anyFen, (fen) => {
        expect(parseYuan(yuanText(fen))).toEqual({ ok: true, fen });
      }),
    );
  });
});
