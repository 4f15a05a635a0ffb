import { describe, expect, it } from '@jest/globals';
import { parseFacts, policies, policyVersion, resolveTerms, stamp } from '@tranche/policies';

const policy = policyVersion('training-subsidy-staged', '2020-11-24', 'CN-2102')!;
const terms = resolveTerms(policy, { on: '2020-11-25' });
const on = '2020-11-25';

const application = {
  enrolled: [{ occupation: '电工', level: '中级', count: 100 }],
  plannedHours: 80,
  classFiled: true,
  providerApproved: true,
  traineesEligible: true,
  startsOn: '2020-11-25',
  endsOn: '2020-12-20',
};

describe('stamp', () => {
  it('knows the estimate and both advances from the application, and nothing of what is still to come', () => {
    expect(stamp(policy, { facts: application, terms, on })).toEqual({
      amounts: { estimate: '30000000', first: '15000000', second: '7500000', assessed: null, onFailure: '0' },
      conditions: { halfReached: null },
      eligible: true,
      inWindow: true,
      unmet: [],
    });
  });
  it('says of an empty file that everything is unknown', () => {
    const empty = stamp(policy, { facts: {}, terms, on });
    expect(empty.amounts).toEqual({ estimate: null, first: null, second: null, assessed: null, onFailure: '0' });
    expect(empty.eligible).toBeNull();
    expect(empty.unmet).toEqual(policy.rules.map(({ id }) => id));
  });
  it('names an unknown occupation instead of failing', () => {
    const facts = { ...application, enrolled: [{ occupation: '宇航员', level: '中级', count: 1 }] };
    const said = stamp(policy, { facts, terms, on });
    expect(said.amounts['estimate']).toBeNull();
    expect(said.unmet).toEqual(['occupations-listed']);
    expect(said.eligible).toBe(false);
    expect(said.problems?.[0]).toMatchObject({ id: 'estimate', code: 'standard-missing' });
    expect(said.problems?.[0]?.message.zh).toContain('宇航员');
  });
  it('takes every version of the release', () => {
    expect(policies().map(({ jurisdiction, version }) => `${jurisdiction} ${version}`)).toEqual(['CN-21 2020-11-01', 'CN-2102 2020-11-24']);
    expect(parseFacts(policy, application, { partial: true }).ok).toBe(true);
  });
});
