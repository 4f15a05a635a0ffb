import { type Facts, loadPolicy, type Policy, policyVersion, resolveTerms, type Stamp, stamp } from '@tranche/policies';

export const ID = 'training-subsidy-staged';
export const dalian: Policy = policyVersion(ID, '2020-11-24', 'CN-2102')!;
export const liaoning: Policy = policyVersion(ID, '2020-11-01', 'CN-21')!;
export const ON = '2020-11-25';

/** A class as its application describes it: 100 electricians at 3,000 yuan. */
export const application: Facts = {
  enrolled: [{ occupation: '电工', level: '中级', count: 100 }],
  plannedHours: 80,
  classFiled: true,
  providerApproved: true,
  traineesEligible: true,
  startsOn: '2020-11-25',
  endsOn: '2020-12-20',
};

export const stampOn = (facts: Facts, policy: Policy = dalian): Stamp =>
  stamp(policy, { facts, terms: resolveTerms(policy, { on: ON }), on: ON });

/** Plain data that tests may bend. */
export type Draft = { [key: string]: Draft } & { [at: number]: Draft };
export const draft = (): Draft => structuredClone(dalian) as unknown as Draft;

/** Why a bent policy does not load; '' when it loads. */
export function refusalOf(bend: (policy: Draft) => void): string {
  const bent = draft();
  bend(bent);
  try {
    loadPolicy(bent);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
