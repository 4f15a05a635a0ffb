import { describe, expect, it } from '@jest/globals';
import { parseFacts, policies } from '@tranche/policies';
import { application, dalian } from './support/sample.js';

const check = (change: Record<string, unknown>) => parseFacts(dalian, { ...application, ...change }, { partial: true });
const row = (change: Record<string, unknown>) => ({ enrolled: [{ occupation: '电工', level: '中级', count: 1, ...change }] });

describe('facts from outside', () => {
  it('are taken as they are when they fit, and frozen', () => {
    const parsed = check({});
    expect(parsed).toEqual({ ok: true, facts: application });
    expect(parsed.ok && Object.isFrozen(parsed.facts)).toBe(true);
  });

  it.each([
    ['an unknown name', { planedHours: 80 }, 'fact-unknown', 'planedHours'],
    ['the name of a prototype', JSON.parse('{"__proto__x": 1, "constructor": 1}'), 'fact-unknown', '__proto__x'],
    ['a text for a number', { plannedHours: 'eighty' }, 'fact-type', 'plannedHours'],
    ['half an hour', { plannedHours: 1.5 }, 'fact-type', 'plannedHours'],
    ['no number at all', { plannedHours: Number.NaN }, 'fact-type', 'plannedHours'],
    ['nothing', { plannedHours: null }, 'fact-type', 'plannedHours'],
    ['a negative number', { plannedHours: -1 }, 'fact-negative', 'plannedHours'],
    ['a huge number', { plannedHours: 1_000_000_001 }, 'fact-huge', 'plannedHours'],
    ['a number no computer counts to', { plannedHours: 1e300 }, 'fact-huge', 'plannedHours'],
    ['a long text of digits', { plannedHours: '9'.repeat(25) }, 'fact-huge', 'plannedHours'],
    ['infinity', { plannedHours: Number.POSITIVE_INFINITY }, 'fact-type', 'plannedHours'],
    ['a yes in words', { classFiled: 'yes' }, 'fact-type', 'classFiled'],
    ['a day that does not exist', { startsOn: '2021-02-29' }, 'fact-type', 'startsOn'],
    ['a number for a day', { startsOn: 20201125 }, 'fact-type', 'startsOn'],
    ['no list', { enrolled: {} }, 'fact-type', 'enrolled'],
    ['no row', { enrolled: ['电工'] }, 'fact-type', 'enrolled[0]'],
    ['too many rows', { enrolled: Array.from({ length: 201 }, () => row({}).enrolled[0]) }, 'fact-type', 'enrolled'],
    ['an unknown column', row({ name: '张三' }), 'fact-unknown', 'enrolled[0].name'],
    ['a missing column', { enrolled: [{ occupation: '电工', count: 1 }] }, 'fact-missing', 'enrolled[0].level'],
    ['a negative count', row({ count: -3 }), 'fact-negative', 'enrolled[0].count'],
    ['U+0000', row({ occupation: '电\u0000工' }), 'fact-text', 'enrolled[0].occupation'],
    ['half a character', row({ occupation: '\ud800' }), 'fact-text', 'enrolled[0].occupation'],
    ['an empty text', row({ occupation: '' }), 'fact-type', 'enrolled[0].occupation'],
    ['a very long text', row({ occupation: '工'.repeat(201) }), 'fact-type', 'enrolled[0].occupation'],
  ])('are refused: %s', (_, change, code, field) => {
    const parsed = check(change);
    expect(parsed).toMatchObject({ ok: false, code, field });
    if (!parsed.ok) expect(parsed.message.zh.length * parsed.message.en.length).toBeGreaterThan(0);
  });

  it.each([
    ['a fact', { plannedHours: -1 }, '“计划课时”不能为负数', '“planned class hours” must not be negative'],
    ['a row', { enrolled: ['电工'] }, '（职业、等级、人数），第 1 行”的类型不符', 'number), row 1” has the wrong type'],
    ['a column', row({ count: -3 }), '，第 1 行：count”不能为负数', ', row 1: count” must not be negative'],
  ])('are called in the refusal what people call them: %s', (_, change, zh, en) => {
    const parsed = check(change);
    const told = parsed.ok ? { zh: '', en: '' } : parsed.message;
    expect([told.zh.includes(zh), told.en.includes(en), told]).toEqual([true, true, told]);
    expect(told.zh).not.toMatch(/plannedHours|enrolled/);
  });

  it.each([null, [], 'facts', 7])('are refused when they are no object: %p', (raw) => {
    expect(parseFacts(dalian, raw)).toMatchObject({ ok: false, code: 'fact-type', field: 'facts' });
  });

  it('take whole numbers as digits too, and store them as numbers', () => {
    expect(check({ plannedHours: '80' })).toEqual({ ok: true, facts: application });
    expect(check({ plannedHours: 1_000_000_000 }).ok).toBe(true);
  });

  it('must be complete unless it is said that more will follow', () => {
    expect(parseFacts(dalian, application)).toMatchObject({ ok: false, code: 'fact-missing', field: 'completedHours' });
    expect(parseFacts(dalian, { ...application, completedHours: 0, qualified: [] }).ok).toBe(true);
    expect(parseFacts(dalian, {}, { partial: true })).toEqual({ ok: true, facts: {} });
  });
});

