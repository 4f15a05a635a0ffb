import { text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { BENEFIT_OF_MONTH, benefitGround, benefitRates } from '../tables/benefit-rates.js';
import { benefitStops } from '../tables/benefit-stops.js';
import { caseFacts } from '../tables/case-facts.js';
import type { Version } from './index.js';

const fact = (type: 'int' | 'bool', zh: string, en: string): Fact => ({ type, label: text(zh, en), from: 'data' });

export const factsOf = (): Record<string, Fact> => ({
  ...caseFacts,
  insured: fact('bool', '失业前已参加失业保险', 'was insured against unemployment'),
  contributionMonths: fact('int', '失业前单位和本人累计缴费月数', 'months of contributions of units and person before unemployment'),
  personalReasons: fact('bool', '因个人原因解除劳动合同', 'ended the labour contract for personal reasons'),
  benefitUsedUp: fact('bool', '领取失业保险金期满仍未就业', 'unemployment benefit used up and still without work'),
  unemployed: { ...fact('bool', '本月仍为失业状态', 'still unemployed in the month'), per: 'period' },
});

export const parametersOf = ({ document, grounds, coverage }: Version): Parameter[] => [
  ...benefitRates(document),
  {
    key: 'assistanceShare',
    label: text('失业补助金占失业保险金标准的比例', 'share of unemployment benefit'),
    value: '95%',
    cite: benefitGround(document, 'assistance'),
  },
  {
    key: 'coverage',
    label: text('发放对象', 'who draws it'),
    value: coverage.value,
    oneOf: [
      { value: 'PERSONAL_REASONS', label: text('因个人原因解除劳动合同的参保人员', 'insured people who ended their contract themselves') },
      {
        value: 'NOT_COVERED',
        label: text(
          '不能领取失业保险金的参保失业人员（个人原因、缴费不足或领取期满）',
          'insured people without unemployment benefit (own reasons, few contributions, benefit used up)',
        ),
      },
    ],
    cite: coverage.cite,
  },
  {
    key: 'shortContributionTier',
    label: text('累计缴费不满1年者适用的标准', 'rate for less than a year of contributions'),
    value: 'LOWER',
    oneOf: [
      { value: 'LOWER', label: text('按不足10年一档', 'as for less than ten years') },
      { value: 'NONE', label: text('不予发放', 'nothing') },
    ],
    cite: grounds.open(
      text(
        '文件未规定不满1年者的标准；默认按不足10年一档。',
        'The document has no rate for less than a year; the lower one is taken by default.',
      ),
    ),
  },
  {
    key: 'maxMonths',
    label: text('最长发放月数', 'most months'),
    value: 6,
    range: { least: 1, most: 24 },
    cite: grounds.open(text('文件未规定发放期限；默认6个月。', 'The document sets no length; six months by default.')),
  },
];

export const rulesOf = ({ document, grounds, coverage }: Version): Rule[] => [
  {
    id: 'person',
    when: "payeeKind == 'citizen'",
    reason: text('由失业人员本人申领', 'the unemployed person applies'),
    cite: benefitGround(document, 'personal'),
  },
  {
    id: 'insured',
    when: 'insured',
    reason: text('应为参保人员', 'the person must have been insured'),
    cite: benefitGround(document, 'personal'),
  },
  {
    id: 'covered',
    when: "personalReasons || (p.coverage == 'NOT_COVERED' && (contributionMonths < p.leastMonths || benefitUsedUp))",
    reason: text('应属于发放对象', 'the person must belong to those who draw it'),
    cite: coverage.rule,
  },
  {
    id: 'rate-known',
    when: "contributionMonths >= p.leastMonths || p.shortContributionTier == 'LOWER'",
    reason: text('累计缴费应在有标准的范围内', 'there must be a rate for these contributions'),
    cite: grounds.open(text('文件未规定不满1年者的标准。', 'The document has no rate for less than a year.')),
  },
  {
    id: 'still-unemployed',
    when: 'unemployed',
    reason: text('当月应仍为失业状态', 'the person must still be unemployed in the month'),
    cite: benefitGround(document, 'personal'),
    per: 'period',
  },
  {
    id: 'during-control',
    when: "periodTo >= p.epidemicFrom && (p.epidemicTo == '' || periodFrom <= p.epidemicTo)",
    reason: text('当月应在疫情防控期间', 'the month must lie in the time of epidemic control'),
    cite: benefitGround(document, 'personal'),
    per: 'period',
  },
];

export const amountsOf = ({ document }: Version): Record<string, AmountRule> => ({
  benefit: {
    fen: BENEFIT_OF_MONTH,
    label: text('本月失业保险金标准', 'unemployment benefit of the month'),
    per: 'period',
    cite: benefitGround(document, 'upper'),
  },
  assistance: {
    fen: 'halfUp(benefit, p.assistanceShare)',
    label: text('本月失业补助金', 'assistance of the month'),
    per: 'period',
    cite: benefitGround(document, 'assistance', text('“参照”未明确取整；计至分、四舍五入。', 'Rounding is left open: to the nearest fen.')),
  },
});

/** What ends the assistance before its time. */
export const stopsOf = ({ grounds }: Version) =>
  benefitStops(
    grounds.open(text('文件未列停发情形；默认同失业保险金。', 'The document lists none; by default those of unemployment benefit.')),
  );
