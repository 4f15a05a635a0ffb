import { external, text } from '../documents/document.js';
import type { AmountRule, Cite, Fact, Parameter, Rule, Text } from '../policy.js';
import { BENEFIT_OF_MONTH, benefitGround, benefitRates } from '../tables/benefit-rates.js';
import { benefitStops } from '../tables/benefit-stops.js';
import { caseFacts } from '../tables/case-facts.js';
import type { Version } from './index.js';

const regulation = (article: string, zh: string, en: string): Cite =>
  external(
    '国务院令第258号《失业保险条例》',
    article,
    text(`${zh}；文件未重述，使用前应核对。`, `${en}; the document does not repeat it, to be checked before use.`),
  );

const fact = (type: 'int' | 'bool', zh: string, en: string): Fact => ({ type, label: text(zh, en), from: 'data' });

export const factsOf = (): Record<string, Fact> => ({
  ...caseFacts,
  contributionMonths: fact('int', '失业前单位和本人累计缴费月数', 'months of contributions of units and person before unemployment'),
  involuntary: fact('bool', '非因本人意愿中断就业', 'lost the job without wanting to'),
  registered: fact('bool', '已办理失业登记并有求职要求', 'registered as unemployed and looking for work'),
  unemployed: { ...fact('bool', '本月仍为失业状态', 'still unemployed in the month'), per: 'period' },
});

const months = (key: string, label: Text, value: number, cite: Cite): Parameter => ({
  key,
  label,
  value,
  range: { least: 1, most: 600 },
  cite,
});

const length = (zh: string, en: string): Cite => regulation('第十七条', zh, en);

export const parametersOf = ({ document }: Version): Parameter[] => [
  ...benefitRates(document),
  months(
    'middleMonths',
    text('第二档期限所需累计缴费月数', 'months of contributions for the second length'),
    60,
    length('满5年的适用第二档期限', 'the second length from five years on'),
  ),
  months(
    'shortTerm',
    text('缴费不足5年：最长领取月数', 'most months, less than five years'),
    12,
    length('满1年不足5年最长12个月', 'at most 12 months'),
  ),
  months(
    'middleTerm',
    text('缴费5年不足10年：最长领取月数', 'most months, five to ten years'),
    18,
    length('最长18个月', 'at most 18 months'),
  ),
  months('longTerm', text('缴费满10年：最长领取月数', 'most months, ten years or more'), 24, length('最长24个月', 'at most 24 months')),
];

const conditions = (zh: string, en: string): Cite => regulation('第十四条', zh, en);

export const rulesOf = ({ document }: Version): Rule[] => [
  {
    id: 'person',
    when: "payeeKind == 'citizen'",
    reason: text('由失业人员本人申领', 'the unemployed person applies'),
    cite: conditions('由失业人员申领', 'drawn by the unemployed person'),
  },
  {
    id: 'least-contributions',
    when: 'contributionMonths >= p.leastMonths',
    reason: text('单位和本人应已累计缴费满1年', 'units and person must have paid contributions for a year'),
    cite: benefitGround(document, 'lower'),
  },
  {
    id: 'involuntary',
    when: 'involuntary',
    reason: text('应为非因本人意愿中断就业', 'the job must have been lost without wanting to'),
    cite: conditions('非因本人意愿中断就业', 'the job was lost without wanting to'),
  },
  {
    id: 'registered',
    when: 'registered',
    reason: text('应已办理失业登记并有求职要求', 'the person must be registered as unemployed and look for work'),
    cite: conditions('已办理失业登记，并有求职要求', 'registered as unemployed and looking for work'),
  },
  {
    id: 'still-unemployed',
    when: 'unemployed',
    reason: text('当月应仍为失业状态', 'the person must still be unemployed in the month'),
    cite: regulation('第十五条', '重新就业的停止领取', 'ends with a new job'),
    per: 'period',
  },
];

export const amountsOf = ({ document }: Version): Record<string, AmountRule> => ({
  benefit: {
    fen: BENEFIT_OF_MONTH,
    label: text('本月失业保险金', 'benefit of the month'),
    per: 'period',
    cite: benefitGround(document, 'upper'),
  },
});

/** What ends the benefit before its time. */
export const stopsOf = () => benefitStops(regulation('第十五条', '出现停止领取的情形', 'one of the cases that end the benefit'));
