import { describe, expect, it } from '@jest/globals';
import { type Assessment, assess, assessVersion, loadPolicy } from '@tranche/policies';
import { application, draft, ID, ON } from './support/sample.js';

const input = { on: ON, jurisdiction: 'CN-2102', facts: application };
const assessed = (change: Record<string, unknown> = {}): Assessment => {
  const result = assess(ID, { ...input, facts: { ...application, ...change } });
  if (!result.ok) throw new Error(result.message.en);
  return result;
};

describe('an assessment', () => {
  it('shows the plan with amounts, conditions, time limits and clauses', () => {
    const rows = assessed().plan.map(({ payment, amountFen, projected, when, deadline, cite }) => [
      payment,
      amountFen,
      projected,
      when.zh,
      deadline!.text.zh,
      cite.clause,
    ]);
    expect(rows).toEqual([
      ['s1', '15000000', false, '审批通过，且开展培训', '开展培训后10个工作日内（法定）', '七'],
      ['s2', '7500000', false, '审批通过，且开展培训，且达到正常进度一半', '达到正常进度一半后5个工作日内（内部）', '七'],
      ['s3', '7500000', true, '审批通过，且公示期满无异议', '公示期满无异议后5个工作日内（法定）', '七'],
    ]);
  });

  it('settles the account once it is known who qualified', () => {
    const { settlement, plan } = assessed({ qualified: [{ occupation: '电工', level: '中级', count: 66 }] });
    expect(settlement).toEqual({ entitledFen: '19800000', advancesFen: '22500000', remainderFen: '0', recoverFen: '2700000' });
    expect(plan[2]).toMatchObject({ amountFen: '0', projected: false });
    expect(assessed().settlement).toBeNull();
  });

  it('shows for every rule what it read, what it said, and the clause', () => {
    const { rules, eligible } = assessed({ classFiled: false });
    expect(eligible).toBe(false);
    expect(rules.map(({ id, result }) => [id, result])).toContainEqual(['class-filed', false]);
    const plan = rules.find(({ id }) => id === 'progress-plan-filed')!;
    expect(plan).toMatchObject({
      result: true,
      inputs: { plannedHours: 80, startsOn: '2020-11-25', endsOn: '2020-12-20' },
      cite: { clause: '七', basis: 'inferred' },
    });
    expect(rules.find(({ id }) => id === 'occupations-listed')!.parameters).toEqual(['standards']);
  });

  it('names what is missing instead of guessing', () => {
    const result = assess(ID, { ...input, facts: {} });
    expect(result).toMatchObject({ ok: true, eligible: null });
    if (!result.ok) return;
    expect(result.rules.every(({ result: said }) => said === null)).toBe(true);
    expect(result.amounts['first']).toMatchObject({ fen: null, missing: ['estimate'] });
    expect(result.conditions['halfReached']).toMatchObject({ result: null, missing: ['plannedHours', 'completedHours'] });
  });

  it('shows every parameter used with its day, ground and whether it is a sample', () => {
    const { parameters } = assessed();
    expect(parameters.map(({ key }) => key)).toEqual([
      'firstShare',
      'secondShare',
      'halfProgress',
      'standards',
      'clawbackBasis',
      'maxReinspections',
      's2Sla',
      'demandSla',
      'repayDays',
      'notice.days',
      'objection.handleDays',
      'exclusion.trainingSubsidy',
    ]);
    expect(parameters[0]).toMatchObject({ value: '50%', from: '2020-11-24', sample: false, cite: { basis: 'stated' } });
    expect(parameters[3]).toMatchObject({ key: 'standards', sample: true, cite: { basis: 'open' } });
  });

  it('is no longer called a sample once the authority has set its standards', () => {
    const cite = { doc: '大连市通知', clause: '附件', basis: 'external' } as const;
    const overrides = [{ key: 'standards', value: { 电工: { 中级: '310000' } }, from: '2020-11-24', scope: 'CN-2102', cite }];
    const result = assess(ID, { ...input, overrides });
    if (!result.ok) throw new Error(result.code);
    expect(result.amounts['estimate']!.fen).toBe('31000000');
    expect(result.parameters[3]).toMatchObject({ sample: false, scope: 'CN-2102', cite });
  });

  it('is plain JSON', () => expect(JSON.parse(JSON.stringify(assessed()))).toEqual(assessed()));

  it.each([
    ['an unknown policy', 'free-money', {}, 'policy-unknown', 'policyId'],
    ['a day before every version', ID, { on: '2020-10-31' }, 'date-outside-versions', 'on'],
    ['no day', ID, { on: 'yesterday' }, 'date-malformed', 'on'],
    ['another province', ID, { jurisdiction: 'CN-44' }, 'jurisdiction-unknown', 'jurisdiction'],
    ['an unknown fact', ID, { facts: { traineeName: '张三' } }, 'fact-unknown', 'traineeName'],
    ['a wrong type', ID, { facts: { plannedHours: 'many' } }, 'fact-type', 'plannedHours'],
    ['a negative number', ID, { facts: { plannedHours: -80 } }, 'fact-negative', 'plannedHours'],
    ['a huge number', ID, { facts: { plannedHours: 1e12 } }, 'fact-huge', 'plannedHours'],
  ])('is refused for %s', (_, id, change, code, field) => {
    expect(assess(id, { ...input, ...change })).toMatchObject({ ok: false, code, field });
  });

  it('is refused where a parameter has no value on that day', () => {
    const later = draft();
    later['parameters']![3]!['from'] = '2021-01-01' as never;
    expect(assessVersion(loadPolicy(later), input)).toMatchObject({ ok: false, code: 'parameter-missing', field: 'standards' });
  });
});
