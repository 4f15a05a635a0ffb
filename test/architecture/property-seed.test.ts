import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { propertySeed, settlePropertySeed } from '../support/property-seed.js';

const settled = (given: string | undefined, random = () => 0.5) => {
  const env: Record<string, string | undefined> = { PROPERTY_SEED: given };
  const said: string[] = [];
  settlePropertySeed(env, random, (line) => said.push(line));
  return { env, said };
};

describe('property tests', () => {
  it('draw from the seed of the run, also where a test gives parameters of its own', () => {
    const seed = propertySeed(process.env);
    expect(fc.readConfigureGlobal()).toEqual({ seed });
    expect(
      fc.check(
        fc.property(fc.nat(), () => true),
        { numRuns: 1 },
      ).seed,
    ).toBe(seed);
    expect(fc.sample(fc.nat(), { numRuns: 5 })).toEqual(fc.sample(fc.nat(), { numRuns: 5, seed }));
  });

  it('have the same seed on every run when nothing is said', () => {
    expect(propertySeed({})).toBe(20201125);
    expect(propertySeed({ PROPERTY_SEED: '' })).toBe(20201125);
    expect(settled(undefined).said).toEqual([]);
  });

  it('take a seed that is given, and say it', () => {
    const { env, said } = settled('-12');
    expect(propertySeed(env)).toBe(-12);
    expect(said).toEqual(['property tests: PROPERTY_SEED=-12']);
  });

  it('draw one seed for the whole run when it is to be random, and say it', () => {
    const { env, said } = settled('random');
    expect(env).toEqual({ PROPERTY_SEED: '1073741824' });
    expect(said).toEqual(['property tests: PROPERTY_SEED=1073741824']);
    expect(propertySeed(settled('random', () => 0.999_999_999_9).env)).toBe(2 ** 31 - 1);
  });

  it.each(['often', '1.5', 'random', '9007199254740993'])('refuse %j as the seed of a test', (given) => {
    expect(() => propertySeed({ PROPERTY_SEED: given })).toThrow('PROPERTY_SEED');
  });
});
