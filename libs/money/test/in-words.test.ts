import { describe, expect, it } from '@jest/globals';
import { inWords } from '../src/index.js';

describe('an amount in capital figures', () => {
  it.each([
    [0n, '零元整'],
    [1n, '壹分'],
    [10n, '壹角整'],
    [105n, '壹元零伍分'],
    [150n, '壹元伍角整'],
    [140_950n, '壹仟肆佰零玖元伍角整'],
    [600_714n, '陆仟零柒元壹角肆分'],
    [168_032n, '壹仟陆佰捌拾元叁角贰分'],
    [10_700_053n, '壹拾万柒仟元伍角叁分'],
    [1_640_902n, '壹万陆仟肆佰零玖元零贰分'],
    [22_500_001n, '贰拾贰万伍仟元零壹分'],
    [100_000_000_00n, '壹亿元整'],
    [100_010_001_00n, '壹亿零壹万零壹元整'],
    [1_000_000_050_000n, '壹佰亿零伍佰元整'],
    [999_999_999_999_999_999n, '玖仟玖佰玖拾玖万亿玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
  ])('%s fen is %s', (fen, words) => {
    expect(inWords(fen)).toBe(words);
  });

  it.each([-1n, 10n ** 18n])('%s fen is refused', (fen) => {
    expect(() => inWords(fen)).toThrow(RangeError);
  });
});
