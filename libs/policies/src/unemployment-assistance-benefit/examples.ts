import { text } from '../documents/document.js';
import type { Facts, WorkedExample } from '../policy.js';

const person = (contributionMonths: number, change: Facts = {}): Facts => ({
  payeeKind: 'citizen',
  payeeKey: 'person-1',
  insured: true,
  contributionMonths,
  personalReasons: true,
  benefitUsedUp: false,
  ...change,
});

const month = (id: string, unemployed = true) => ({ id, facts: { unemployed } });

type Place = 'CN-2102' | 'CN-210281';
const paid = (
  zh: string,
  en: string,
  contributionMonths: number,
  place: Place,
  fen: string,
  id = '2020-12',
  more: Partial<WorkedExample> = {},
): WorkedExample => ({
  name: text(zh, en),
  facts: person(contributionMonths),
  place,
  period: month(id),
  ...more,
  expect: { eligible: true, inWindow: true, amounts: { assistance: fen } },
});

const refused = (zh: string, en: string, facts: Facts, unmet: string, more: Partial<WorkedExample> = {}): WorkedExample => ({
  name: text(zh, en),
  facts,
  ...more,
  expect: { eligible: false, unmet: [unmet] },
});

const ended = { epidemicTo: '2023-01-08', epidemicEndedOn: '2023-01-08' };

/** Ninety-five per cent of unemployment benefit at its raised rate; half fen are rounded up. */
export const examples: readonly WorkedExample[] = [
  {
    name: text('失业保险金1629元的95%＝1547.55元', '95 % of a benefit of 1,629 = 1,547.55 yuan'),
    facts: person(12),
    place: 'CN-2102',
    period: month('2020-12'),
    expect: {
      eligible: true,
      inWindow: true,
      unmet: [],
      amounts: { benefit: '162900', assistance: '154755' },
      counts: { 'assistance.term': 6 },
      keys: ['unemployment-benefit person-1', 'assistance-or-living-aid person-1'],
    },
  },
  paid('1719.50元的95%＝1633.525元，计1633.53元', '95 % of 1,719.50 = 1,633.525, paid 1,633.53', 120, 'CN-2102', '163353'),
  paid('北三市1449元：1376.55元', 'the northern cities, 1,449: 1,376.55', 12, 'CN-210281', '137655'),
  paid('北三市1529.50元：1453.025元，计1453.03元', 'the northern cities, 1,529.50: 1,453.025, paid 1,453.03', 120, 'CN-210281', '145303'),
  paid('缴费119个月：按不足10年', '119 months: as for less than ten years', 119, 'CN-2102', '154755'),
  paid('缴费121个月：按满10年', '121 months: as for ten years', 121, 'CN-2102', '163353'),
  paid('缴费13个月：按不足10年', '13 months: as for less than ten years', 13, 'CN-2102', '154755'),
  paid('缴费11个月：按不足10年', '11 months: as for less than ten years', 11, 'CN-2102', '154755'),
  refused('不满1年者不发时：11个月', 'where less than a year draws nothing: 11 months', person(11), 'rate-known', {
    set: { shortContributionTier: 'NONE' },
  }),
  paid('不满1年者不发时：12个月', 'where less than a year draws nothing: 12 months', 12, 'CN-2102', '154755', '2020-12', {
    set: { shortContributionTier: 'NONE' },
  }),
  paid('疫情防控期最后一个月：2023年1月', 'the last month of epidemic control: January 2023', 12, 'CN-2102', '163305', '2023-01', {
    set: ended,
  }),
  paid(
    '疫情防控起始月：2020年1月，按当月标准',
    'the first month of epidemic control: January 2020 at its own rate',
    12,
    'CN-2102',
    '146158',
    '2020-01',
  ),
  refused('疫情防控期之后：2023年2月', 'after epidemic control: February 2023', person(12), 'during-control', {
    period: month('2023-02'),
    set: ended,
  }),
  refused('疫情防控期之前：2019年12月', 'before epidemic control: December 2019', person(12), 'during-control', {
    period: month('2019-12'),
  }),
  refused('当月已就业', 'found work in the month', person(12), 'still-unemployed', { period: month('2020-12', false) }),
  refused('未参保', 'never insured', person(12, { insured: false }), 'insured'),
  refused(
    '非个人原因且可领取失业保险金',
    'lost the job and can draw unemployment benefit',
    person(24, { personalReasons: false }),
    'covered',
  ),
  refused(
    '2020年2月文件只及于个人原因：缴费11个月',
    'the February notice takes in own reasons only: 11 months',
    person(11, { personalReasons: false }),
    'covered',
    {
      on: '2020-03-02',
    },
  ),
  {
    name: text('2020年11月起扩大：缴费11个月', 'widened from November 2020: 11 months'),
    facts: person(11, { personalReasons: false }),
    on: '2020-12-01',
    expect: { eligible: true },
  },
  refused(
    '扩大后：缴费满12个月的仍应领取失业保险金',
    'widened: with 12 months it is unemployment benefit',
    person(12, { personalReasons: false }),
    'covered',
    {
      on: '2020-12-01',
    },
  ),
  {
    name: text('扩大后：领取失业保险金期满', 'widened: unemployment benefit used up'),
    facts: person(24, { personalReasons: false, benefitUsedUp: true }),
    on: '2020-12-01',
    expect: { eligible: true },
  },
  refused('由单位申领', 'an employer applies', person(12, { payeeKind: 'unit' }), 'person'),
];
