import { describe, expect, it } from '@jest/globals';
import { calendarOfYears, due, stateCouncilYears } from '@tranche/calendar';
import {
  type Facts,
  type ParameterOverride,
  type Policy,
  resolveTerms,
  settlementOf,
  stamp,
  type WorkedExample,
  workedExamples,
} from '@tranche/policies';
import fc from 'fast-check';
import { application, dalian, ID, liaoning, ON, stampOn } from './support/sample.js';

const overridesOf = (policy: Policy, { set = {} }: WorkedExample): ParameterOverride[] =>
  Object.entries(set).map(([key, value]) => ({ key, value, from: policy.window.from, cite: policy.cite }));

/** The catalogue's figures in yuan: [estimate, first, second, remainder, to recover]. */
const CATALOGUE = [
  '300000 150000 75000 75000 0',
  '300000 150000 75000 45000 0',
  '300000 150000 75000 0 25000',
  '300000 150000 75000 0 27000',
  '300000 150000 75000 0 150000',
  '300000 150000 75000 0 225000',
  '1000.01 500 250 250.01 0',
];
const yuan = (fen: string | null | undefined): string => String(Number(fen) / 100);

describe.each([
  ['Liaoning', liaoning],
  ['Dalian', dalian],
])('P01, %s', (_, policy) => {
  it.each(workedExamples(ID).map((example) => [example.name.en, example] as const))('%s', (_name, example) => {
    const terms = resolveTerms(policy, { on: ON, overrides: overridesOf(policy, example) });
    const said = stamp(policy, { facts: example.facts, terms, on: ON });
    expect(said.amounts).toMatchObject(example.expect.amounts ?? {});
    expect(said.eligible).toBe(true);
    const paid = policy.plan.advances
      .filter(({ id }) => example.paid?.includes(id))
      .reduce((total, { amount }) => total + BigInt(said.amounts[amount]!), 0n);
    if (example.outcome === 'settled') {
      expect(settlementOf(policy, said)).toMatchObject({
        remainderFen: example.expect.remainderFen,
        recoverFen: example.expect.recoverFen,
      });
    } else {
      expect((paid - BigInt(said.amounts['onFailure']!)).toString()).toBe(example.expect.recoverFen);
    }
  });
});

describe('P01', () => {
  it('has every figure of the catalogue among its examples', () => {
    const lines = workedExamples(ID).map(({ expect: { amounts = {}, remainderFen, recoverFen } }) =>
      [amounts['estimate'], amounts['first'], amounts['second'], remainderFen, recoverFen].map(yuan).join(' '),
    );
    expect(lines).toEqual(expect.arrayContaining(CATALOGUE));
  });

  it.each([
    [39, 80, false],
    [40, 80, true],
    [41, 80, true],
    [40, 81, false],
    [41, 81, true],
    [0, 1, false],
    [1, 1, true],
    [0, 0, false],
    [499_999_999, 1_000_000_000, false],
    [500_000_000, 1_000_000_000, true],
  ])('%d of %d class hours: half reached is %s', (completedHours, plannedHours, reached) => {
    expect(stampOn({ ...application, plannedHours, completedHours }).conditions).toEqual({ halfReached: reached });
  });

  it.each([
    ['2020-11-25', 10, '2020-12-09'],
    ['2020-09-21', 10, '2020-10-10'],
    ['2020-10-09', 5, '2020-10-15'],
  ])('counted from %s, %d working days end on %s', (from, days, lastDay) => {
    const limits = [dalian.plan.advances[0]!.due.count, dalian.plan.entitlement[0]!.due!.count];
    expect(limits).toContain(days);
    expect(due(calendarOfYears(stateCouncilYears), from, days, 'workingDays')).toMatchObject({ provisional: false, lastDay });
  });

  it.each([
    ['provider-approved', { providerApproved: false }],
    ['class-filed', { classFiled: false }],
    ['trainees-eligible', { traineesEligible: false }],
    ['occupations-listed', { enrolled: [{ occupation: '电工', level: '特级', count: 1 }] }],
    ['class-not-empty', { enrolled: [] }],
    ['progress-plan-filed', { plannedHours: 0 }],
    ['progress-plan-filed', { endsOn: '2020-11-24' }],
  ])('is refused by the rule %s alone', (rule, change) => {
    expect(stampOn({ ...application, ...change })).toMatchObject({ eligible: false, unmet: [rule] });
  });

  it('does not know the assessed amount when more qualified than were enrolled', () => {
    const qualified = [
      { occupation: '电工', level: '中级', count: 60 },
      { occupation: '电工', level: '中级', count: 41 },
    ];
    const said = stampOn({ ...application, qualified });
    expect(said.amounts['assessed']).toBeNull();
    expect(said.problems).toMatchObject([{ id: 'assessed', code: 'amount-invalid' }]);
    expect(stampOn({ ...application, qualified: [qualified[0]!] }).amounts['assessed']).toBe('18000000');
  });

  it('keeps to the documents: 10 working days, 5 working days, statutory; the second payment has no statutory limit', () => {
    const [s1, s2] = dalian.plan.advances;
    expect(s1!.due).toMatchObject({ count: 10, unit: 'workingDays', from: 'started', kind: 'statutory' });
    expect(s2!.due).toMatchObject({ count: { parameter: 's2Sla' }, kind: 'service', cite: { basis: 'open' } });
    expect(dalian.plan.entitlement[0]!.due).toMatchObject({ count: 5, unit: 'workingDays', from: 'settled', kind: 'statutory' });
  });

  it('marks its standards as a sample that no document states', () => {
    expect(dalian.parameters.find(({ key }) => key === 'standards')).toMatchObject({ sample: true, cite: { basis: 'open' } });
  });

  it('never pays more than three quarters in advance, and the three payments make up the assessed amount', () => {
    const groups = fc.array(fc.record({ occupation: fc.constant('样例职业（尾差）'), level: fc.constant('初级'), count: fc.nat(10_000) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(groups, (enrolled) => {
        const facts: Facts = { ...application, enrolled, qualified: enrolled };
        const said = stampOn(facts);
        const [estimate, first, second] = ['estimate', 'first', 'second'].map((id) => BigInt(said.amounts[id]!)) as [
          bigint,
          bigint,
          bigint,
        ];
        const { remainderFen, recoverFen } = settlementOf(dalian, said)!;
        expect(estimate).toBe(100_001n * enrolled.reduce((total, { count }) => total + BigInt(count), 0n));
        expect(4n * (first + second) <= 3n * estimate).toBe(true);
        expect(first + second + BigInt(remainderFen)).toBe(estimate);
        expect(recoverFen).toBe('0');
      }),
      { numRuns: 50 },
    );
  });
});
