import { choice, type Grounds, text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { caseFacts } from '../tables/case-facts.js';

const fact = (type: 'bool' | 'date' | 'string' | 'int' | 'person', zh: string, en: string): Fact => ({
  type,
  label: text(zh, en),
  from: 'data',
});

export const factsOf = (): Record<string, Fact> => ({
  ...caseFacts,
  borrower: fact('person', '借款人代码', 'token of the borrower'),
  loanNumber: fact('string', '贷款合同编号', 'number of the loan'),
  unemployedBorrower: fact('bool', '借款人申请时未就业', 'the borrower was out of work when applying'),
  carrier: {
    ...fact('string', '创业载体', 'kind of business'),
    oneOf: [
      choice('NIGHT_ECONOMY', '夜经济', 'night economy'),
      choice('SMALL_SHOP', '小店经济', 'small shop'),
      choice('RIDE_HAILING', '网约车', 'ride hailing'),
    ],
    others: 'carriers',
  },
  appliedOn: fact('date', '贷款申请日', 'day the loan was applied for'),
  disbursedOn: fact('date', '贷款发放日', 'day the loan was paid out'),
  principalFen: fact('int', '贷款本金', 'principal'),
  afterSharingTerm: fact('bool', '本案申报的是12个月以后的利息', 'this case claims interest after the first twelve months'),
  interestFen: { ...fact('int', '本期应贴利息', 'interest of the period to be subsidised'), per: 'period' },
  performing: { ...fact('bool', '本期未违约', 'no default in the period'), per: 'period' },
});

const who = '对未就业人员借助“夜经济”“小店经济”以及网约车等创业载体实现自主创业的';
const loan = '新申请最高不超过10万元的创业担保贷款';
const time = '自本文印发之日起到2020年12月31日';
const central = '中央财政按现行政策承担30%';
const provincial = '省财政承担比例由现行25%增加到50%';
const local = '市县财政承担比例由现行45%减少到20%';

const share = (grounds: Grounds, key: string, zh: string, en: string, value: string, quote: string): Parameter => ({
  key,
  label: text(zh, en),
  value,
  cite: grounds.stated(quote),
});

export const parametersOf = (grounds: Grounds): Parameter[] => [
  share(grounds, 'centralShare', '中央财政承担比例', 'share of the central government', '30%', central),
  share(grounds, 'provinceShare', '省财政承担比例（调整后）', 'share of the province, new', '50%', provincial),
  share(grounds, 'localShare', '市县财政承担比例（调整后）', 'share of city and county, new', '20%', local),
  share(grounds, 'oldProvinceShare', '省财政承担比例（现行）', 'share of the province, as before', '25%', provincial),
  share(grounds, 'oldLocalShare', '市县财政承担比例（现行）', 'share of city and county, as before', '45%', local),
  {
    key: 'newSplitFrom',
    label: text('新分担比例：贷款申请起始日', 'new split: first day of application'),
    value: '2020-11-01',
    cite: grounds.stated(time),
  },
  {
    key: 'newSplitTo',
    label: text('新分担比例：贷款申请截止日', 'new split: last day of application'),
    value: '2020-12-31',
    cite: grounds.stated(time),
  },
  { key: 'maxPrincipalFen', label: text('贷款本金上限', 'largest principal'), value: '10000000', cite: grounds.stated(loan) },
  {
    key: 'carriers',
    label: text('创业载体', 'kinds of business'),
    value: ['NIGHT_ECONOMY', 'SMALL_SHOP', 'RIDE_HAILING'],
    cite: grounds.inferred(who, text('“等”为未尽列举，可增列。', '"And such" leaves the list open; more may be added.')),
  },
  {
    key: 'enabled',
    label: text('本地区适用省级分担政策', 'the sharing of the province holds in this place'),
    value: true,
    cite: grounds.inferred('减轻基层创业担保贷款贴息负担', text('面向全省各市。', 'Meant for the cities of the province.')),
  },
  {
    key: 'enabled',
    label: text('本地区适用省级分担政策', 'the sharing of the province holds in this place'),
    value: false,
    scope: 'CN-2102',
    cite: grounds.open(
      text(
        '大连市为计划单列市，且391号文未载此项；默认不适用，可改设。',
        'Dalian is listed separately in the state plan and its own notice leaves this out; off by default, may be set.',
      ),
    ),
  },
  {
    key: 'sharingTermMode',
    label: text('“期限12个月”的口径', 'reading of "for twelve months"'),
    value: 'FIRST_TWELVE_MONTHS',
    oneOf: [
      {
        value: 'FIRST_TWELVE_MONTHS',
        label: text('每笔贷款前12个月的利息按新比例，其后按现行比例', 'interest of each loan’s first twelve months, then as before'),
      },
      { value: 'WHOLE_LOAN', label: text('贷款全期按新比例', 'interest of the whole loan') },
    ],
    cite: grounds.inferred(
      '期限12个月',
      text(
        '读作每笔贷款前12个月的利息；其后按现行比例，另案申报。',
        'Read as the interest of each loan’s first twelve months; later interest is claimed in a case of its own.',
      ),
    ),
  },
  {
    key: 'sharingMonths',
    label: text('新分担比例的月数', 'months of the new split'),
    value: 12,
    range: { least: 1, most: 120 },
    cite: grounds.stated('期限12个月'),
  },
  {
    key: 'sharingQuarters',
    label: text('新分担比例的结息季数', 'quarters of the new split'),
    value: 4,
    range: { least: 1, most: 40 },
    cite: grounds.inferred('期限12个月', text('按季结息，12个月为4季。', 'Interest is settled by quarter: four in twelve months.')),
  },
  {
    key: 'loanQuarters',
    label: text('一案最多结息季数（现行比例）', 'most quarters of a case as before'),
    value: 12,
    range: { least: 1, most: 40 },
    cite: grounds.open(text('文件未规定贷款期限；默认最长3年。', 'The document sets no length of a loan; three years by default.')),
  },
];

export const rulesOf = (grounds: Grounds): Rule[] => [
  {
    id: 'bank-applies',
    when: "payeeKind == 'bank'",
    reason: text('由贷款银行申报贴息', 'the lending bank claims the subsidy'),
    cite: grounds.inferred(
      '减轻基层创业担保贷款贴息负担',
      text('贴息经贷款银行结算。', 'The subsidy is settled through the lending bank.'),
    ),
  },
  {
    id: 'place-included',
    when: 'p.enabled',
    reason: text('本地区应适用省级分担政策', 'the sharing of the province must hold in this place'),
    cite: grounds.inferred(
      '减轻基层创业担保贷款贴息负担',
      text('面向全省各市；大连市默认除外。', 'Meant for the cities of the province; Dalian is left out by default.'),
    ),
  },
  {
    id: 'unemployed-borrower',
    when: 'unemployedBorrower',
    reason: text('借款人应为未就业人员', 'the borrower must be out of work'),
    cite: grounds.stated(who),
  },
  {
    id: 'carrier',
    when: 'carrier in p.carriers',
    reason: text('应借助所列创业载体自主创业', 'the business must be one of the kinds named'),
    cite: grounds.stated(who),
  },
  {
    id: 'principal',
    when: 'principalFen <= p.maxPrincipalFen',
    reason: text('贷款最高不超过10万元', 'the loan must not exceed 100,000 yuan'),
    cite: grounds.inferred(loan, text('超过的，整笔贷款不适用。', 'Above that the whole loan is out, not only the part above.')),
  },
  {
    id: 'during-loan',
    when: 'periodTo >= disbursedOn',
    reason: text('计息期应在贷款发放之后', 'the period must follow the day the loan was paid out'),
    cite: grounds.open(text('由系统规定。', 'A rule of the system.')),
    per: 'period',
  },
  {
    id: 'in-its-term',
    when: "!splitsAnew || p.sharingTermMode == 'WHOLE_LOAN' || periodFrom < addMonths(disbursedOn, p.sharingMonths)",
    reason: text('新分担比例以12个月为限', 'the new split holds for twelve months'),
    cite: grounds.inferred('期限12个月', text('自贷款发放日起算。', 'Counted from the day the loan was paid out.')),
    per: 'period',
  },
  {
    id: 'performing',
    when: 'performing',
    reason: text('违约期间不予贴息', 'nothing is paid for a period in default'),
    cite: grounds.open(
      text('文件未规定违约的后果；默认违约期间不贴息。', 'The document is silent on default; by default nothing is paid for it.'),
    ),
    per: 'period',
  },
];

/** The condition that decides between the two splits. */
export const NEW_SPLIT =
  "appliedOn >= p.newSplitFrom && appliedOn <= p.newSplitTo && (p.sharingTermMode == 'WHOLE_LOAN' || !afterSharingTerm)";

export const amountsOf = (grounds: Grounds): Record<string, AmountRule> => ({
  interest: {
    fen: 'interestFen',
    label: text('本期贴息', 'interest subsidy of the period'),
    per: 'period',
    cite: grounds.inferred('调整财政贴息分担比例', text('只调整分担，贴息总额不变。', 'Only the sharing changes, not the amount.')),
  },
});
