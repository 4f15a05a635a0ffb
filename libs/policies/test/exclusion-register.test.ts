import { describe, expect, it } from '@jest/globals';
import { policies } from '@tranche/policies';

/** Which subsidies exclude one another, or count the same months, by the group they share. A subsidy that is not there yet is passed over. */
const register: Readonly<Record<string, readonly string[]>> = {
  'training-subsidy': [
    'training-subsidy-staged',
    'apprenticeship-training-subsidy',
    'sme-class-hour-training-subsidy',
    'work-as-training-subsidy',
  ],
  hire: ['one-off-hiring-subsidy', 'one-off-hiring-subsidy-epidemic'],
  'post-subsidy': ['hard-to-employ-post-subsidy', 'temp-public-post-subsidy', 'migrant-worker-hiring-subsidies'],
  'social-insurance-month': [
    'flexible-employment-si-subsidy',
    'internship-retention-si-subsidy',
    'public-post-si-subsidy',
    'migrant-worker-hiring-subsidies',
  ],
  'venue-rent': ['startup-venue-subsidy', 'incubator-rent-relief-subsidy'],
  'internship-accident-insurance': ['internship-subsidy', 'migrant-accident-insurance-subsidy'],
  'stabilisation-refund': ['job-stabilisation-refund', 'refund-direct-pay-micro'],
  'unemployment-benefit': ['unemployment-insurance-benefit', 'unemployment-assistance-benefit'],
  'assistance-or-living-aid': ['unemployment-assistance-benefit', 'one-off-or-temporary-living-aid'],
  'temporary-public-post-months': ['temp-public-post-subsidy', 'public-post-si-subsidy'],
  'startup-loan-interest': ['startup-loan-extension-interest', 'startup-loan-interest-sharing'],
};

const known = new Set(policies().map(({ id }) => id));
const declaring = (group: string): string[] => [
  ...new Set(policies().flatMap(({ id, exclusions }) => (exclusions.some((each) => each.group === group) ? [id] : []))),
];

describe('the register of exclusions', () => {
  it.each(Object.entries(register))('%s: what shares it excludes one another', (group, members) => {
    expect(declaring(group).sort()).toEqual(members.filter((id) => known.has(id)).sort());
  });

  it('holds every group that two subsidies share', () => {
    const groups = [...new Set(policies().flatMap(({ exclusions }) => exclusions.map(({ group }) => group)))];
    expect(groups.filter((group) => declaring(group).length > 1 && !Object.hasOwn(register, group))).toEqual([]);
  });

  it('gives every exclusion between subsidies a switch of its own, unless a document states it: that one has none', () => {
    const wrong = policies().flatMap(({ id, exclusions, parameters }) =>
      exclusions
        .filter((each) => declaring(each.group).length > 1 && !('limit' in each && each.limit === 'counted'))
        .filter(({ cite, switch: by, group }) => {
          const declared = parameters.find(({ key }) => key === by);
          if (cite.basis === 'stated' || group === 'unemployment-benefit') return by !== undefined;
          return declared?.value !== true || declared.shared !== 'exclusions' || declared.cite.basis !== 'open';
        })
        .map(({ group }) => `${id} ${group}`),
    );
    expect(wrong).toEqual([]);
    const switches = policies().flatMap(({ exclusions }) =>
      exclusions.flatMap((each) => (each.switch ? [`${each.switch} ${each.group}`] : [])),
    );
    expect(new Set(switches).size).toBe(new Set(switches.map((each) => each.split(' ')[0])).size);
    expect(new Set(switches).size).toBe(new Set(switches.map((each) => each.split(' ')[1])).size);
  });

  it('is kept from its own cases by nobody but the subsidy by class hour, whose clause forbids the same project alone', () => {
    const apart = policies().flatMap(({ id, exclusions }) =>
      exclusions.flatMap((each) => ('excludes' in each ? [`${id} ${each.group}`] : [])),
    );
    expect(apart).toEqual(['sme-class-hour-training-subsidy training-subsidy']);
  });

  it('binds every version of a subsidy alike', () => {
    for (const [group, members] of Object.entries(register)) {
      const versions = policies().filter(({ id }) => members.includes(id));
      const without = versions.filter(({ exclusions }) => !exclusions.some((each) => each.group === group));
      expect(without.map(({ id, jurisdiction }) => `${id} ${jurisdiction}`)).toEqual([]);
    }
  });
});
