import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const facts = (change: Facts = {}): Facts => ({
  payeeKind: 'citizen',
  payeeKey: 'person-1',
  hardToEmploy: true,
  graduate: false,
  employed: false,
  flexibleRegistered: true,
  retiresOn: '2040-06-15',
  ...change,
});
const graduate = (leftSchoolOn: string, change: Facts = {}): Facts =>
  facts({ hardToEmploy: false, graduate: true, leftSchoolOn, ...change });
const month = (change: Facts = {}, id = '2020-12') => ({
  id,
  facts: { stillFlexible: true, deferred: false, paidFen: '90000', ...change },
});

const judged = (zh: string, en: string, who: Facts, expect: Expectation, more: Partial<WorkedExample> = {}): WorkedExample => ({
  name: text(zh, en),
  on: '2020-12-01',
  facts: who,
  expect,
  ...more,
});
const refusal = (...unmet: readonly string[]): Expectation => ({ eligible: false, unmet });
const term = (months: number): Expectation => ({ eligible: true, counts: { 'insurance.term': months } });

export const examples: readonly WorkedExample[] = [
  judged(
    '本人实缴900元：补600元',
    'paid 900 yuan: 600',
    facts(),
    {
      eligible: true,
      inWindow: true,
      amounts: { monthly: '60000' },
      keys: ['social-insurance-month person-1', 'flexible-employment-months person-1'],
    },
    { period: month() },
  ),
  judged(
    '实缴900.01元：600元，不进位',
    'paid 900.01: 600.00, rounded down',
    facts(),
    { amounts: { monthly: '60000' } },
    { period: month({ paidFen: '90001' }) },
  ),
  judged(
    '比例设为一半：450元',
    'set at a half: 450',
    facts(),
    { amounts: { monthly: '45000' } },
    { period: month(), set: { siRate: '1/2' } },
  ),
  judged('就业困难人员：36个月，不延长', 'hard to employ: 36 months, no extension', facts(), {
    ...term(36),
    conditions: { extendable: false, nearRetirement: false, enterpriseFirst: false },
  }),
  judged('距退休满5年：36个月', 'exactly five years before retirement: 36 months', facts({ retiresOn: '2025-12-01' }), {
    ...term(36),
    conditions: { nearRetirement: false },
  }),
  judged('距退休5年又1天：36个月', 'a day more than five years before retirement: 36 months', facts({ retiresOn: '2025-12-02' }), {
    ...term(36),
    conditions: { nearRetirement: false },
  }),
  judged('距退休不足5年：至退休', 'a day less: until retirement', facts({ retiresOn: '2025-11-30' }), {
    ...term(60),
    conditions: { nearRetirement: true },
  }),
  judged(
    '退休当月照补',
    'the month of retirement is paid',
    facts({ retiresOn: '2021-05-01' }),
    { eligible: true },
    { period: month({}, '2021-05') },
  ),
  judged('退休次月停止', 'the month after is not', facts({ retiresOn: '2021-04-30' }), refusal('not-retired'), {
    period: month({}, '2021-05'),
  }),
  ...[
    { drawn: { monthsBooked: 35 }, zh: '账上已享受35个月', en: '35 months on our books' },
    { drawn: { monthsBefore: 5, monthsBooked: 30 }, zh: '账上30个月、系统外5个月', en: '30 months on our books, 5 elsewhere' },
  ].map(({ drawn, zh, en }) =>
    judged(
      `${zh}：第36个月可补`,
      `${en}: the 36th is paid`,
      facts(),
      { eligible: true, amounts: { monthly: '60000' } },
      { period: month(drawn) },
    ),
  ),
  ...[
    { drawn: { monthsBooked: 36 }, zh: '账上已享受36个月', en: '36 months on our books' },
    { drawn: { monthsBefore: 6, monthsBooked: 30 }, zh: '账上30个月、系统外6个月', en: '30 months on our books, 6 elsewhere' },
    { drawn: { monthsBooked: 37 }, zh: '账上已享受37个月', en: '37 months on our books' },
  ].map(({ drawn, zh, en }) => judged(`${zh}：不补`, `${en}: nothing`, facts(), refusal('within-term'), { period: month(drawn) })),
  judged(
    '高校毕业生连同延长30个月：第30个月可补',
    'a graduate, 30 months with the extension: the 30th is paid',
    graduate('2020-07-01'),
    { eligible: true },
    {
      period: month({ monthsBooked: 29, extensionGranted: true }),
    },
  ),
  ...[30, 31].map((monthsBooked) =>
    judged(
      `高校毕业生已满${monthsBooked}个月：不补`,
      `a graduate after ${monthsBooked} months: nothing`,
      graduate('2020-07-01'),
      refusal('within-term'),
      { period: month({ monthsBooked, extensionGranted: true }) },
    ),
  ),
  judged(
    '高校毕业生第24个月：不问延长',
    'a graduate’s 24th month: nobody asks for an extension',
    graduate('2020-07-01'),
    { eligible: true },
    { period: month({ monthsBooked: 23 }) },
  ),
  ...[24, 25].map((monthsBooked) =>
    judged(
      `满${monthsBooked}个月、未批准延长：不补`,
      `${monthsBooked} months drawn and no extension granted: nothing`,
      graduate('2020-07-01'),
      refusal('within-term'),
      { period: month({ monthsBooked, extensionGranted: false }) },
    ),
  ),
  judged(
    '满24个月、未说明是否延长：尚不能确定',
    '24 months drawn, nothing said of an extension: not to be decided yet',
    graduate('2020-07-01'),
    { eligible: null, unmet: ['within-term'] },
    { period: month({ monthsBooked: 24 }) },
  ),
  judged(
    '就业困难人员满36个月：即使说明已延长也不补',
    'hard to employ, 36 months drawn: no extension helps',
    facts(),
    refusal('within-term'),
    { period: month({ monthsBooked: 36, extensionGranted: true }) },
  ),
  judged('高校毕业生：24个月，可延长6个月', 'a graduate: 24 months and six more', graduate('2020-07-01'), {
    eligible: true,
    counts: { 'insurance.term': 24, 'insurance.extension': 6 },
    conditions: { extendable: true },
  }),
  judged(
    '省内某市定为延长3个月',
    'a city of the province sets three months',
    graduate('2020-07-01'),
    { counts: { 'insurance.extension': 3 } },
    {
      jurisdiction: 'CN-21',
      place: 'CN-2101',
      set: { extensionMonths: 3 },
    },
  ),
  judged(
    '不开通延长时：不可延长',
    'extensions switched off: none',
    graduate('2020-07-01'),
    { conditions: { extendable: false } },
    {
      set: { extensionEnabled: false },
    },
  ),
  judged('离校满2年前一日：符合', 'a day before two years: yes', graduate('2018-12-02'), { eligible: true }),
  judged('离校满2年当日：符合', 'two years to the day: yes', graduate('2018-12-01'), { eligible: true }),
  judged('离校超过2年1天：不符合', 'a day more: no', graduate('2018-11-30'), refusal('group')),
  judged(
    '期满延长期间离校已超2年：仍可补',
    'two years have passed by the month claimed: still paid',
    graduate('2018-12-01'),
    { eligible: true },
    {
      period: month({}, '2022-12'),
    },
  ),
  judged(
    '既是毕业生又是就业困难人员：按就业困难人员',
    'both a graduate and hard to employ: as the latter',
    graduate('2020-07-01', { hardToEmploy: true }),
    {
      ...term(36),
      conditions: { extendable: false },
    },
  ),
  judged('两类都不是：不符合', 'neither: no', facts({ hardToEmploy: false }), refusal('group')),
  judged(
    '毕业生申请时已在单位就业：不符合',
    'a graduate with a job: no',
    graduate('2020-07-01', { employed: true }),
    refusal('without-a-job'),
  ),
  judged('未办灵活就业登记：不符合', 'not registered: no', facts({ flexibleRegistered: false }), refusal('flexible-work')),
  judged('本月已被单位录用：不补', 'employed by a unit in the month: nothing', facts(), refusal('still-flexible'), {
    period: month({ stillFlexible: false }),
  }),
  judged('本月暂缓缴费：不补', 'contributions deferred: nothing', facts(), refusal('not-deferred'), { period: month({ deferred: true }) }),
  judged('本月未缴费：不补', 'nothing paid in the month: nothing', facts(), refusal('contributions-paid'), {
    period: month({ paidFen: '0' }),
  }),
  judged(
    '实缴1分：符合，补0元',
    'one fen paid: yes, but nothing comes of it',
    facts(),
    { eligible: true, amounts: { monthly: '0' } },
    {
      period: month({ paidFen: '1' }),
    },
  ),
  judged('印发前的月份不补', 'a month before the issue', facts(), { inWindow: false }, { period: month({}, '2020-10') }),
  judged('单位代为申请：不符合', 'a unit applies: no', facts({ payeeKind: 'unit' }), refusal('a-person')),
];
