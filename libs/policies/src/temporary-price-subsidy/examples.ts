import { text } from '../documents/document.js';
import type { Facts, WorkedExample } from '../policy.js';

const person = (change: Facts = {}): Facts => ({
  payeeKind: 'citizen',
  payeeKey: 'person-1',
  declaredOn: '2020-03-20',
  monthFrom: '2020-03-01',
  monthTo: '2020-03-31',
  cpiRise: 35,
  foodRise: 0,
  drewBenefit: true,
  ...change,
});

const judged = (zh: string, en: string, change: Facts, unmet: readonly string[] = []): WorkedExample => ({
  name: text(zh, en),
  facts: person(change),
  expect: unmet.length === 0 ? { eligible: true } : { eligible: false, unmet },
});

/** The thresholds and the amount are samples: the document gives none. */
export const examples: readonly WorkedExample[] = [
  {
    name: text('达到启动条件：按标准发放一次', 'prices rose enough: paid once at the set amount'),
    facts: person(),
    set: { subsidyFen: '7200' },
    expect: {
      eligible: true,
      inWindow: true,
      unmet: [],
      amounts: { subsidy: '7200' },
      remainderFen: '7200',
      recoverFen: '0',
      keys: ['temporary-price-subsidy person-1'],
    },
  },
  judged('CPI涨幅3.4%、食品5.9%：未达到', 'CPI 3.4 %, food 5.9 %: not enough', { cpiRise: 34, foodRise: 59 }, ['prices-rose']),
  judged('CPI涨幅3.5%', 'CPI 3.5 %', { cpiRise: 35 }),
  judged('食品涨幅5.9%：未达到', 'food 5.9 %: not enough', { cpiRise: 0, foodRise: 59 }, ['prices-rose']),
  judged('CPI涨幅3.6%', 'CPI 3.6 %', { cpiRise: 36 }),
  judged('食品涨幅6.0%', 'food 6.0 %', { cpiRise: 0, foodRise: 60 }),
  judged('食品涨幅6.1%', 'food 6.1 %', { cpiRise: 0, foodRise: 61 }),
  judged('启动月份未领取失业待遇', 'no benefit in that month', { drewBenefit: false }, ['on-benefit']),
  judged('跨两个月', 'two months', { monthTo: '2020-04-01' }, ['whole-month']),
  judged('单位不是发放对象', 'an employer is nobody to be paid', { payeeKind: 'unit' }, ['person']),
  {
    name: text('疫情防控期最后一日宣布', 'declared on the last day of epidemic control'),
    facts: person({ declaredOn: '2023-01-08' }),
    set: { epidemicTo: '2023-01-08' },
    expect: { inWindow: true },
  },
  {
    name: text('疫情防控期结束后宣布', 'declared after epidemic control'),
    facts: person({ declaredOn: '2023-01-09' }),
    set: { epidemicTo: '2023-01-08' },
    expect: { eligible: true, inWindow: false },
  },
  {
    name: text('疫情防控期开始前宣布', 'declared before epidemic control'),
    facts: person({ declaredOn: '2020-01-23' }),
    expect: { inWindow: false },
  },
];
