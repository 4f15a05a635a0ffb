import { describe, expect, it } from '@jest/globals';
import { checkVersions, loadPolicy } from '@tranche/policies';
import { type Draft, dalian, draft, refusalOf } from './support/sample.js';

const set = (policy: Draft, path: string, value: unknown): void => {
  const keys = path.split('.');
  const last = keys.pop()!;
  const owner = keys.reduce<Draft>((inner, key) => inner[key]!, policy);
  if (value === undefined) delete owner[last];
  else owner[last] = value as Draft;
};

const codes = (...values: string[]) => values.map((value) => ({ value, label: { zh: value, en: value } }));

describe('a policy that loads', () => {
  it('is refused nothing when unchanged', () => expect(refusalOf(() => {})).toBe(''));
});

describe('an expression is refused when the policy loads', () => {
  it.each([
    ['division', 'estimate / 2', "'/' between whole numbers"],
    ['division inside a macro', 'sum(enrolled.map(t, t.count / 2))', "'/' between whole numbers"],
    ['a double', 'share(estimate, 0.5)', '0.5 is a floating-point number'],
    ['a double that is whole', 'estimate > 1.0 ? 1 : 0', 'floating-point'],
    ['a bare share of a fact', 'share(estimate, enrolled[0].level)', 'must be a text such as'],
    ['a share that cannot be read', "share(estimate, 'half')", 'not a share'],
    ['a parameter that is no share', 'share(estimate, p.progressBasis)', 'must be written like'],
    ['an unknown name', 'estimte', 'Unknown variable: estimte'],
    ['an unknown column', 'sum(enrolled.map(t, t.cuont))', 'No such key: cuont'],
    ['an unknown parameter', 'share(estimate, p.firstShar)', 'No such key: firstShar'],
    ['all parameters at once', 'p == p ? 1 : 0', "'p' must be followed"],
    ['a text where fen belong', "'1'", 'must be of type int, is string'],
    ['a rule where fen belong', 'classFiled', 'must be of type int, is bool'],
    ['a wrong argument', 'share(classFiled, p.firstShare)', 'found no matching overload'],
    ['a function outside the closed set', 'int(double(estimate))', "function 'int' is not part"],
    ['a clock', "timestamp('2020-01-01T00:00:00Z') == timestamp('2020-01-01T00:00:00Z') ? 1 : 0", "function 'timestamp'"],
    ['has()', 'has(p.standards) ? 1 : 0', "function 'has'"],
    ['a method outside the closed set', "'a'.matches('a+') ? 1 : 0", "method 'matches'"],
    ['a map', "{'a': 1}['a']", 'not part of the policy language'],
    ['an unsigned number', '1u == 1u ? 1 : 0', 'only whole numbers'],
    ['nothing', ' ', 'amounts.second.fen'],
    ['broken syntax', 'share(estimate', 'amounts.second.fen'],
    ['itself', 'second + 1', 'names itself: second → second'],
    ['itself by way of a condition', 'halfReached ? 1 : 0', ''],
  ])('%s', (_, fen, message) => {
    const said = refusalOf((policy) => set(policy, 'amounts.second.fen', fen));
    expect(said === '').toBe(message === '');
    expect(said).toContain(message);
  });
  it('refuses a circle through a condition', () => {
    const said = refusalOf((policy) => {
      set(policy, 'amounts.second.fen', 'halfReached ? 1 : 0');
      set(policy, 'plan.conditions.halfReached', 'second > 0');
    });
    expect(said).toContain('names itself: second → halfReached → second');
  });
  it('reports every problem, not only the first', () => {
    const said = refusalOf((policy) => {
      set(policy, 'amounts.first.fen', 'nope');
      set(policy, 'rules.0.when', 'plannedHours');
    });
    expect(said).toContain('amounts.first.fen');
    expect(said).toContain('rules.provider-approved.when: must be of type bool, is int');
  });
});

