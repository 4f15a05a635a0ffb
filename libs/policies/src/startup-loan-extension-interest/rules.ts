import { type Grounds, text } from '../documents/document.js';
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
  personalStartupLoan: fact('bool', '个人创业担保贷款', 'is a guaranteed startup loan to a person'),
  disbursed: fact('bool', '贷款已发放', 'the loan was paid out'),
  infected: fact('bool', '借款人患新型冠状病毒感染肺炎', 'the borrower fell ill with the new coronavirus'),
  extensionRequested: fact('bool', '借款人已向贷款银行申请展期', 'the borrower asked the bank for an extension'),
  originalMaturity: fact('date', '原到期日', 'day the loan was due'),
  extendedMaturity: fact('date', '展期到期日', 'day it is due after the extension'),
  exceptionApproved: fact('bool', '展期超过1年已专项审批', 'a longer extension was approved specially'),
  incomeLost: {
    ...fact('bool', '受疫情影响暂时失去收入来源', 'lost the source of income for a time because of the epidemic'),
    optional: true,
  },
  interestFen: { ...fact('int', '本期展期内应贴利息', 'interest of the period within the extension, to be subsidised'), per: 'period' },
  performing: { ...fact('bool', '本期未违约', 'no default in the period'), per: 'period' },
});

const bank = '借款人患新型冠状病毒感染肺炎的，可向贷款银行申请展期还款';
const year = '展期期限原则上不超过1年';

export const parametersOf = (grounds: Grounds): Parameter[] => [
  {
    key: 'maxExtensionMonths',
    label: text('展期最长月数', 'most months of extension'),
    value: 12,
    range: { least: 1, most: 120 },
    cite: grounds.stated(year),
  },
  {
    key: 'exceptionApproval',
    label: text('经专项审批可以超过1年', 'a longer extension is possible by special approval'),
    value: true,
    cite: grounds.inferred(
      year,
      text('“原则上”容许例外；例外须有审批记录。', '"In principle" allows exceptions; they need a recorded approval.'),
    ),
  },
  {
    key: 'interestShare',
    label: text('贴息占应贴利息的比例', 'share of the interest that is subsidised'),
    value: '100%',
    cite: grounds.open(
      text(
        '文件未载贴息比例；默认按该笔贷款原有规定算得的应贴利息全额。',
        'The document gives no share; by default all of the interest that the loan’s existing rule subsidises.',
      ),
    ),
  },
];

export const rulesOf = (grounds: Grounds): Rule[] => [
  {
    id: 'bank-applies',
    when: "payeeKind == 'bank'",
    reason: text('由贷款银行申报贴息', 'the lending bank claims the subsidy'),
    cite: grounds.inferred(
      bank,
      text('展期向贷款银行申请，贴息经银行结算。', 'The extension is asked of the bank, and the subsidy is settled through it.'),
    ),
  },
  {
    id: 'personal-startup-loan',
    when: 'personalStartupLoan',
    reason: text('应为个人创业担保贷款', 'the loan must be a guaranteed startup loan to a person'),
    cite: grounds.stated('对已发放个人创业担保贷款'),
  },
  {
    id: 'disbursed',
    when: 'disbursed',
    reason: text('贷款应已发放', 'the loan must have been paid out'),
    cite: grounds.stated('对已发放个人创业担保贷款'),
  },
  {
    id: 'infected',
    when: 'infected',
    reason: text('借款人应患新型冠状病毒感染肺炎', 'the borrower must have fallen ill with the new coronavirus'),
    cite: grounds.stated(bank),
  },
  {
    id: 'extension-requested',
    when: 'extensionRequested && extendedMaturity > originalMaturity',
    reason: text('借款人应已向贷款银行申请展期', 'the borrower must have asked the bank for an extension'),
    cite: grounds.stated(bank),
  },
  {
    id: 'within-a-year',
    when: 'extendedMaturity <= addMonths(originalMaturity, p.maxExtensionMonths) || (p.exceptionApproval && exceptionApproved)',
    reason: text('展期原则上不超过1年', 'the extension must in principle not exceed a year'),
    cite: grounds.stated(year),
  },
  {
    id: 'within-extension',
    when: 'periodTo >= originalMaturity && periodFrom < extendedMaturity',
    reason: text('计息期应在展期之内', 'the period must lie in the extension'),
    cite: grounds.inferred('财政部门继续给予贴息支持', text('继续贴息以展期为限。', 'The subsidy goes on for the extension only.')),
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

export const amountsOf = (grounds: Grounds): Record<string, AmountRule> => ({
  interest: {
    fen: 'share(interestFen, p.interestShare)',
    label: text('本期贴息', 'interest subsidy of the period'),
    per: 'period',
    cite: grounds.inferred(
      '财政部门继续给予贴息支持',
      text('“继续”读作按该笔贷款原有规定。', '"Go on" is read as by the loan’s existing rule.'),
    ),
  },
});
