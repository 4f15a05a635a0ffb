import { text } from '../documents/document.js';
import type { Facts, WorkedExample } from '../policy.js';

const loan = (change: Facts = {}): Facts => ({
  payeeKind: 'bank',
  payeeKey: 'bank-1',
  borrower: 'person-1',
  loanNumber: 'L-1',
  personalStartupLoan: true,
  disbursed: true,
  infected: true,
  extensionRequested: true,
  originalMaturity: '2020-03-15',
  extendedMaturity: '2021-03-15',
  exceptionApproved: false,
  ...change,
});

const quarter = (id: string, change: Facts = {}) => ({ id, facts: { interestFen: '108750', performing: true, ...change } });
const judged = (
  zh: string,
  en: string,
  change: Facts,
  unmet: readonly string[] = [],
  more: Partial<WorkedExample> = {},
): WorkedExample => ({
  name: text(zh, en),
  facts: loan(change),
  ...more,
  expect: unmet.length === 0 ? { eligible: true } : { eligible: false, unmet },
});

/** A loan due on 15 March 2020 may be extended to 15 March 2021 and no further, unless that was approved specially. */
export const examples: readonly WorkedExample[] = [
  {
    name: text('本期利息1087.50元，全额贴息', 'interest of 1,087.50 yuan, all of it subsidised'),
    facts: loan(),
    period: quarter('2020-Q2'),
    expect: {
      eligible: true,
      inWindow: true,
      unmet: [],
      amounts: { interest: '108750' },
      keys: ['startup-loan-interest bank-1:L-1'],
    },
  },
  {
    name: text('原有规定贴息一半时：543.75元', 'where the existing rule subsidises half: 543.75'),
    facts: loan(),
    set: { interestShare: '50%' },
    period: quarter('2020-Q2'),
    expect: { amounts: { interest: '54375' } },
  },
  judged('展期至2021年3月14日', 'extended to 14 March 2021', { extendedMaturity: '2021-03-14' }),
  judged('展期至2021年3月15日：恰为1年', 'extended to 15 March 2021: a year exactly', {}),
  judged('展期至2021年3月16日：超过1年', 'extended to 16 March 2021: more than a year', { extendedMaturity: '2021-03-16' }, [
    'within-a-year',
  ]),
  judged('超过1年但已专项审批', 'more than a year, approved specially', { extendedMaturity: '2021-03-16', exceptionApproved: true }),
  judged('不容许例外时', 'where no exception is allowed', { extendedMaturity: '2021-03-16', exceptionApproved: true }, ['within-a-year'], {
    set: { exceptionApproval: false },
  }),
  judged('展期首季：2020年第一季度', 'the first quarter: 2020-Q1', {}, [], { period: quarter('2020-Q1') }),
  judged('展期末季：2021年第一季度', 'the last quarter: 2021-Q1', {}, [], { period: quarter('2021-Q1') }),
  judged('展期之前的季度', 'a quarter before the extension', {}, ['within-extension'], { period: quarter('2019-Q4') }),
  judged('展期之后的季度', 'a quarter after the extension', {}, ['within-extension'], { period: quarter('2021-Q2') }),
  judged('违约的季度', 'a quarter in default', {}, ['performing'], { period: quarter('2020-Q3', { performing: false }) }),
  judged('企业贷款', 'a loan to an enterprise', { personalStartupLoan: false }, ['personal-startup-loan']),
  judged('贷款未发放', 'the loan was not paid out', { disbursed: false }, ['disbursed']),
  judged('借款人未患病', 'the borrower was not ill', { infected: false }, ['infected']),
  judged('未申请展期', 'no extension asked for', { extensionRequested: false }, ['extension-requested']),
  judged('由借款人申报', 'the borrower applies', { payeeKind: 'citizen' }, ['bank-applies']),
  {
    name: text('失去收入来源：优先办理', 'lost the source of income: handled first'),
    facts: loan({ incomeLost: true }),
    expect: { eligible: true, conditions: { priority: true } },
  },
];
