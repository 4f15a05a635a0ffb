import { describe, expect, it } from '@jest/globals';
import { diffPolicies, loadPolicy, type PolicyDiff, policies } from '@tranche/policies';
import { dalian, draft, liaoning, refusalOf } from './support/sample.js';

const row = (diff: PolicyDiff, section: string, id: string) =>
  diff.sections.find((each) => each.section === section)?.rows.find((each) => each.id === id);

describe('two versions side by side', () => {
  it('of province and city: what both say is the same whatever document says it, with both citations', () => {
    const diff = diffPolicies(liaoning, dalian);
    expect(diff).toMatchObject({ from: { jurisdiction: 'CN-21' }, to: { jurisdiction: 'CN-2102' } });
    expect(row(diff, 'plan', 'payment s1')).toMatchObject({
      status: 'same',
      from: { cite: { doc: liaoning.cite.doc } },
      to: { cite: { doc: dalian.cite.doc } },
    });
    expect(row(diff, 'window', 'window')).toMatchObject({ status: 'changed', fields: expect.arrayContaining(['from']) });
  });

  it('counts every row once', () => {
    const { counts, sections } = diffPolicies(liaoning, dalian);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(sections.flatMap(({ rows }) => rows).length);
  });

  it('shows a figure that one states and the other leaves open as changed', () => {
    const [province, city] = ['CN-21', 'CN-2102'].map((place) =>
      policies().find(({ id, jurisdiction }) => id === 'job-stabilisation-refund' && jurisdiction === place),
    );
    expect(row(diffPolicies(province!, city!), 'parameters', 'refundRate')).toMatchObject({ status: 'changed', fields: ['basis'] });
  });

  it('names what is only here, only there, and what changed', () => {
    const other = draft();
    other['rules']![0]!['when'] = 'true' as never;
    const dropped = (other['rules'] as unknown as { id: string }[]).splice(1, 1)[0]!.id;
    (other['evidence'] as unknown as object[]).push({ ...dalian.evidence[0], id: 'extra-paper' });
    const diff = diffPolicies(dalian, loadPolicy(other));
    expect(row(diff, 'rules', dalian.rules[0]!.id)).toMatchObject({ status: 'changed', fields: ['when'] });
    expect(row(diff, 'rules', dropped)).toMatchObject({ status: 'onlyFrom', to: null });
    expect(row(diff, 'papers', 'extra-paper')).toMatchObject({ status: 'onlyTo', from: null });
    expect(diff.counts).toMatchObject({ changed: 1, onlyFrom: 1, onlyTo: 1 });
  });

  it('of a version and itself: nothing differs, for every policy', () => {
    for (const policy of policies()) expect(diffPolicies(policy, policy).counts).toMatchObject({ changed: 0, onlyFrom: 0, onlyTo: 0 });
  });
});

describe('a version without accepting office or time limit', () => {
  it.each(['office', 'officeCite', 'timeLimit', 'timeLimitCite'])('without %s is not loaded, so it is never in force', (field) => {
    expect(refusalOf((policy) => delete policy[field])).toContain(field);
  });
  it.each(['office', 'timeLimit'])('nor with an empty %s', (field) => {
    expect(refusalOf((policy) => Object.assign(policy, { [field]: { zh: '', en: '' } }))).toContain(field);
  });
});
