import { describe, expect, it } from '@jest/globals';
import { checkOverride, loadPolicy, type ParameterOverride, type ParameterValue, resolveTerms } from '@tranche/policies';
import { dalian, draft } from './support/sample.js';

const cite = { doc: '区通知', clause: '一', basis: 'open' } as const;
const override = (value: ParameterValue, from: string, rest: Partial<ParameterOverride> = {}): ParameterOverride => ({
  key: 's2Sla',
  value,
  from,
  cite,
  ...rest,
});
const places = ['CN-210211', 'CN-2102', 'CN-21'];

describe('terms', () => {
  it('are the defaults from the first day of the version where nothing is set', () => {
    expect(resolveTerms(dalian, { on: '2020-11-25' })['s2Sla']).toMatchObject({
      value: 5,
      from: '2020-11-24',
      scope: 'CN-2102',
      cite: { basis: 'open' },
    });
  });

  it.each([
    ['2020-11-25', 5, '2020-11-24'],
    ['2020-12-31', 5, '2020-11-24'],
    ['2021-01-01', 7, '2021-01-01'],
    ['2021-03-01', 9, '2021-03-01'],
    ['2021-03-31', 9, '2021-03-01'],
    ['2021-04-01', 7, '2021-01-01'],
  ])('on %s are %d, in force since %s', (on, value, from) => {
    const overrides = [override(9, '2021-03-01', { until: '2021-03-31' }), override(7, '2021-01-01')];
    expect(resolveTerms(dalian, { on, overrides })['s2Sla']).toMatchObject({ value, from });
    expect(resolveTerms(dalian, { on, overrides: overrides.reverse() })['s2Sla']).toMatchObject({ value, from });
  });

  it.each([
    [places, 3],
    [['CN-210212', 'CN-2102', 'CN-21'], 4],
    [['CN-2102', 'CN-21'], 4],
    [['CN-21'], 5],
    [[], 5],
  ])('in %p are %d: the nearest place decides, however new the others are', (scopes, value) => {
    const overrides = [override(3, '2020-11-25', { scope: 'CN-210211' }), override(4, '2020-12-01', { scope: 'CN-2102' })];
    expect(resolveTerms(dalian, { on: '2020-12-10', scopes, overrides })['s2Sla']!.value).toBe(value);
  });

  it("take '*' for the whole area of the policy", () => {
    const overrides = [override(6, '2020-12-01', { scope: '*' }), override(4, '2020-11-25', { scope: 'CN-2102' })];
    const within = (scopes: readonly string[]) => resolveTerms(dalian, { on: '2020-12-10', scopes, overrides })['s2Sla'];
    expect(within(['CN-21'])).toMatchObject({ value: 6, scope: 'CN-2102', from: '2020-12-01' });
    expect(within(places)).toMatchObject({ value: 4 });
  });

  it('prefer what was set to the default of the same day', () => {
    expect(resolveTerms(dalian, { on: '2020-11-24', overrides: [override(8, '2020-11-24')] })['s2Sla']!.value).toBe(8);
  });

  it('lack a parameter whose only value begins later', () => {
    const later = draft();
    later['parameters']![6]!['from'] = '2021-01-01' as never;
    const policy = loadPolicy(later);
    const key = policy.parameters[6]!.key;
    expect(resolveTerms(policy, { on: '2020-12-31' })).not.toHaveProperty(key);
    expect(resolveTerms(policy, { on: '2021-01-01' })).toHaveProperty(key);
  });

  it.each<[string, string, ParameterValue, string | null]>([
    ['an internal limit', 's2Sla', 7, null],
    ['a share the document states', 'firstShare', '60%', 'parameter-fixed'],
    ['an unknown key', 'bonus', 1, 'parameter-unknown'],
    ['a text for a number', 's2Sla', '7', 'parameter-value'],
    ['half a day', 's2Sla', 2.5, 'parameter-value'],
    ['no day', 's2Sla', 0, 'parameter-value'],
    ['more than can be counted', 'repayDays', 366, 'parameter-value'],
    ['a share that cannot be read', 'halfProgress', 'half', 'parameter-value'],
    ['another share', 'halfProgress', '60%', null],
    ['a choice that is offered', 'clawbackBasis', 'FAILED_SHARE', null],
    ['a choice that is not', 'clawbackBasis', 'NOTHING', 'parameter-value'],
    ['a choice that is declared but not built', 'progressBasis', 'DAYS', 'parameter-unsupported'],
    ['the other abort rule', 'abortAsFail', false, 'parameter-unsupported'],
    ['the other notice rule', 'notice.countPostingDay', true, 'parameter-unsupported'],
    ['a table of standards', 'standards', { 电工: { 中级: '310000' } }, null],
    ['a table with yuan', 'standards', { 电工: { 中级: '3100.00' } }, 'parameter-value'],
    ['a flat table', 'standards', { 电工: '310000' }, 'parameter-value'],
  ])('setting %s: %s = %p → %s', (_, key, value, code) => {
    expect(checkOverride(dalian, { key, value })?.code ?? null).toBe(code);
    const resolve = () => resolveTerms(dalian, { on: '2021-01-01', overrides: [override(value, '2020-12-01', { key })] });
    if (code === null) expect(resolve()[key]!.value).toEqual(value);
    else if (code === 'parameter-fixed' || code === 'parameter-unknown')
      expect(resolve()).toEqual(resolveTerms(dalian, { on: '2021-01-01' }));
    else expect(resolve).toThrow(code);
  });
});
