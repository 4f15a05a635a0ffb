import { text } from '../documents/document.js';
import type { Facts, WorkedExample } from '../policy.js';

const loan = (change: Facts = {}): Facts => ({
  payeeKind: 'bank',
  payeeKey: 'bank-1',
  borrower: 'person-1',
  loanNumber: 'L-1',
  unemployedBorrower: true,
  carrier: 'NIGHT_ECONOMY',
  appliedOn: '2020-11-20',
  disbursedOn: '2020-12-01',
  principalFen: '10000000',
  afterSharingTerm: false,
  ...change,
});

const quarter = (id: string, change: Facts = {}) => ({ id, facts: { interestFen: '435000', performing: true, ...change } });
const interestOf = (interestFen: string) => quarter('2021-Q1', { interestFen });

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

const splits = (zh: string, en: string, change: Facts, splitsAnew: boolean, F9C: string, F9P: string, F9L: string): WorkedExample => ({
  name: text(zh, en),
  facts: loan(change),
  period: quarter('2021-Q1'),
  expect: {
    eligible: true,
    conditions: { splitsAnew },
    amounts: { interest: '435000' },
    counts: { 'interest.term': splitsAnew ? 4 : 12 },
    funds: { of: 'interest', fen: { F9C, F9P, F9L } },
  },
});

/** 4,350.00 yuan of interest: 1,305.00, 2,175.00 and 870.00; the odd fen falls to city and county. */
export const examples: readonly WorkedExample[] = [
  {
    name: text('利息4350元：中央1305、省2175、市县870', 'interest of 4,350: centre 1,305, province 2,175, city and county 870'),
    facts: loan(),
    place: 'CN-2101',
    period: interestOf('435000'),
    expect: {
      eligible: true,
      inWindow: true,
      unmet: [],
      conditions: { splitsAnew: true },
      amounts: { interest: '435000' },
      funds: { of: 'interest', fen: { F9C: '130500', F9P: '217500', F9L: '87000' } },
      keys: ['startup-loan-interest bank-1:L-1'],
    },
  },
  {
    name: text('利息4350.01元：余分归市县', 'interest of 4,350.01: the odd fen falls to city and county'),
    facts: loan(),
    period: interestOf('435001'),
    expect: { funds: { of: 'interest', fen: { F9C: '130500', F9P: '217500', F9L: '87001' } } },
  },
  splits(
    '2020年11月1日申请：新比例',
    'applied for on 1 November 2020: the new split',
    { appliedOn: '2020-11-01' },
    true,
    '130500',
    '217500',
    '87000',
  ),
  splits(
    '2020年10月31日申请：现行比例',
    'applied for on 31 October 2020: as before',
    { appliedOn: '2020-10-31' },
    false,
    '130500',
    '108750',
    '195750',
  ),
  splits(
    '2020年12月31日申请：新比例',
    'applied for on 31 December 2020: the new split',
    { appliedOn: '2020-12-31' },
    true,
    '130500',
    '217500',
    '87000',
  ),
  splits(
    '2021年1月1日申请：现行比例',
    'applied for on 1 January 2021: as before',
    { appliedOn: '2021-01-01' },
    false,
    '130500',
    '108750',
    '195750',
  ),
  splits(
    '12个月以后的利息另案：现行比例',
    'interest after twelve months, in a case of its own: as before',
    { afterSharingTerm: true },
    false,
    '130500',
    '108750',
    '195750',
  ),
  {
    name: text('按贷款全期执行时：12个月以后仍按新比例', 'read as the whole loan: the new split after twelve months too'),
    facts: loan({ afterSharingTerm: true }),
    set: { sharingTermMode: 'WHOLE_LOAN' },
    period: quarter('2022-Q2'),
    expect: { eligible: true, conditions: { splitsAnew: true }, counts: { 'interest.term': 12 } },
  },
  judged('本金99999.99元', 'principal of 99,999.99', { principalFen: '9999999' }),
  judged('本金100000元', 'principal of 100,000', { principalFen: '10000000' }),
  judged('本金100000.01元：整笔不适用', 'principal of 100,000.01: the whole loan is out', { principalFen: '10000001' }, ['principal']),
  judged('12个月内最后一季：2021年第四季度', 'the last quarter of the twelve months: 2021-Q4', {}, [], { period: quarter('2021-Q4') }),
  judged('12个月以后的季度', 'a quarter after the twelve months', {}, ['in-its-term'], { period: quarter('2022-Q1') }),
  judged('发放之前的季度', 'a quarter before the loan was paid out', {}, ['during-loan'], { period: quarter('2020-Q3') }),
  judged('违约的季度', 'a quarter in default', {}, ['performing'], { period: quarter('2021-Q1', { performing: false }) }),
  judged('小店经济', 'a small shop', { carrier: 'SMALL_SHOP' }),
  judged('网约车', 'ride hailing', { carrier: 'RIDE_HAILING' }),
  judged('其他载体', 'another kind of business', { carrier: 'FACTORY' }, ['carrier']),
  judged('借款人已就业', 'the borrower was in work', { unemployedBorrower: false }, ['unemployed-borrower']),
  judged('由借款人申报', 'the borrower applies', { payeeKind: 'citizen' }, ['bank-applies']),
  judged('沈阳市：适用', 'Shenyang: it holds', {}, [], { place: 'CN-2101' }),
  judged('大连市：默认不适用', 'Dalian: off by default', {}, ['place-included'], { place: 'CN-210211' }),
];
