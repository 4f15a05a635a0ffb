import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const hires = (count: number, change: Facts = {}): Facts[] =>
  Array.from({ length: count }, (_, at) => ({
    person: `hire-${at + 1}`,
    unemployedMonths: 6,
    graduate: false,
    monthsSinceGraduation: 0,
    contractMonths: 12,
    insured: true,
    contributionsPaid: true,
    ...change,
  }));
const graduate: Facts = { unemployedMonths: 0, graduate: true, monthsSinceGraduation: 24 };
const normal: Facts = { payeeKind: 'enterprise', inReliefPeriod: false, contributionsResumed: true, hires: hires(10) };
const relief: Facts = {
  payeeKind: 'enterprise',
  inReliefPeriod: true,
  contributionsResumed: false,
  hires: hires(10, { contributionsPaid: false }),
};

const example = (zh: string, en: string, facts: Facts, expect: Expectation, set?: WorkedExample['set']): WorkedExample => ({
  name: text(zh, en),
  facts,
  expect,
  ...(set ? { set } : {}),
});
const of = (change: Facts): Facts => ({ ...normal, hires: hires(1, change) });
const refused = (zh: string, en: string, facts: Facts, unmet: string): WorkedExample =>
  example(zh, en, facts, { eligible: false, unmet: [unmet] });

export const examples: readonly WorkedExample[] = [
  example(
    '减免期内10人、每人1000元：预拨5000元，恢复缴费后5000元',
    'relief, 10 people at 1,000 yuan: 5,000 now and 5,000 when contributions resume',
    relief,
    {
      eligible: true,
      conditions: { relief: true, advancing: true, contributing: false },
      amounts: { total: '1000000', advance: '500000' },
      remainderFen: '500000',
      recoverFen: '0',
    },
  ),
  example('不在减免期：10000元一次拨付', 'no relief: 10,000 at once', normal, {
    eligible: true,
    conditions: { relief: false, advancing: false },
    amounts: { total: '1000000' },
    remainderFen: '1000000',
  }),
  example(
    '恢复缴费后可拨余下部分',
    'contributions paid again: the rest may be paid',
    { ...relief, contributionsResumed: true },
    {
      conditions: { relief: true, contributing: true },
    },
  ),
  example(
    '预拨30%：3000元',
    '30 % in advance: 3,000',
    relief,
    { amounts: { advance: '300000' }, remainderFen: '700000' },
    { advanceRate: '30%' },
  ),
  ...[
    ['49%', '490000'],
    ['50%', '500000'],
    ['51%', '500000'],
  ].map(([rate = '', fen = '']) =>
    example(
      `预拨比例设为${rate}：${Number(fen) / 100}元`,
      `set to ${rate}: ${Number(fen) / 100}`,
      relief,
      { amounts: { advance: fen } },
      { advanceRate: rate },
    ),
  ),
  example(
    '预拨比例设为60%：仍不超过50%',
    'set to 60 %: still no more than 50 %',
    relief,
    { amounts: { advance: '500000' } },
    { advanceRate: '60%' },
  ),
  example(
    '尾差归余款：1人1000.01元，预拨500.00元、余500.01元',
    'the odd fen goes to the rest: 500.00 and 500.01 of 1,000.01',
    { ...relief, hires: hires(1) },
    { amounts: { advance: '50000' }, remainderFen: '50001' },
    { hiringStandardFen: '100001' },
  ),
  example(
    '不实行预拨：恢复缴费后一次拨付',
    'without advances: all of it once contributions resume',
    relief,
    { conditions: { relief: true, advancing: false }, remainderFen: '1000000' },
    { advanceEnabled: false },
  ),
  example(
    '每名吸纳人员只补一次',
    'each person hired counts once',
    { ...normal, hires: hires(2) },
    { keys: ['hire hire-1', 'hire hire-2'] },
  ),
  refused('登记失业5个月：不补', 'unemployed for 5 months: nothing', of({ unemployedMonths: 5 }), 'hires-eligible'),
  example('登记失业7个月：可以', 'unemployed for 7 months: yes', of({ unemployedMonths: 7 }), { eligible: true }),
  example('高校毕业生不限毕业年限', 'a graduate, however long ago', of({ ...graduate, monthsSinceGraduation: 200 }), { eligible: true }),
  example(
    '限毕业24个月内：23个月可以',
    'within 24 months of graduation: 23, yes',
    of({ ...graduate, monthsSinceGraduation: 23 }),
    { eligible: true },
    { graduateMaxMonths: 24 },
  ),
  example(
    '限毕业24个月内：恰好24个月可以',
    'within 24 months of graduation: exactly 24, yes',
    of(graduate),
    { eligible: true },
    { graduateMaxMonths: 24 },
  ),
  example(
    '限毕业24个月内：25个月不补',
    'within 24 months of graduation: 25, no',
    of({ ...graduate, monthsSinceGraduation: 25 }),
    { eligible: false, unmet: ['hires-eligible'] },
    { graduateMaxMonths: 24 },
  ),
  refused('合同11个月：不补', 'a contract of 11 months: nothing', of({ contractMonths: 11 }), 'contract-long-enough'),
  example('合同13个月：可以', 'a contract of 13 months: yes', of({ contractMonths: 13 }), { eligible: true }),
  refused('不在减免期、未缴费：不补', 'no relief and no contributions: nothing', of({ contributionsPaid: false }), 'contributions-paid'),
  refused(
    '减免期内未参保：不补',
    'relief, but not insured: nothing',
    { ...relief, hires: hires(1, { insured: false, contributionsPaid: false }) },
    'contributions-paid',
  ),
  refused('同一人列了两次', 'one person twice', { ...normal, hires: [...hires(1), ...hires(1)] }, 'hires-listed-once'),
  refused('名单为空', 'nobody on the list', { ...normal, hires: [] }, 'hires-listed-once'),
  refused('社会团体不是企业', 'an association is no enterprise', { ...normal, payeeKind: 'unit' }, 'enterprise'),
  {
    name: text('2020年11月1日起执行（省）', 'from 1 November 2020 (province)'),
    jurisdiction: 'CN-21',
    on: '2020-11-01',
    facts: normal,
    expect: { eligible: true, inWindow: true },
  },
  {
    name: text('2020年11月24日起执行（市）', 'from 24 November 2020 (city)'),
    jurisdiction: 'CN-2102',
    on: '2020-11-24',
    facts: normal,
    expect: { eligible: true, inWindow: true, conditions: { enterpriseFirst: true } },
  },
];
