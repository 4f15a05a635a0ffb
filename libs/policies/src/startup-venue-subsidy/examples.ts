import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const founder: Facts = {
  payeeKind: 'citizen',
  payeeKey: 'founder-1',
  group: 'graduate',
  licensed: true,
  licenceNotNeeded: false,
  venueMonths: 24,
  advanceWanted: 'none',
  operatedMonths: 0,
};
const migrant: Facts = { ...founder, group: 'returningMigrant', advanceWanted: 'half', operatedMonths: 6 };

const example = (zh: string, en: string, change: Facts, expect: Expectation, more: Partial<WorkedExample> = {}): WorkedExample => ({
  name: text(zh, en),
  facts: { ...founder, ...change },
  expect,
  ...more,
});
const refused = (zh: string, en: string, change: Facts, unmet: string): WorkedExample =>
  example(zh, en, change, { eligible: false, unmet: [unmet] });
const month = (change: Facts = {}) => ({ id: '2021-01', facts: { operating: true, leased: true, ...change } });
const accepted = (group: string): WorkedExample =>
  example(`创业者类别 ${group}：可以`, `group ${group}: yes`, { group }, { eligible: true });

export const examples: readonly WorkedExample[] = [
  example(
    '每月1000元、24个月：总额2.4万元，预拨至多6000元，一半为1.2万元',
    '1,000 yuan a month for 24 months: 24,000, at most 6,000 or half of it in advance',
    {},
    { eligible: true, amounts: { total: '2400000', monthsAhead: '600000', halfAhead: '1200000' }, counts: { 'rent.term': 24 } },
  ),
  example(
    '正常经营的月份：1000元',
    'a month operated: 1,000',
    {},
    { eligible: true, amounts: { monthly: '100000' }, keys: ['venue-rent founder-1'] },
    { period: month() },
  ),
  example(
    '未经营的月份：不补',
    'a month not operated: nothing',
    {},
    { eligible: false, unmet: ['operating'] },
    { period: month({ operating: false }) },
  ),
  example(
    '未租用的月份：不补',
    'a month without the premises: nothing',
    {},
    { eligible: false, unmet: ['leased'] },
    { period: month({ leased: false }) },
  ),
  example('23个月：按23个月', '23 months: 23', { venueMonths: 23 }, { amounts: { total: '2300000' }, counts: { 'rent.term': 23 } }),
  example('25个月：按24个月', '25 months: 24', { venueMonths: 25 }, { amounts: { total: '2400000' }, counts: { 'rent.term': 24 } }),
  example(
    '5个月：预拨至多5000元',
    '5 months: at most 5,000 in advance',
    { venueMonths: 5 },
    { amounts: { total: '500000', monthsAhead: '500000' } },
  ),
  example('6个月：预拨至多6000元', '6 months: at most 6,000 in advance', { venueMonths: 6 }, { amounts: { monthsAhead: '600000' } }),
  example(
    '7个月：预拨至多6000元',
    '7 months: at most 6,000 in advance',
    { venueMonths: 7 },
    { amounts: { total: '700000', monthsAhead: '600000' } },
  ),
  example(
    '本地只预拨3个月：3000元',
    'where three months are advanced: 3,000',
    {},
    { amounts: { monthsAhead: '300000' } },
    { set: { advanceMonths: 3 } },
  ),
  example(
    '标准900.01元、1个月：一半450.00元',
    'a standard of 900.01, one month: half is 450.00',
    { venueMonths: 1 },
    { amounts: { halfAhead: '45000' } },
    { set: { monthlyFen: '90001' } },
  ),
  example(
    '未设定预拨的地方：不预拨',
    'where no advances are paid: none',
    { advanceWanted: 'months' },
    { eligible: true, conditions: { regionAdvance: false, migrantAdvance: false } },
  ),
  example(
    '有条件的地方：按月预拨',
    'where advances are paid: months in advance',
    { advanceWanted: 'months' },
    { conditions: { regionAdvance: true, migrantAdvance: false }, amounts: { ahead: '600000' } },
    { set: { advanceEnabled: true } },
  ),
  example(
    '申请人不要预拨',
    'nobody asks for an advance',
    {},
    { conditions: { regionAdvance: false, migrantAdvance: false } },
    { set: { advanceEnabled: true } },
  ),
  example('返乡农民工经营满6个月：可先行申领', 'a returning migrant after 6 months: may ask for half', migrant, {
    conditions: { regionAdvance: false, migrantAdvance: true },
    amounts: { ahead: '1200000' },
  }),
  example(
    '经营5个月：尚不可',
    'after 5 months: not yet',
    { ...migrant, operatedMonths: 5 },
    { conditions: { migrantAdvance: false, advancing: false } },
  ),
  example('经营7个月：可以', 'after 7 months: yes', { ...migrant, operatedMonths: 7 }, { conditions: { migrantAdvance: true } }),
  example(
    '其他类别不能先行申领一半',
    'another group may not ask for half',
    { ...migrant, group: 'veteran' },
    { conditions: { migrantAdvance: false } },
  ),
  example(
    '规定先行申领也限有条件的地方：不可',
    'where the half needs a place with advances: no',
    migrant,
    { conditions: { migrantAdvance: false } },
    { set: { advanceBNeedsRegion: true } },
  ),
  example(
    '规定先行申领也限有条件的地方，本地有条件：可以',
    'where the half needs a place with advances, and this is one: yes',
    migrant,
    { conditions: { migrantAdvance: true } },
    { set: { advanceBNeedsRegion: true, advanceEnabled: true } },
  ),
  example(
    '默认不能兼用两种预拨',
    'not both advances by default',
    { ...migrant, advanceWanted: 'both' },
    { conditions: { regionAdvance: false, migrantAdvance: false } },
    { set: { advanceEnabled: true } },
  ),
  example(
    '允许兼用的',
    'both where that is allowed',
    { ...migrant, advanceWanted: 'both' },
    { conditions: { regionAdvance: true, migrantAdvance: true }, amounts: { ahead: '1800000' } },
    { set: { advanceEnabled: true, allowBoth: true } },
  ),
  example(
    '兼用时合计不超过总额：7个月，6000元加3500元，按7000元',
    'both together never exceed the whole: 6,000 and 3,500 of 7,000 are 7,000',
    { ...migrant, venueMonths: 7, advanceWanted: 'both' },
    { amounts: { total: '700000', ahead: '700000' } },
    { set: { advanceEnabled: true, allowBoth: true } },
  ),
  ...['graduate', 'returnedStudent', 'veteran', 'returningMigrant', 'hardToEmploy', 'poorLabour'].map(accepted),
  example('依法无须营业执照：可以', 'a trade that needs no licence: yes', { licensed: false, licenceNotNeeded: true }, { eligible: true }),
  example(
    '企业申领：适用5个工作日时限',
    'a firm applies: five working days',
    { payeeKind: 'enterprise' },
    { eligible: true, conditions: { enterpriseFirst: true } },
  ),
  example('个人申领：内部时限', 'a person applies: the office’s own limit', {}, { conditions: { enterpriseFirst: false } }),
  refused('其他类别：不补', 'another group: nothing', { group: 'other' }, 'founder-group'),
  refused('应有执照而没有', 'no licence where one is needed', { licensed: false }, 'registered'),
  refused('补贴月数为零', 'no months', { venueMonths: 0 }, 'months-applied'),
  refused('银行不是创业者', 'a bank is no founder', { payeeKind: 'bank' }, 'founder-pays'),
];
