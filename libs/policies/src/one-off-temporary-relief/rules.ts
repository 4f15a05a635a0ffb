import { type Grounds, text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { caseFacts } from '../tables/case-facts.js';

const fact = (type: 'int' | 'bool', from: 'data' | 'form', zh: string, en: string): Fact => ({ type, label: text(zh, en), from });

export const factsOf = (): Record<string, Fact> => ({
  ...caseFacts,
  unemployed: fact('bool', 'data', '失业', 'unemployed'),
  cannotReturn: fact('bool', 'form', '受疫情影响无法返岗复工', 'cannot return to work because of the epidemic'),
  monthsWithoutIncome: fact('int', 'form', '连续无收入来源的月数', 'months without income in a row'),
  livingDifficulty: fact('bool', 'form', '生活困难', 'in difficulty'),
  insured: fact('bool', 'data', '已参加失业保险', 'insured against unemployment'),
  coveredByInsurance: fact('bool', 'data', '失业保险政策能够覆盖', 'covered by the policies of unemployment insurance'),
  onMinimumAllowance: fact('bool', 'data', '已纳入低保', 'on minimum living allowance'),
  appliedInPerson: fact('bool', 'form', '本人申请', 'applies in person'),
  residesHere: fact('bool', 'form', '经常居住地在受理地', 'habitually resides in the district of this office'),
});

const WHO =
  '对受疫情影响无法返岗复工、连续3个月无收入来源，生活困难且失业保险政策无法覆盖的农民工等未参保失业人员，未纳入低保范围的，经本人申请，由经常居住地发放一次性临时救助金';

export const parametersOf = (grounds: Grounds): Parameter[] => [
  {
    key: 'leastMonthsWithoutIncome',
    label: text('连续无收入来源的最少月数', 'least months without income in a row'),
    value: 3,
    range: { least: 1, most: 60 },
    cite: grounds.stated('连续3个月无收入来源'),
  },
  {
    key: 'reliefFen',
    label: text('一次性临时救助金标准', 'amount of the relief'),
    value: '100000',
    sample: true,
    cite: grounds.open(text('文件未载标准；默认值为示例。', 'The document gives no amount; the default is a sample.')),
  },
];

export const rulesOf = (grounds: Grounds): Rule[] => {
  const rule = (id: string, when: string, zh: string, en: string, quote: string): Rule => ({
    id,
    when,
    reason: text(zh, en),
    cite: grounds.stated(quote),
  });
  return [
    rule('applied-in-person', "payeeKind == 'citizen' && appliedInPerson", '须经本人申请', 'the person must apply', '经本人申请'),
    rule('unemployed', 'unemployed', '应为失业人员', 'the person must be unemployed', '农民工等未参保失业人员'),
    rule(
      'cannot-return',
      'cannotReturn',
      '应受疫情影响无法返岗复工',
      'the epidemic must keep the person from returning to work',
      '受疫情影响无法返岗复工',
    ),
    rule(
      'without-income',
      'monthsWithoutIncome >= p.leastMonthsWithoutIncome',
      '应连续3个月无收入来源',
      'there must have been no income for three months in a row',
      '连续3个月无收入来源',
    ),
    rule('in-difficulty', 'livingDifficulty', '应生活困难', 'the person must be in difficulty', '生活困难'),
    rule('uninsured', '!insured', '应未参加失业保险', 'the person must not be insured against unemployment', '未参保失业人员'),
    rule(
      'not-covered',
      '!coveredByInsurance',
      '失业保险政策应无法覆盖',
      'unemployment insurance must not cover the person',
      '失业保险政策无法覆盖',
    ),
    rule(
      'no-minimum-allowance',
      '!onMinimumAllowance',
      '应未纳入低保范围',
      'the person must not be on minimum living allowance',
      '未纳入低保范围的',
    ),
    rule(
      'habitual-residence',
      'residesHere',
      '由经常居住地受理并发放',
      'the place of habitual residence accepts and pays',
      '由经常居住地发放一次性临时救助金',
    ),
  ];
};

export const amountsOf = (grounds: Grounds): Record<string, AmountRule> => ({
  relief: {
    fen: 'p.reliefFen',
    label: text('一次性临时救助金', 'one-off temporary relief'),
    cite: grounds.inferred(WHO, text('一人一次，标准由参数设定。', 'Once for a person; the amount is a parameter.')),
  },
});
