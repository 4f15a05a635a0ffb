import { describe, expect, it } from '@jest/globals';
import { cataloguedFund, fundCatalogue, policies } from '../src/index.js';

describe('the catalogue of funds', () => {
  it('has the eleven sources, each once, each with its clause but the one no document names', () => {
    expect(fundCatalogue.map(({ code }) => code)).toEqual(Array.from({ length: 11 }, (_, at) => `F${at + 1}`));
    expect(fundCatalogue.filter(({ named }) => named === null).map(({ code }) => code)).toEqual(['F11']);
    expect(fundCatalogue.every(({ named }) => named === null || named.length > 0)).toBe(true);
  });

  it('knows every fund that a policy draws on, by the same name, and none of those that only are reported on', () => {
    for (const { code, name } of policies().flatMap(({ funds }) => funds)) {
      const entry = cataloguedFund(code);
      expect([code, entry?.pays]).toEqual([code, true]);
      expect(name.zh.startsWith(entry?.name.zh ?? '-')).toBe(true);
    }
    expect(cataloguedFund('F10')?.pays).toBe(false);
    expect(cataloguedFund('F12')).toBeUndefined();
  });
});
