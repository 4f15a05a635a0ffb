import { describe, expect, it } from '@jest/globals';
import { type AssessInput, type Assessment, assess, bindingIn, policies, readersOf } from '@tranche/policies';
import { application, dalian, ID, ON } from './support/sample.js';

const posts = 'hard-to-employ-post-subsidy';
const worker = { person: 'worker-1', certified: true, contract: true, contributionsPaid: true };
const asked = (id: string, input: Partial<AssessInput>) => assess(id, { on: '2020-12-01', jurisdiction: 'CN-2102', facts: {}, ...input });
function told(id: string, input: Partial<AssessInput>): Assessment {
  const found = asked(id, input);
  if (!found.ok) throw new Error(found.message.en);
  return found;
}

const { classFiled: _, ...unfiled } = application;

describe('the verdict', () => {
  it('says yes, and that periods are asked one by one', () => {
    expect(told(ID, { on: ON, facts: application })).toMatchObject({ verdict: 'may', summary: { en: 'Every condition is met.' } });
    expect(told(posts, { facts: { payeeKind: 'unit' } })).toMatchObject({
      verdict: 'may',
      summary: { en: expect.stringContaining('each period is asked anew') },
      missing: [],
    });
  });

  it('says no with the rule and its clause, in both languages', () => {
    const { verdict, summary } = told(ID, { on: ON, facts: { ...application, classFiled: false } });
    const rule = dalian.rules.find(({ id }) => id === 'class-filed')!;
    expect(verdict).toBe('mayNot');
    expect(summary.zh).toContain(`${rule.reason.zh}〔${rule.cite.clause}〕`);
    expect(summary.en).toContain(rule.reason.en);
  });

  it('names what is missing, who supplies it and what waits for it', () => {
    const { verdict, missing, summary } = told(ID, { on: ON, facts: unfiled });
    expect([verdict, missing.find(({ fact }) => fact === 'classFiled')]).toEqual([
      'open',
      expect.objectContaining({ from: dalian.facts['classFiled']!.from, rules: ['class-filed'] }),
    ]);
    expect(summary.zh).toContain(dalian.facts['classFiled']!.label.zh);
  });

  it('looks through amounts to the facts behind them', () => {
    expect(readersOf(dalian, 'enrolled').map(({ kind, id }) => `${kind} ${id}`)).toEqual(
      expect.arrayContaining(['amount estimate', 'amount first']),
    );
    const { missing } = told(ID, { on: ON, facts: {} });
    expect(missing.find(({ fact }) => fact === 'enrolled')?.amounts).toEqual(expect.arrayContaining(['estimate', 'first']));
  });

  it('of a period: its own rules, amounts, table values and window', () => {
    const december = told(posts, { facts: { payeeKind: 'unit' }, period: { id: '2020-12', facts: { workers: [worker] } } });
    expect(december).toMatchObject({ verdict: 'may', amounts: { monthly: { fen: '90500', per: 'period' } }, period: { claim: 'post' } });
    expect(december.plan).toMatchObject([{ payment: 'post', amountFen: '90500', every: 'month' }]);
    const unpaid = told(posts, {
      facts: { payeeKind: 'unit' },
      period: { id: '2020-12', facts: { workers: [{ ...worker, contributionsPaid: false }] } },
    });
    expect(unpaid).toMatchObject({ verdict: 'mayNot', eligible: true, period: { unmet: ['contributions-paid'] } });
    const late = told(posts, { facts: { payeeKind: 'unit' }, period: { id: '2021-12', facts: { workers: [worker] } } });
    expect(late).toMatchObject({ verdict: 'mayNot', summary: { en: expect.stringContaining('outside the window') } });
  });
});

describe('bad facts', () => {
  it.each([
    ['an unknown fact', { facts: { wealth: 1 } }, 'fact-unknown', 'wealth'],
    ['a fact of the period among those of the case', { facts: { workers: [] } }, 'fact-misplaced', 'workers'],
    [
      'a fact of the case among those of the period',
      { period: { id: '2020-12', facts: { payeeKind: 'unit' } } },
      'fact-misplaced',
      'period.facts.payeeKind',
    ],
    ['a quarter where months are paid', { period: { id: '2020-Q4', facts: {} } }, 'period-malformed', 'period.id'],
    ['a month that does not exist', { period: { id: '2020-13', facts: {} } }, 'period-malformed', 'period.id'],
    ['a claim that does not exist', { period: { id: '2020-12', claim: 'other', facts: {} } }, 'claim-unknown', 'period.claim'],
    ['a day before every version', { on: '2019-01-01' }, 'date-outside-versions', 'on'],
    ['a place elsewhere', { jurisdiction: 'CN-11' }, 'jurisdiction-unknown', 'jurisdiction'],
  ])('%s is refused by name', (_, input, code, field) => expect(asked(posts, input)).toMatchObject({ ok: false, code, field }));

  it('say which rule needs them', () => {
    const refused = asked(ID, { on: ON, facts: { ...application, classFiled: 3 } });
    expect(refused).toMatchObject({ code: 'fact-type', field: 'classFiled', readers: [{ kind: 'rule', id: 'class-filed' }] });
    expect(asked(ID, { on: ON, facts: {}, period: { id: '2020-12', facts: {} } })).toMatchObject({
      code: 'claim-unknown',
      field: 'period',
    });
  });
});

describe('which version binds', () => {
  const binding = (jurisdiction: string, on: string) => {
    const found = bindingIn(ID, { jurisdiction, on, among: policies() });
    return found.ok ? found.places.map(({ place, inForce }) => `${place} ${inForce?.version ?? '-'}`) : found.code;
  };
  it('is told place by place, so that one sees why the province’s holds', () => {
    expect(binding('CN-210211', '2020-11-24')).toEqual(['CN-210211 -', 'CN-2102 2020-11-24', 'CN-21 2020-11-01', 'CN -']);
    expect(binding('CN-2102', '2020-11-10')).toEqual(['CN-2102 -', 'CN-21 2020-11-01', 'CN -']);
  });
});