describe('a structure is refused when the policy loads', () => {
  it.each([
    ['no accepting office', 'office', undefined, 'office:'],
    ['no English name of the office', 'office.en', undefined, 'office.en'],
    ['no time limit', 'timeLimit', undefined, 'timeLimit:'],
    ['an empty time limit', 'timeLimit.zh', '', 'timeLimit.zh'],
    ['an uncited amount', 'amounts.first.cite', undefined, 'amounts.first.cite'],
    ['an uncited parameter', 'parameters.0.cite', undefined, 'parameters.0.cite'],
    ['an uncited deadline', 'plan.advances.0.due.cite', undefined, 'plan.advances.0.due.cite'],
    ['an uncited rule', 'rules.0.cite', undefined, 'rules.0.cite'],
    ['a stated clause without its words', 'plan.advances.0.cite.quote', undefined, 'verbatim quote'],
    ['an unknown basis', 'amounts.first.cite.basis', 'guessed', 'amounts.first.cite.basis'],
    ['a misspelt field', 'plan.advances.0.lapseOn', 'ended', 'lapseOn'],
    ['an unknown mark that opens', 'plan.advances.0.opens.1', 'strated', "unknown mark 'strated'"],
    ['an unknown mark that lapses', 'plan.advances.1.lapsesOn', 'over', "unknown mark 'over'"],
    ['an unknown mark of a deadline', 'plan.advances.0.due.from', 'begun', "unknown mark 'begun'"],
    ['an unknown mark of the entitlement', 'plan.entitlement.0.opens.0', 'posted', "unknown mark 'posted'"],
    ['an amount that does not exist', 'plan.advances.0.amount', 'frist', "no amount is named 'frist'"],
    ['an entitlement that does not exist', 'plan.entitlement.0.amount', 'all', "no amount is named 'all'"],
    ['a failure amount that does not exist', 'plan.acceptance.onFailure', 'kept', "no amount is named 'kept'"],
    ['a condition that does not exist', 'plan.milestones.1.requires', 'half', "no condition is named 'half'"],
    ['a condition without label', 'plan.conditionLabels', {}, 'every condition needs a label'],
    ['a deadline parameter that does not exist', 'plan.advances.1.due.count', { parameter: 'sla' }, "no parameter is named 'sla'"],
    [
      'a deadline parameter that is no number',
      'plan.advances.1.due.count',
      { parameter: 'firstShare' },
      "parameter 'firstShare' must be a whole number",
    ],
    ['a range beyond what the calendar counts', 'parameters.8.range.most', 3651, 'with a range of'],
    ['a deadline parameter without range', 'parameters.8.range', undefined, 'with a range of'],
    ['a default outside its range', 'parameters.8.value', 61, 'not among the values allowed'],
    ['a deadline of no days', 'plan.advances.0.due.count', 0, 'plan.advances.0.due.count'],
    ['half a day', 'plan.advances.0.due.count', 1.5, 'plan.advances.0.due.count'],
    ['a share that cannot be read', 'parameters.0.value', '50 percent', 'must be written like'],
    ['a standard that is no amount', 'parameters.3.value.电工.中级', '3000.00', 'parameters.standards'],
    ['a window that ends before it begins', 'window.until', '2020-11-23', 'ends before it begins'],
    ['a day that does not exist', 'window.from', '2020-11-31', 'window.from'],
    [
      'an amount named like a fact',
      'amounts.enrolled',
      { fen: '1', label: { zh: '一', en: 'one' }, cite: { doc: 'd', clause: 'c', basis: 'open' } },
      'enrolled',
    ],
    ['no fund', 'funds', [], 'funds'],
    ['a fact of an unknown type', 'facts.plannedHours.type', 'float', 'facts.plannedHours.type'],
    ['codes of a number', 'facts.plannedHours.oneOf', codes('FEW', 'MANY'), 'only a text is one of few codes'],
    ['codes of a column that is a number', 'facts.enrolled.columns', { count: { oneOf: codes('A', 'B') } }, 'facts.enrolled.columns.count'],
    ['a code that is named twice', 'facts.enrolled.columns', { level: { oneOf: codes('A', 'A') } }, "the code 'A' is named twice"],
    ['a single code', 'facts.enrolled.columns', { level: { oneOf: codes('A') } }, 'facts.enrolled.columns.level.oneOf'],
    [
      'more codes by a parameter that holds no list',
      'facts.enrolled.columns',
      { level: { oneOf: codes('A', 'B'), others: 'firstShare' } },
      "'firstShare' is no parameter that holds a list",
    ],
  ])('%s', (_, path, value, message) => {
    const said = refusalOf((policy) => set(policy, path, value));
    expect(said).toContain(message);
  });
});

describe('a rule that waits for a code nobody can choose', () => {
  const mode = { type: 'string', label: { zh: '方式', en: 'mode' }, from: 'form', oneOf: codes('ONLINE', 'OFFLINE') };
  const said = (when: string, change: object = {}) =>
    refusalOf((policy) => {
      set(policy, 'facts.mode', { ...mode, ...change });
      set(policy, 'rules.0.when', when);
    });
  it.each([
    ["mode == 'ONLINE' || mode in ['OFFLINE', 'ONLINE']", ''],
    ["mode == 'POST'", "'POST' is no code of 'mode'"],
    ["'POST' != mode", "'POST' is no code of 'mode'"],
    ["mode in ['ONLINE', 'POST']", "'POST' is no code of 'mode'"],
  ])('%s', (when, message) => {
    if (message === '') expect(said(when)).toBe('');
    else expect(said(when)).toContain(message);
  });
});

describe('loading', () => {
  it('freezes the policy all the way down', () => {
    const walk = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(walk));
    expect(walk(dalian)).toBe(true);
    expect(() => Object.assign(dalian.plan.advances[0]!.due, { count: 20 })).toThrow(TypeError);
  });
  it('refuses two versions that hold on the same day in the same place', () => {
    const later = draft();
    set(later, 'version', 'next');
    set(later, 'window.from', '2021-07-01');
    expect(() => checkVersions([dalian, loadPolicy(later)])).toThrow('versions 2020-11-24 and next overlap');
  });
  it('accepts a version that begins the day after the other ends', () => {
    const [ending, next] = [draft(), draft()];
    set(ending, 'window.until', '2021-06-30');
    set(next, 'version', 'next');
    set(next, 'window.from', '2021-07-01');
    expect(() => checkVersions([loadPolicy(ending), loadPolicy(next)])).not.toThrow();
    set(ending, 'window.until', '2021-07-01');
    expect(() => checkVersions([loadPolicy(ending), loadPolicy(next)])).toThrow('overlap');
  });
});
