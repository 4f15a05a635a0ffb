import { type Document, external, groundsIn, text } from '../documents/document.js';
import { dalian38 } from '../documents/texts.js';
import type { Cite, Parameter, Text } from '../policy.js';
import { untilMonthsAfterEpidemic } from './landmarks.js';

const quotes = {
  upTo: '临时性提高失业保险金标准至疫情结束后3个月',
  lower: '累计缴费满1年不足10年的，失业金标准由现行当地最低工资标准的85%上调至90%',
  upper: '累计缴费满10年及以上的，失业金标准由现行当地最低工资标准的90%上调至95%',
  assistance: '发放标准参照疫情防控期间失业保险金标准的95%执行',
  notBoth: '失业保险金和失业补助金不得同时发放',
  personal: '疫情防控期间为因个人原因解除劳动合同而失业的参保人员发放失业补助金，所需资金从失业保险基金列支',
} as const;

/**
 * The ground of what 大人社发〔2020〕38号 （八） says of benefits: stated for Dalian, also under its later notice, which repeats no
 * figure; a default taken from the neighbour for the province.
 */
export const benefitGround = (document: Document, quote: keyof typeof quotes, note?: Text): Cite =>
  document.jurisdiction === dalian38.jurisdiction
    ? groundsIn(dalian38, '（八）').stated(quotes[quote], note)
    : external(
        dalian38.doc,
        '（八）',
        text(
          '省文件未载数值和条件；默认取大连市的规定。',
          'The provincial document gives no figure or test; Dalian’s is taken by default.',
        ),
      );

const sinceFebruary = text(
  '“临时性提高”未写起始月份，自发文当月起按上调后的标准；疫情结束后3个月止，其后恢复原标准。',
  'No first month is given: raised from the month of issue on, until three months after the epidemic, then as before.',
);

const pair = (
  document: Document,
  key: string,
  quote: 'lower' | 'upper',
  label: Text,
  [base, raised]: readonly [string, string],
): Parameter[] => [
  { key, label, value: base, from: '2019-01-01', per: 'period', shared: 'benefitRates', cite: benefitGround(document, quote) },
  {
    key,
    label,
    value: raised,
    from: '2020-02-01',
    until: untilMonthsAfterEpidemic(3),
    per: 'period',
    shared: 'benefitRates',
    cite: benefitGround(document, quote, sinceFebruary),
  },
];

/**
 * `p.lowerRate`, `p.upperRate`: share of the minimum wage that unemployment benefit comes to, as of the first day of the month;
 * `p.longMonths` of contributions decide between them. Needs the `epidemic` landmarks.
 */
export const benefitRates = (document: Document): Parameter[] => [
  ...pair(document, 'lowerRate', 'lower', text('失业保险金标准：缴费不足10年', 'benefit, less than ten years of contributions'), [
    '85%',
    '90%',
  ]),
  ...pair(document, 'upperRate', 'upper', text('失业保险金标准：缴费满10年', 'benefit, ten years of contributions or more'), [
    '90%',
    '95%',
  ]),
  {
    key: 'longMonths',
    label: text('上一档标准所需累计缴费月数', 'months of contributions for the upper rate'),
    value: 120,
    from: '2019-01-01',
    range: { least: 1, most: 600 },
    cite: benefitGround(document, 'upper'),
  },
  {
    key: 'leastMonths',
    label: text('失业保险金所需累计缴费月数', 'least months of contributions for unemployment benefit'),
    value: 12,
    from: '2019-01-01',
    range: { least: 1, most: 600 },
    cite: benefitGround(document, 'lower'),
  },
];

/** The benefit of the month, in CEL: `contributionMonths` of unit and person together. */
export const BENEFIT_OF_MONTH =
  'contributionMonths >= p.longMonths ? halfUp(p.minimumWageFen, p.upperRate) : halfUp(p.minimumWageFen, p.lowerRate)';
