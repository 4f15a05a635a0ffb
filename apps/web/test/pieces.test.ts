import { describe, expect, it } from '@jest/globals';
import { day, dayOf, moment } from '../src/pieces/day.js';
import { fenOf, sumFen, yuan } from '../src/pieces/fen.js';
import { isAt, partOf, stillStanding } from '../src/pieces/standing.js';

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

describe('errors of the server at a form', () => {
  const error = (field: string) => ({ field, code: 'wrong', message: 'wrong' });
  const sent = { note: 'a', rows: [{ on: '1' }, { on: '2' }], off: '1 2' };
  it.each([
    ['stands while its field is as it was sent', 'note', { ...sent }, true],
    ['goes when its field is changed', 'note', { ...sent, note: 'b' }, false],
    ['stands when another field is changed', 'note', { ...sent, off: '' }, true],
    ['goes with the row it was about', 'rows[1].on', { ...sent, rows: [{ on: '1' }] }, false],
    ['stands when another row is changed', 'rows[1].on', { ...sent, rows: [{ on: '9' }, { on: '2' }] }, true],
    ['of one part of a text goes with any change of the text', 'off[1]', { ...sent, off: '1 3' }, false],
    ['about nothing that is typed stands until it is sent again', 'nowhere', { ...sent, note: 'b' }, true],
    ['about the whole stands until something is changed', '', { ...sent, note: 'b' }, false],
  ] as const)('an error %s', (_, field, typed, stands) => {
    expect(stillStanding([error(field)], typed, sent)).toHaveLength(stands ? 1 : 0);
  });

  it.each([
    ['off', 'off', true, null],
    ['off[3]', 'off', true, 4],
    ['rows[0].on', 'rows', true, 1],
    ['template.columns[2].of', 'template', true, 'columns.2.of'],
    ['offer', 'off', false, null],
    ['cite', 'cite.doc', false, null],
  ] as const)('an error at %s, asked by the control at %s', (field, place, shown, part) => {
    expect(isAt(field, place)).toBe(shown);
    if (shown) expect(partOf(field, place)).toBe(part);
  });
});
