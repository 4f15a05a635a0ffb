import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const person = (contributionMonths: number, change: Facts = {}): Facts => ({
  payeeKind: 'citizen',
  payeeKey: 'person-1',
  contributionMonths,
  involuntary: true,
  registered: true,
  ...change,
});

const month = (id: string, unemployed = true) => ({ id, facts: { unemployed } });
const ended = { epidemicEndedOn: '2023-01-08' };

type Place = 'CN-2102' | 'CN-210281';
const paid = (
  zh: string,
  en: string,
  contributionMonths: number,
  place: Place,
  id: string,
  fen: string,
  more: Partial<WorkedExample> = {},
): WorkedExample => ({
  name: text(zh, en),
  facts: person(contributionMonths),
  place,
  period: month(id),
  ...more,
  expect: { eligible: true, inWindow: true, amounts: { benefit: fen } },
});

const term = (zh: string, en: string, contributionMonths: number, months: number): WorkedExample => ({
  name: text(zh, en),
  facts: person(contributionMonths),
  expect: { eligible: true, counts: { 'benefit.term': months } },
});

const refused = (zh: string, en: string, facts: Facts, unmet: string, period?: WorkedExample['period']): WorkedExample => {
  const expected: Expectation = { eligible: false, unmet: [unmet] };
  return { name: text(zh, en), facts, ...(period ? { period } : {}), expect: expected };
};

/** The catalogue's figures on minimum wages of 1,810 and 1,610 yuan, and the months in which the rate changes. */
export const examples: readonly WorkedExample[] = [
  {
    name: text('1810元、缴费1年：90%＝1629元', '1,810 yuan, one year: 90 % = 1,629'),
    facts: person(12),
    place: 'CN-2102',
    period: month('2020-12'),
    expect: {
      eligible: true,
      inWindow: true,
      unmet: [],
      amounts: { benefit: '162900' },
      counts: { 'benefit.term': 12 },
      keys: ['unemployment-benefit person-1'],
    },
  },
  paid('缴费13个月：90%', '13 months: 90 %', 13, 'CN-2102', '2020-12', '162900'),
  paid('缴费119个月：90%', '119 months: 90 %', 119, 'CN-2102', '2020-12', '162900'),
  paid('缴费120个月：95%＝1719.50元', '120 months: 95 % = 1,719.50', 120, 'CN-2102', '2020-12', '171950'),
  paid('缴费121个月：95%', '121 months: 95 %', 121, 'CN-2102', '2020-12', '171950'),
  paid('北三市1610元：1449元', 'the northern cities, 1,610 yuan: 1,449', 12, 'CN-210281', '2020-12', '144900'),
  paid('北三市、满10年：1529.50元', 'the northern cities, ten years: 1,529.50', 120, 'CN-210281', '2020-12', '152950'),
  paid('2020年1月：原标准85%＝1538.50元', 'January 2020: 85 % as before = 1,538.50', 12, 'CN-2102', '2020-01', '153850'),
  paid('2020年1月、满10年：原标准90%', 'January 2020, ten years: 90 % as before', 120, 'CN-2102', '2020-01', '162900'),
  paid('2020年2月起上调', 'raised from February 2020 on', 12, 'CN-2102', '2020-02', '162900'),
  paid('2021年11月起1910元：随表调整', 'from November 2021, 1,910 yuan: it follows the table', 120, 'CN-2102', '2021-11', '181450'),
  paid('疫情结束日未登记：仍按上调标准', 'no end of the epidemic recorded: still raised', 120, 'CN-2102', '2023-05', '181450'),
  paid('疫情结束后3个月内：仍按上调标准', 'within three months of the end: still raised', 120, 'CN-2102', '2023-04', '181450', {
    set: ended,
  }),
  paid('疫情结束满3个月的次月：恢复90%＝1719元', 'the month after: back to 90 % = 1,719', 120, 'CN-2102', '2023-05', '171900', {
    set: ended,
  }),
  paid('2020年3月：已上调', 'March 2020: raised', 12, 'CN-2102', '2020-03', '162900'),
  paid('2023年1月31日结束：4月仍按上调标准', 'ended on 31 January 2023: April is still raised', 12, 'CN-2102', '2023-04', '171900', {
    set: { epidemicEndedOn: '2023-01-31' },
  }),
  paid('2023年1月31日结束：5月恢复', 'ended on 31 January 2023: May is as before', 12, 'CN-2102', '2023-05', '162350', {
    set: { epidemicEndedOn: '2023-01-31' },
  }),
  paid('2023年2月1日结束：5月仍按上调标准', 'ended on 1 February 2023: May is still raised', 12, 'CN-2102', '2023-05', '171900', {
    set: { epidemicEndedOn: '2023-02-01' },
  }),
  paid('恢复85%＝1623.50元', 'back to 85 % = 1,623.50', 12, 'CN-2102', '2023-05', '162350', { set: ended }),
  term('缴费59个月：最长12个月', '59 months: 12 at most', 59, 12),
  term('缴费60个月：最长18个月', '60 months: 18 at most', 60, 18),
  term('缴费61个月：最长18个月', '61 months: 18 at most', 61, 18),
  term('缴费119个月：最长18个月', '119 months: 18 at most', 119, 18),
  term('缴费120个月：最长24个月', '120 months: 24 at most', 120, 24),
  term('缴费121个月：最长24个月', '121 months: 24 at most', 121, 24),
  refused('缴费11个月：不能领取', '11 months: not entitled', person(11), 'least-contributions'),
  refused(
    '本人辞职：不能领取（可申领失业补助金）',
    'resigned: not entitled (unemployment assistance may be)',
    person(24, { involuntary: false }),
    'involuntary',
  ),
  refused('未办理失业登记', 'not registered', person(24, { registered: false }), 'registered'),
  refused('当月已重新就业', 'found work in the month', person(24), 'still-unemployed', month('2020-12', false)),
  refused('由单位申领', 'an employer applies', person(24, { payeeKind: 'unit' }), 'person'),
];
