import { type Grounds, text } from '../documents/document.js';
import type { AmountRule, Cite, Fact, Parameter, Rule, Text } from '../policy.js';
import { caseFacts } from '../tables/case-facts.js';

const fact = (type: 'int' | 'bool' | 'date', zh: string, en: string): Fact => ({ type, label: text(zh, en), from: 'data' });

/** Indices are told in tenths of a percentage point: 35 is 3.5 %; a fall is told as 0. */
export const factsOf = (): Record<string, Fact> => ({
  ...caseFacts,
  declaredOn: fact('date', '宣布启动之日', 'day the office declared it due'),
  monthFrom: fact('date', '启动月份首日', 'first day of the month it is due for'),
  monthTo: fact('date', '启动月份末日', 'last day of the month it is due for'),
  cpiRise: fact('int', 'CPI同比涨幅（千分点）', 'rise of the CPI over a year (tenths of a point)'),
  foodRise: fact('int', '食品价格同比涨幅（千分点）', 'rise of food prices over a year (tenths of a point)'),
  drewBenefit: fact('bool', '启动月份领取失业保险金或失业补助金', 'drew unemployment benefit or assistance in that month'),
});

const silent = (zh: string, en: string, { open }: Grounds): Cite => open(text(zh, en));

const rise = (grounds: Grounds, key: string, label: Text, value: number): Parameter => ({
  key,
  label,
  value,
  range: { least: 1, most: 1000 },
  sample: true,
  cite: silent(
    '文件未载启动条件；默认值为示例，正式使用前应按价格主管部门的规定设定。',
    'The document gives no threshold; the default is a sample, to be set from the price authority’s rule before use.',
    grounds,
  ),
});

export const parametersOf = (grounds: Grounds): Parameter[] => [
  rise(grounds, 'cpiThreshold', text('CPI同比涨幅启动线（千分点）', 'rise of the CPI that makes it due (tenths of a point)'), 35),
  rise(grounds, 'foodThreshold', text('食品价格同比涨幅启动线（千分点）', 'rise of food prices that makes it due (tenths of a point)'), 60),
  {
    key: 'subsidyFen',
    label: text('每人每月补贴标准', 'subsidy for a person and month'),
    value: '5000',
    sample: true,
    cite: silent('文件未载补贴标准；默认值为示例。', 'The document gives no amount; the default is a sample.', grounds),
  },
];

const quote = '密切关注CPI及食品价格指数，及时组织做好价格临时补贴发放工作';

export const rulesOf = (grounds: Grounds): Rule[] => [
  {
    id: 'person',
    when: "payeeKind == 'citizen'",
    reason: text('补贴发放给个人', 'the subsidy goes to people'),
    cite: silent('文件未列发放对象；默认为领取失业待遇的个人。', 'The document does not say who; by default people on benefit.', grounds),
  },
  {
    id: 'on-benefit',
    when: 'drewBenefit',
    reason: text('启动月份应领取失业保险金或失业补助金', 'the person must have drawn benefit or assistance in that month'),
    cite: grounds.inferred(
      '提高失业人员基本待遇标准',
      text(
        '本条规定失业人员待遇，故默认发放给领取失业待遇人员。',
        'The clause is about people on benefit, so they are the ones by default.',
      ),
    ),
  },
  {
    id: 'prices-rose',
    when: 'cpiRise >= p.cpiThreshold || foodRise >= p.foodThreshold',
    reason: text('物价涨幅应达到启动条件', 'prices must have risen enough'),
    cite: grounds.inferred(
      quote,
      text('关注指数即以指数为启动条件；“达到”含本数。', 'Watching the indices means they decide; reaching the line is enough.'),
    ),
  },
  {
    id: 'whole-month',
    when: 'monthFrom < monthTo && monthTo < addMonths(monthFrom, 1)',
    reason: text('起止日应在同一启动月份之内', 'both days must lie in one month'),
    cite: silent('补贴按月发放，由系统规定。', 'Paid by month; a rule of the system.', grounds),
  },
];

export const amountsOf = (grounds: Grounds): Record<string, AmountRule> => ({
  subsidy: {
    fen: 'p.subsidyFen',
    label: text('价格临时补贴', 'price subsidy'),
    cite: silent('文件未载补贴标准。', 'The document gives no amount.', grounds),
  },
});
