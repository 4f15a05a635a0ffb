import { choice, type Grounds, text } from '../documents/document.js';
import type { AmountRule, Cite, Fact, Parameter, Rule } from '../policy.js';
import { caseFacts } from '../tables/case-facts.js';

const fact = (type: 'bool' | 'string' | 'date', zh: string, en: string): Fact => ({ type, label: text(zh, en), from: 'data' });

export const factsOf = (): Record<string, Fact> => ({
  ...caseFacts,
  form: {
    ...fact('string', '发放方式', 'form of the aid'),
    oneOf: [
      choice('ONE_OFF', '一次性', 'once'),
      choice('TEMPORARY', '临时按月', 'for a time, by month'),
      choice('BOTH', '两种都申请', 'both'),
    ],
  },
  unemployedPerson: fact('bool', '失业人员', 'is unemployed'),
  meetsCriteria: fact('bool', '符合当地规定的发放条件', 'meets the criteria of the place'),
  aidFrom: { ...fact('date', '一次性补助所属月份首日', 'first day of the month of the one-off aid'), optional: true },
  aidUntil: { ...fact('date', '一次性补助所属月份末日', 'last day of the month of the one-off aid'), optional: true },
  unemployed: { ...fact('bool', '本月仍为失业状态', 'still unemployed in the month'), per: 'period' },
});

const NAMED = '为符合条件的失业人员及时发放失业保险金、失业补助金、一次性生活补助或临时生活补助';

const amount = (grounds: Grounds, key: string, zh: string, en: string, value: string): Parameter => ({
  key,
  label: text(zh, en),
  value,
  sample: true,
  cite: grounds.open(text('文件未载标准；默认值为示例。', 'The document gives no amount; the default is a sample.')),
});

export const parametersOf = (grounds: Grounds): Parameter[] => [
  amount(grounds, 'oneOffFen', '一次性生活补助标准', 'amount of the one-off aid', '200000'),
  amount(grounds, 'monthlyFen', '临时生活补助月标准', 'amount of the temporary aid for a month', '50000'),
  {
    key: 'maxMonths',
    label: text('临时生活补助最长月数', 'most months of temporary aid'),
    value: 6,
    range: { least: 1, most: 24 },
    cite: grounds.open(text('文件未规定期限；默认6个月。', 'The document sets no length; six months by default.')),
  },
];

const forms = (grounds: Grounds): Cite =>
  grounds.inferred('一次性生活补助或临时生活补助', text('“或”读作两者择一。', '"Or" is read as one of the two, not both.'));

export const rulesOf = (grounds: Grounds): Rule[] => [
  {
    id: 'person',
    when: "payeeKind == 'citizen' && unemployedPerson",
    reason: text('应为失业人员本人', 'an unemployed person must apply'),
    cite: grounds.stated(NAMED),
  },
  {
    id: 'criteria',
    when: 'meetsCriteria',
    reason: text('应符合当地规定的发放条件', 'the criteria of the place must be met'),
    cite: grounds.inferred(
      '符合条件的失业人员',
      text('条件未载明，由各地规定、由经办人核定。', 'The criteria are not given: the place sets them and the office judges.'),
    ),
  },
  {
    id: 'one-form',
    when: "form in ['ONE_OFF', 'TEMPORARY']",
    reason: text('应选定一次性或临时生活补助之一', 'one of the two forms must be chosen'),
    cite: forms(grounds),
  },
  {
    id: 'month-of-one-off',
    when: "form != 'ONE_OFF' || (aidFrom < aidUntil && aidUntil < addMonths(aidFrom, 1))",
    reason: text('一次性补助应注明所属月份', 'the one-off aid must name its month'),
    cite: grounds.open(
      text('为按月核对不重复发放而设，由系统规定。', 'Asked so that nobody is paid twice for a month; a rule of the system.'),
    ),
  },
  {
    id: 'still-unemployed',
    when: 'unemployed',
    reason: text('当月应仍为失业状态', 'the person must still be unemployed in the month'),
    cite: grounds.stated(NAMED),
    per: 'period',
  },
];

const silent = (grounds: Grounds): Cite => grounds.open(text('文件未载标准。', 'The document gives no amount.'));

export const amountsOf = (grounds: Grounds): Record<string, AmountRule> => ({
  oneOffAid: { fen: 'p.oneOffFen', label: text('一次性生活补助', 'one-off living aid'), cite: silent(grounds) },
  monthlyAid: {
    fen: 'p.monthlyFen',
    label: text('本月临时生活补助', 'temporary living aid of the month'),
    per: 'period',
    cite: silent(grounds),
  },
});
