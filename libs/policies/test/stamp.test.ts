import { describe, expect, it } from '@jest/globals';
import { resolveTerms, stamp } from '@tranche/policies';
import { application, dalian, liaoning, ON, stampOn } from './support/sample.js';

const facts = application;

describe('stamp', () => {
  it('knows the estimate and both advances from the application, and nothing of what is still to come', () => {
    expect(stampOn(facts)).toEqual({
      amounts: { estimate: '30000000', first: '15000000', second: '7500000', assessed: null, onFailure: '0' },
      conditions: { halfReached: null },
      eligible: true,
      inWindow: true,
      unmet: [],
    });
  });

  it('says of an empty file that everything is unknown', () => {
    const said = stampOn({});
    expect(said).toMatchObject({ eligible: null, amounts: { estimate: null, first: null, second: null, assessed: null } });
    expect(said.unmet).toEqual(dalian.rules.map(({ id }) => id));
    expect(said).not.toHaveProperty('problems');
  });

  it('is not eligible as soon as one rule fails, though others are unknown', () => {
    expect(stampOn({ classFiled: false }).eligible).toBe(false);
    expect(stampOn({ classFiled: true }).eligible).toBeNull();
  });

  it('names an unknown occupation instead of failing', () => {
    const said = stampOn({ ...facts, enrolled: [{ occupation: '宇航员', level: '中级', count: 1 }] });
    expect(said).toMatchObject({ eligible: false, unmet: ['occupations-listed'], amounts: { estimate: null, first: null } });
    expect(said.problems).toMatchObject([{ id: 'estimate', code: 'standard-missing' }]);
    expect(said.problems![0]!.message.zh).toContain('宇航员');
  });

  it.each(['constructor', '__proto__', 'toString'])('does not take %s for an occupation', (occupation) => {
    expect(stampOn({ ...facts, enrolled: [{ occupation, level: 'name', count: 1 }] }).problems).toMatchObject([
      { code: 'standard-missing' },
    ]);
  });

  it('says that a sum is too large instead of paying nonsense', () => {
    const enrolled = Array.from({ length: 200 }, () => ({ occupation: '电工', level: '高级', count: 1_000_000_000 }));
    expect(stampOn({ ...facts, enrolled }).problems).toMatchObject([{ id: 'estimate', code: 'amount-invalid' }]);
  });

  it.each([
    ['one product', 1],
    ['the sum', 100],
  ])('says so when %s leaves the exact range', (_, rows) => {
    const value = { 电工: { 中级: rows === 1 ? '999999999999' : '999999999' } };
    const terms = resolveTerms(dalian, { on: ON, overrides: [{ key: 'standards', value, from: ON, cite: dalian.cite }] });
    const enrolled = Array.from({ length: rows }, () => ({ occupation: '电工', level: '中级', count: 1_000_000_000 }));
    const said = stamp(dalian, { facts: { ...facts, enrolled }, terms, on: ON });
    expect(said.amounts['estimate']).toBeNull();
    expect(said.problems).toMatchObject([{ id: 'estimate', code: 'number-overflow' }]);
  });

  it('decides what does not depend on the unknown: nothing is kept after a failure, whoever qualified', () => {
    expect(stampOn({}).amounts['onFailure']).toBe('0');
    const cite = dalian.cite;
    const terms = resolveTerms(dalian, { on: ON, overrides: [{ key: 'clawbackBasis', value: 'FAILED_SHARE', from: ON, cite }] });
    expect(stamp(dalian, { facts, terms, on: ON }).amounts['onFailure']).toBeNull();
  });

  it('is the same for the same input, frozen, and survives JSON', () => {
    const once = stampOn(facts);
    expect(JSON.stringify(stampOn(JSON.parse(JSON.stringify(facts))))).toBe(JSON.stringify(once));
    expect(JSON.parse(JSON.stringify(once))).toEqual(once);
    expect(Object.isFrozen(once) && Object.isFrozen(once.amounts) && Object.isFrozen(once.unmet)).toBe(true);
  });

  it('works from terms that were stored as JSON', () => {
    const terms = JSON.parse(JSON.stringify(resolveTerms(dalian, { on: ON })));
    expect(stamp(dalian, { facts, terms, on: ON })).toEqual(stampOn(facts));
  });

  it('leaves unknown what needs a parameter without value', () => {
    const { standards: _, ...terms } = resolveTerms(dalian, { on: ON });
    expect(stamp(dalian, { facts, terms, on: ON })).toMatchObject({ eligible: null, amounts: { estimate: null } });
  });

  it.each([
    ['2020-10-31', false, false],
    ['2020-11-01', true, false],
    ['2020-11-23', true, false],
    ['2020-11-24', true, true],
    ['2030-01-01', true, true],
  ])('received on %s: in the window of Liaoning %s, of Dalian %s', (on, inLiaoning, inDalian) => {
    const within = (policy: typeof dalian): boolean => stamp(policy, { facts, terms: resolveTerms(policy, { on: ON }), on }).inWindow;
    expect([within(liaoning), within(dalian)]).toEqual([inLiaoning, inDalian]);
  });
});
