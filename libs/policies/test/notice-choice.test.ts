import { describe, expect, it } from '@jest/globals';
import { duesOf, loadPolicy, MET_BY, noticeConflict, type Policy, planRows, policies, resolveTerms } from '../src/index.js';

const hiring = policies().find(({ id, jurisdiction }) => id === 'one-off-hiring-subsidy' && jurisdiction === 'CN-2102') as Policy;
const cite = { doc: '示例公告', clause: '一', basis: 'external' } as const;
const terms = (set: Readonly<Record<string, string | number | boolean>>) =>
  resolveTerms(hiring, {
    on: '2020-12-01',
    scopes: ['CN-2102'],
    overrides: Object.entries(set).map(([key, value]) => ({ key, value, scope: 'CN-2102', from: '2020-11-24', cite })),
  });

describe('a notice before payment and the five-day limit', () => {
  it.each([
    ['before', false, 4, null],
    ['before', false, 5, 5],
    ['before', false, 6, 5],
    ['before', true, 5, null],
    ['before', true, 60, null],
    ['after', false, 60, null],
    ['none', false, 60, null],
  ])(
    '%s payment, the clock standing still %s, %s working days: conflict with a limit of %s',
    (noticeMode, clockPausesDuringNotice, noticeDays, limit) => {
      expect(noticeConflict(hiring, terms({ noticeMode, clockPausesDuringNotice, noticeDays }))?.limit ?? null).toBe(limit);
    },
  );

  it('is left to the jurisdiction in every enterprise policy but those whose document or practice decides it: after payment by default, of people none', () => {
    const chosen = policies().filter(({ plan }) => plan.notice?.when === 'chosen');
    expect(new Set(chosen.map(({ id }) => id)).size).toBe(16);
    for (const policy of chosen) {
      const defaults = resolveTerms(policy, { on: policy.window.from, scopes: [] });
      const mode = policy.payee.includes('citizen') ? 'none' : 'after';
      expect([policy.id, defaults['noticeMode']?.value, defaults['clockPausesDuringNotice']?.value]).toEqual([policy.id, mode, false]);
      expect(defaults['clockPausesDuringNotice']?.cite.basis).toBe('open');
    }
  });

  it.each([
    ['a default that cannot be kept', { noticeMode: 'before' }, /takes as long as the limit/],
    ['a mode nobody knows', { noticeMode: 'maybe' }, /must be a parameter that offers the choice|cannot be read/],
  ])('refuses to load %s', (_, set, message) => {
    const parameters = hiring.parameters.map((item) => ({ ...item, value: (set as Record<string, unknown>)[item.key] ?? item.value }));
    expect(() => loadPolicy({ ...hiring, parameters })).toThrow(message);
  });

  it('is told in the plan: what a payment waits for', () => {
    const stamp = { amounts: {}, conditions: { relief: false }, eligible: true, inWindow: true, unmet: [] };
    const when = (set: Parameters<typeof terms>[0]) => planRows(hiring, terms(set), stamp).map((row) => row.when.zh);
    expect(when({})).not.toContainEqual(expect.stringContaining('公示'));
    expect(when({ noticeMode: 'before', clockPausesDuringNotice: true })).toContainEqual(expect.stringContaining('且拨付前公示期满无异议'));
  });
});

describe('the day of a payment that its time limit is held against', () => {
  it('is a choice of the place in every policy that pays through a bank: the arrival, unless it says the sending', () => {
    const payments = /^plan\.(advances|entitlement|claims)\./;
    for (const policy of policies()) {
      const { id, means } = policy;
      const limited = means !== 'allocation' && duesOf(policy).some(({ path }) => payments.test(path));
      const parameter = policy.parameters.find(({ key }) => key === MET_BY);
      expect([id, parameter?.value, parameter?.shared]).toEqual([id, ...(limited ? ['credited', 'paymentDay'] : [undefined, undefined])]);
    }
  });
});
