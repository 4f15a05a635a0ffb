import { describe, expect, it } from '@jest/globals';
import { addDays } from '@tranche/calendar';
import { type Match, match, type ParameterOverride, policies } from '@tranche/policies';

const among = policies().filter(({ id }) =>
  ['job-stabilisation-refund', 'hard-to-employ-post-subsidy', 'training-subsidy-staged'].includes(id),
);
const refund = 'job-stabilisation-refund';
/** A firm of 30 people with six laid off: exactly the fifth that is allowed. */
const firm = {
  payeeKind: 'enterprise',
  insured: true,
  firmSize: 'SMALL',
  affectedByEpidemic: false,
  insuredHeadcount: 30,
  staff: 30,
  benefitClaimants: 6,
  netDecrease: 6,
};
const input = { on: '2020-12-01', jurisdiction: 'CN-2102', among };

function matched(facts: object, more: object = {}): Match[] {
  const found = match({ ...input, facts, ...more });
  if (!found.ok) throw new Error(found.message.en);
  return [...found.items];
}
const of = (id: string, facts: object, more: object = {}): Match => matched(facts, more).find(({ policy }) => policy.id === id)!;

describe('what fits an applicant', () => {
  it('applies when every rule holds, and comes first', () => {
    const [first] = matched(firm);
    expect(first).toMatchObject({ policy: { id: refund, jurisdiction: 'CN-2102' }, match: 'applies', failed: [], open: [], missing: [] });
  });

  it('names what is missing while a rule is open', () => {
    const { insured: _, ...known } = firm;
    expect(of(refund, known)).toMatchObject({ match: 'nearly', open: [{ id: 'insured-enterprise', missing: ['insured'] }] });
    expect(of(refund, known).missing).toEqual([{ fact: 'insured', label: expect.anything(), type: 'bool' }]);
  });

  it('is near with one failing rule, which it names with its clause, and does not apply with two', () => {
    expect(of(refund, { ...firm, insured: false })).toMatchObject({
      match: 'nearly',
      failed: [{ id: 'insured-enterprise', missing: [], cite: { clause: expect.any(String) } }],
    });
    expect(of(refund, { ...firm, insured: false, benefitClaimants: 7, netDecrease: 7 })).toMatchObject({ match: 'no', because: null });
  });

  it('does not apply to another kind of payee, whatever is open', () => {
    expect(of('training-subsidy-staged', firm)).toMatchObject({ match: 'no', because: 'payee' });
    expect(of('training-subsidy-staged', {})).toMatchObject({ match: 'nearly', because: null });
  });

  it('asks a policy that pays by month about the month of the day', () => {
    const workers = [{ person: 'worker-1', certified: true, contract: true, contributionsPaid: true }];
    const found = of('hard-to-employ-post-subsidy', { payeeKind: 'unit', workers });
    expect(found).toMatchObject({ match: 'applies', amounts: { monthly: { fen: '90500' } } });
    expect(of('hard-to-employ-post-subsidy', { payeeKind: 'unit', workers }, { on: '2022-01-05' })).toMatchObject({
      match: 'no',
      because: 'window',
    });
  });

  it('takes the version of the place, and of the wider place where it has none', () => {
    expect(of(refund, firm, { jurisdiction: 'CN-210211' }).policy.jurisdiction).toBe('CN-2102');
    expect(of(refund, firm, { jurisdiction: 'CN-2101' }).policy.jurisdiction).toBe('CN-21');
    expect(matched(firm, { jurisdiction: 'CN-11' })).toEqual([]);
  });

  it('leaves out what a recorded end of epidemic control has closed', () => {
    const ended: ParameterOverride = { ...set, key: 'epidemicTo', value: '2020-11-30', shared: 'epidemic' };
    const overrides = () => [ended];
    expect(matched(firm, { overrides }).map(({ policy }) => policy.id)).not.toContain(refund);
    expect(matched(firm, { overrides, on: '2020-11-30' }).map(({ policy }) => policy.id)).toContain(refund);
  });

  it.each([
    ['a fact no policy asks for', { wealth: 1 }, 'fact-unknown', 'wealth'],
    ['a negative number', { insuredHeadcount: -1 }, 'fact-negative', 'insuredHeadcount'],
    ['another type', { insured: 'yes' }, 'fact-type', 'insured'],
    ['a kind of payee that does not exist', { payeeKind: 'king' }, 'fact-type', 'payeeKind'],
  ])('refuses %s', (_, facts, code, field) => expect(match({ ...input, facts })).toMatchObject({ ok: false, code, field }));

  it('refuses a day before every policy, and answers on the first of them', () => {
    const first = among.map(({ window }) => window.from).sort()[0]!;
    expect(match({ ...input, facts: firm, on: first }).ok).toBe(true);
    expect(match({ ...input, facts: firm, on: addDays(first, -1) })).toMatchObject({
      ok: false,
      code: 'date-outside-versions',
      field: 'on',
    });
  });

  it('names the rule that needs a refused fact', () => {
    const refused = match({ ...input, facts: { insuredHeadcount: -1 } });
    expect(refused).toMatchObject({ readers: [{ kind: 'rule', id: 'few-layoffs' }] });
  });

  it('answers for every policy within a few milliseconds', () => {
    const ask = () => match({ on: input.on, jurisdiction: input.jurisdiction, facts: firm });
    for (let warm = 0; warm < 50; warm += 1) ask();
    const times = Array.from({ length: 15 }, () => {
      const began = performance.now();
      ask();
      return performance.now() - began;
    }).sort((a, b) => a - b);
    expect(times[0]).toBeLessThan(25);
  });
});

const set = { value: '', from: '2020-01-01', scope: '*', cite: { doc: '公告', clause: '一', basis: 'external' } } as const;