describe('facts that are one of few codes', () => {
  const told = (id: string, facts: object) => parseFacts(policies().find((policy) => policy.id === id)!, facts, { partial: true });
  const hours = 'sme-class-hour-training-subsidy';
  const workers = (change: object) => ({
    workers: [
      {
        ...{ person: 'worker-1', migrant: true, placement: 'HIRED', difficulty: 'NONE', startedOn: '2020-12-01', plannedMonths: 6 },
        ...{ daysOnPost: 30, contributionsPaid: true, employerPaidFen: '0', ...change },
      },
    ],
  });

  it('are taken as a code, and refused with the choices named as anything else', () => {
    expect(told(hours, { firmSize: 'SMALL' })).toEqual({ ok: true, facts: { firmSize: 'SMALL' } });
    expect(told(hours, { firmSize: 'small' })).toMatchObject({
      ok: false,
      code: 'fact-choice',
      field: 'firmSize',
      message: { zh: expect.stringContaining('LARGE（大型）、MEDIUM（中型）'), en: expect.stringContaining('LARGE (large)') },
    });
  });

  it('may be others where a parameter names more, and the rule decides', () => {
    expect(told(hours, { topic: 'languages' })).toMatchObject({ ok: true });
  });

  it('are held to in the column of a list', () => {
    const id = 'migrant-worker-hiring-subsidies';
    expect(told(id, workers({}))).toMatchObject({ ok: true });
    expect(told(id, workers({ placement: '招用' }))).toMatchObject({ ok: false, code: 'fact-choice', field: 'workers[0].placement' });
  });

  it('are listed in no label', () => {
    const labels = policies().flatMap(({ id, facts }) => Object.entries(facts).map(([name, { label }]) => `${id} ${name} ${label.zh}`));
    expect(labels.filter((label) => /（[^）]*[A-Za-z]{3,}/.test(label))).toEqual([]);
  });
});

describe('facts of every policy', () => {
  const wrong = { int: '一百', bool: 1, date: '2020-02-30', string: 7, person: 7 } as const;
  const each = policies().flatMap((policy) => Object.entries(policy.facts).map(([name, fact]) => ({ policy, name, fact })));

  it.each([...new Set(policies().map(({ id }) => id))])(
    '%s: another type, a number below zero and an unknown name are refused by field',
    (id) => {
      for (const { policy, name, fact } of each.filter((one) => one.policy.id === id)) {
        const told = (value: unknown) => parseFacts(policy, { [name]: value }, { partial: true });
        expect([name, told(typeof fact.type === 'string' ? wrong[fact.type] : 'no list')]).toMatchObject([
          name,
          { ok: false, field: name, message: { zh: expect.any(String), en: expect.any(String) } },
        ]);
        if (fact.type === 'int') expect([name, told(-1)]).toMatchObject([name, { ok: false, code: 'fact-negative', field: name }]);
        expect(parseFacts(policy, { [`${name}X`]: 1 }, { partial: true })).toMatchObject({
          ok: false,
          code: 'fact-unknown',
          field: `${name}X`,
        });
      }
    },
  );
});
