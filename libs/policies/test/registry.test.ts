import { describe, expect, it } from '@jest/globals';
import { loadPolicy, placesAround, policies, policyHash, policyVersion, versionInForce } from '@tranche/policies';
import { dalian, draft, ID, liaoning } from './support/sample.js';

const inForce = (jurisdiction: string, on: string): string => {
  const found = versionInForce(ID, { jurisdiction, on });
  return found.ok ? `${found.policy.jurisdiction} ${found.policy.version}` : `${found.code} ${found.field}`;
};

describe('the version in force', () => {
  it.each([
    ['CN-21', '2020-10-31', 'date-outside-versions on'],
    ['CN-2102', '2020-10-31', 'date-outside-versions on'],
    ['CN-21', '2020-11-01', 'CN-21 2020-11-01'],
    ['CN-2102', '2020-11-01', 'CN-21 2020-11-01'],
    ['CN-2102', '2020-11-23', 'CN-21 2020-11-01'],
    ['CN-2102', '2020-11-24', 'CN-2102 2020-11-24'],
    ['CN-210211', '2020-11-23', 'CN-21 2020-11-01'],
    ['CN-210211', '2020-11-24', 'CN-2102 2020-11-24'],
    ['CN-2101', '2020-11-24', 'CN-21 2020-11-01'],
    ['CN-21', '2020-11-24', 'CN-21 2020-11-01'],
    ['CN-11', '2020-11-24', 'jurisdiction-unknown jurisdiction'],
    ['Dalian', '2020-11-24', 'jurisdiction-unknown jurisdiction'],
    ['CN-2102', '2020-11-31', 'date-malformed on'],
  ])('in %s on %s: %s', (jurisdiction, on, expected) => expect(inForce(jurisdiction, on)).toBe(expected));

  it('is none for a policy that does not exist', () => {
    expect(versionInForce('free-money', { jurisdiction: 'CN-21', on: '2020-11-24' })).toMatchObject({ ok: false, code: 'policy-unknown' });
  });

  it('knows the places around a place', () => {
    expect(placesAround('CN-210211')).toEqual(['CN-210211', 'CN-2102', 'CN-21', 'CN']);
    expect(placesAround('CN-21')).toEqual(['CN-21', 'CN']);
  });
});

describe('the registry', () => {
  it('holds both versions and finds them again', () => {
    expect(
      policies()
        .filter(({ id }) => id === ID)
        .map(({ jurisdiction, version }) => `${jurisdiction} ${version}`),
    ).toEqual(['CN-21 2020-11-01', 'CN-2102 2020-11-24']);
    expect(policyVersion(ID, '2020-11-24', 'CN-2102')).toBe(dalian);
    expect(policyVersion(ID, '2020-11-24', 'CN-21')).toBeUndefined();
  });

  it('names office and time limit of every version, in both languages', () => {
    for (const { office, timeLimit } of policies())
      expect([office.zh, office.en, timeLimit.zh, timeLimit.en].every((text) => text.length > 5)).toBe(true);
  });
});

describe('the hash of a version', () => {
  it('is that of the committed data: a change here means a new version, cases are pinned to it', () => {
    expect({ liaoning: policyHash(liaoning), dalian: policyHash(dalian) }).toEqual({ liaoning: GOLDEN_LIAONING, dalian: GOLDEN_DALIAN });
  });
  it('does not depend on the order of keys, and changes with any value', () => {
    const reversed = Object.fromEntries(Object.entries(draft()).reverse());
    expect(policyHash(loadPolicy(reversed))).toBe(policyHash(dalian));
    const other = draft();
    other['title']!['en'] = 'Another title' as never;
    expect(policyHash(loadPolicy(other))).not.toBe(policyHash(dalian));
  });
});

const GOLDEN_LIAONING = '8715549d836d0a7ccf1aff2ce270735d0495438db34c18a0daf956ebca364405';
const GOLDEN_DALIAN = '8c3f65aaf901b14d86c3005e2eab38328f9d7e29fc7aeb02a06078ebda4c872d';
