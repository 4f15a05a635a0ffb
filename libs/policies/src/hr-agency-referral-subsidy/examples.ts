import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const referral = (change: Facts = {}): Facts => ({
  person: 'person-1',
  employerSupplies: true,
  employerOperatedOn: '2020-02-01',
  unemployedMonths: 6,
  contractMonths: 12,
  insurancePaid: true,
  proven: true,
  ...change,
});
const agency: Facts = { payeeKind: 'enterprise', hrAgency: true, referrals: [referral()] };
const example = (zh: string, en: string, change: Facts, expect: Expectation, more: Partial<WorkedExample> = {}): WorkedExample => ({
  name: text(zh, en),
  facts: { ...agency, ...change },
  expect,
  ...more,
});
const of = (change: Facts): Facts => ({ referrals: [referral(change)] });
const refused = (zh: string, en: string, change: Facts, unmet: string): WorkedExample =>
  example(zh, en, change, { eligible: false, unmet: [unmet] });
const ended = { set: { epidemicTo: '2020-06-30' } };

export const examples: readonly WorkedExample[] = [
  example(
    '推荐12人：3600元',
    '12 people: 3,600 yuan',
    { referrals: Array.from({ length: 12 }, (_, at) => referral({ person: `person-${at + 1}` })) },
    {
      eligible: true,
      amounts: { total: '360000' },
      remainderFen: '360000',
    },
  ),
  example('1人300元，只补一次', 'one person 300 yuan, once', {}, { amounts: { total: '30000' }, keys: ['referral person-1'] }),
  example(
    '事业单位：可以，适用内部时限',
    'a public institution: yes, within the office’s own limit',
    { payeeKind: 'unit' },
    { eligible: true, conditions: { enterpriseFirst: false } },
  ),
  refused('不是人力资源服务机构', 'no agency', { hrAgency: false }, 'agency'),
  refused('个人不能申报', 'a person may not apply', { payeeKind: 'citizen' }, 'employing-unit'),
  refused('用人企业不生产急需物资', 'the employer made no urgent supplies', of({ employerSupplies: false }), 'employer-qualifies'),
  example('用人企业2月8日开工：可以', 'the employer at work on 8 February: yes', of({ employerOperatedOn: '2020-02-08' }), {
    eligible: true,
  }),
  example('用人企业2月9日开工：可以', 'the employer at work on 9 February: yes', of({ employerOperatedOn: '2020-02-09' }), {
    eligible: true,
  }),
  refused(
    '用人企业2月10日才开工',
    'the employer at work only from 10 February',
    of({ employerOperatedOn: '2020-02-10' }),
    'employer-qualifies',
  ),
  example('用人企业1月25日开工：可以', 'the employer at work on 25 January: yes', of({ employerOperatedOn: '2020-01-25' }), {
    eligible: true,
  }),
  example('用人企业1月24日开工：可以', 'the employer at work on 24 January: yes', of({ employerOperatedOn: '2020-01-24' }), {
    eligible: true,
  }),
  refused(
    '用人企业只在1月23日开工',
    'the employer at work on 23 January only',
    of({ employerOperatedOn: '2020-01-23' }),
    'employer-qualifies',
  ),
  refused('登记失业5个月', 'unemployed for 5 months', of({ unemployedMonths: 5 }), 'unemployed-long-enough'),
  example('登记失业7个月：可以', 'unemployed for 7 months: yes', of({ unemployedMonths: 7 }), { eligible: true }),
  refused('合同11个月', 'a contract of 11 months', of({ contractMonths: 11 }), 'contract-long-enough'),
  example('合同13个月：可以', 'a contract of 13 months: yes', of({ contractMonths: 13 }), { eligible: true }),
  refused('未缴社会保险', 'no contributions', of({ insurancePaid: false }), 'insurance-paid'),
  refused('没有推荐记录', 'no referral on record', of({ proven: false }), 'referral-proven'),
  refused('同一人列了两次', 'one person twice', { referrals: [referral(), referral()] }, 'referrals-listed-once'),
  refused('名单为空', 'nobody on the list', { referrals: [] }, 'referrals-listed-once'),
  example('防控截止当日申报：在期内', 'applied on the last day of control: inside', {}, { inWindow: true }, { ...ended, on: '2020-06-30' }),
  example('防控截止次日申报：不在期内', 'applied the day after: outside', {}, { inWindow: false }, { ...ended, on: '2020-07-01' }),
  example(
    '2020年11月23日申报：内部时限',
    'applied on 23 November 2020: the office’s own limit',
    {},
    { conditions: { enterpriseFirst: false } },
    { on: '2020-11-23' },
  ),
  example(
    '2020年11月24日申报：5个工作日',
    'applied on 24 November 2020: five working days',
    {},
    { conditions: { enterpriseFirst: true } },
    { on: '2020-11-24' },
  ),
];
