import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const hire = (change: Facts = {}): Facts => ({
  person: 'hire-1',
  unemployedMonths: 6,
  hiredOn: '2020-02-01',
  contractMonths: 12,
  insured: true,
  ...change,
});
const firm: Facts = { payeeKind: 'enterprise', urgentSupplies: true, operatedOn: '2020-02-01', hires: [hire()] };
const example = (zh: string, en: string, change: Facts, expect: Expectation, more: Partial<WorkedExample> = {}): WorkedExample => ({
  name: text(zh, en),
  facts: { ...firm, ...change },
  expect,
  ...more,
});
const refused = (zh: string, en: string, change: Facts, unmet: string, more: Partial<WorkedExample> = {}): WorkedExample =>
  example(zh, en, change, { eligible: false, unmet: [unmet] }, more);
const ended = { set: { epidemicTo: '2020-06-30' } };

export const examples: readonly WorkedExample[] = [
  example(
    '吸纳10人、每人1000元：1万元',
    '10 people at 1,000 yuan: 10,000',
    { hires: Array.from({ length: 10 }, (_, at) => hire({ person: `hire-${at + 1}` })) },
    {
      eligible: true,
      amounts: { total: '1000000' },
      remainderFen: '1000000',
    },
  ),
  example('每名吸纳人员只补一次', 'each person hired counts once', {}, { keys: ['hire hire-1'] }),
  example('2020年2月8日开工：可以', 'at work on 8 February 2020: yes', { operatedOn: '2020-02-08' }, { eligible: true }),
  example('2020年2月9日开工：可以', 'at work on 9 February 2020: yes', { operatedOn: '2020-02-09' }, { eligible: true }),
  refused('2020年2月10日才开工：不补', 'at work only from 10 February 2020: nothing', { operatedOn: '2020-02-10' }, 'over-the-festival'),
  example('2020年1月25日开工：可以', 'at work on 25 January 2020: yes', { operatedOn: '2020-01-25' }, { eligible: true }),
  example('2020年1月24日开工：可以', 'at work on 24 January 2020: yes', { operatedOn: '2020-01-24' }, { eligible: true }),
  refused('只在2020年1月23日开工：不补', 'at work on 23 January 2020 only: nothing', { operatedOn: '2020-01-23' }, 'over-the-festival'),
  refused('不是急需物资：不补', 'no urgent supplies: nothing', { urgentSupplies: false }, 'urgent-supplies'),
  refused('登记失业5个月：不补', 'unemployed for 5 months: nothing', { hires: [hire({ unemployedMonths: 5 })] }, 'unemployed-long-enough'),
  example('登记失业7个月：可以', 'unemployed for 7 months: yes', { hires: [hire({ unemployedMonths: 7 })] }, { eligible: true }),
  refused('合同11个月：不补', 'a contract of 11 months: nothing', { hires: [hire({ contractMonths: 11 })] }, 'contract-long-enough'),
  example('合同13个月：可以', 'a contract of 13 months: yes', { hires: [hire({ contractMonths: 13 })] }, { eligible: true }),
  example(
    '不要求合同期限时：可以',
    'where no contract is asked for: yes',
    { hires: [hire({ contractMonths: 0 })] },
    { eligible: true },
    { set: { minContractMonths: 0 } },
  ),
  refused('未参保：不补', 'not insured: nothing', { hires: [hire({ insured: false })] }, 'insured'),
  example(
    '不要求参保时：可以',
    'where no insurance is asked for: yes',
    { hires: [hire({ insured: false })] },
    { eligible: true },
    { set: { insuranceRequired: false } },
  ),
  example('2020年1月25日吸纳：可以', 'hired on 25 January 2020: yes', { hires: [hire({ hiredOn: '2020-01-25' })] }, { eligible: true }),
  example('2020年1月24日吸纳：可以', 'hired on 24 January 2020: yes', { hires: [hire({ hiredOn: '2020-01-24' })] }, { eligible: true }),
  refused(
    '2020年1月23日吸纳：不补',
    'hired on 23 January 2020: nothing',
    { hires: [hire({ hiredOn: '2020-01-23' })] },
    'hired-during-control',
  ),
  example(
    '防控截止当日吸纳：可以',
    'hired on the last day of control: yes',
    { hires: [hire({ hiredOn: '2020-06-30' })] },
    { eligible: true, inWindow: true },
    ended,
  ),
  refused(
    '防控截止次日吸纳：不补',
    'hired the day after: nothing',
    { hires: [hire({ hiredOn: '2020-07-01' })] },
    'hired-during-control',
    ended,
  ),
  example(
    '不限吸纳时间时：可以',
    'where the day of hiring is free: yes',
    { hires: [hire({ hiredOn: '2020-01-23' })] },
    { eligible: true },
    { set: { hiredDuringControl: false } },
  ),
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
  refused('同一人列了两次', 'one person twice', { hires: [hire(), hire()] }, 'hires-listed-once'),
  refused('名单为空', 'nobody on the list', { hires: [] }, 'hires-listed-once'),
  refused('社会团体不是企业', 'an association is no enterprise', { payeeKind: 'unit' }, 'enterprise'),
];
