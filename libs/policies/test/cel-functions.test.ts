import { describe, expect, it } from '@jest/globals';
import { monthStart } from '../src/cel-functions.js';

describe('the first day of the month of a day', () => {
  it.each([
    ['2021-01-01', '2021-01-01'],
    ['2021-01-31', '2021-01-01'],
    ['2020-02-29', '2020-02-01'],
    ['2020-12-31', '2020-12-01'],
  ])('%s lies in the month of %s', (day, first) => expect(monthStart(day)).toBe(first));
});
