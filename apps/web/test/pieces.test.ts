import { describe, expect, it } from '@jest/globals';
import { day, dayOf, moment } from '../src/pieces/day.js';
import { fenOf, sumFen, yuan } from '../src/pieces/fen.js';

describe('money on screens', () => {
  it.each([
    ['0', '0.00'],
    ['5', '0.05'],
    ['99', '0.99'],
    ['100', '1.00'],
    ['123456', '1,234.56'],
    ['27000000', '270,000.00'],
    ['9007199254740993', '90,071,992,547,409.93'],
    ['-5', '-0.05'],
    ['-123456789', '-1,234,567.89'],
  ])('%s fen reads %s', (fen, text) => {
    expect(yuan(fen)).toBe(text);
    expect(fenOf(text)).toBe(fen);
  });

  it.each(['', '1.5', 'abc', '007', '1e3'])('%j is no amount of fen', (text) => {
    expect(() => yuan(text)).toThrow('not an amount');
  });

  it.each([
    ['1234.5', '123450'],
    ['￥1，234．56', '123456'],
    [' 12 元', '1200'],
    ['0.00', '0'],
    ['-0', '0'],
    ['1.234', null],
    ['十元', null],
    ['', null],
    ['1e3', null],
  ])('%j typed means %s fen', (typed, fen) => {
    expect(fenOf(typed)).toBe(fen);
  });

  it('adds beyond what a number holds', () => {
    expect(sumFen(['9007199254740993', '9007199254740993'])).toBe('18014398509481986');
    expect(sumFen([])).toBe('0');
  });
});

describe('time on screens', () => {
  it('is Shanghai, wherever the browser stands', () => {
    expect(moment('2020-12-31T16:30:00Z')).toBe('2021-01-01 00:30');
    expect(dayOf('2020-12-31T15:59:59Z')).toBe('2020-12-31');
    expect(moment('2020-11-25T09:00:00+08:00')).toBe('2020-11-25 09:00');
  });

  it('names the weekday', () => {
    expect(day('2020-12-09', 'zh')).toBe('2020-12-09（周三）');
    expect(day('2020-12-09', 'en')).toBe('2020-12-09 (Wed)');
  });
});
