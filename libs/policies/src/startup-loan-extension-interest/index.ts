import { groundsIn, text } from '../documents/document.js';
import { dalian38 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { epidemic, untilControlEnds } from '../tables/landmarks.js';
import { officeLimit } from '../tables/office-limit.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

const grounds = groundsIn(dalian38, '（六）');
const limit = officeLimit(grounds, 10);
const bank = '借款人患新型冠状病毒感染肺炎的，可向贷款银行申请展期还款';
const silent = grounds.open(text('文件未列材料清单。', 'The document lists no papers.'));

/** Dalian, for extensions asked for during epidemic control. */
const extensionInterest: Policy = {
  id: 'startup-loan-extension-interest',
  version: dalian38.issuedOn,
  jurisdiction: dalian38.jurisdiction,
  title: text('创业担保贷款展期贴息', 'Interest subsidy for extended startup loans'),
  cite: grounds.stated('财政部门继续给予贴息支持'),
  issuedOn: dalian38.issuedOn,
  window: { from: '2020-01-24', until: untilControlEnds, anchor: 'received' },
  payee: ['bank'],
  office: text('贷款银行，经人社部门审核后由财政部门贴息', 'the lending bank; checked by human resources, paid by the finance bureau'),
  officeCite: grounds.inferred(
    bank,
    text('展期向贷款银行申请，贴息由财政部门给予。', 'The extension is asked of the bank; the finance bureau pays the subsidy.'),
  ),
  timeLimit: limit.timeLimit,
  timeLimitCite: limit.timeLimitCite,
  funds: [
    fund(
      'F9L',
      grounds.inferred(
        '财政部门继续给予贴息支持',
        text(
          '文件未分级；默认由市县财政贴息资金拨付，各级分担按该笔贷款原有规定另行结算。',
          'No level is named: the city’s money pays by default, and the levels settle by the loan’s existing rule.',
        ),
      ),
    ),
  ],
  facts: factsOf(),
  parameters: [
    ...parametersOf(grounds),
    ...limit.parameters,
    ...recoveryParameters(grounds),
    ...epidemic,
    ...exclusionSwitches(grounds, 'startup-loan-interest'),
  ],
  rules: rulesOf(grounds),
  amounts: amountsOf(grounds),
  plan: planOf(grounds, limit),
  exclusions: [
    {
      ...switched('startup-loan-interest'),
      key: "payeeKey + ':' + loanNumber",
      per: 'period',
      limit: 1,
      reason: text('同一笔贷款同一计息期只贴息一次', 'the interest of a loan is subsidised once for a period'),
      cite: grounds.open(
        text('文件未规定；默认同一笔贷款同期不重复贴息。', 'The document is silent; by default once for a loan and period.'),
      ),
    },
  ],
  evidence: [
    { id: 'loan', label: text('贷款合同及展期协议', 'loan contract and extension'), obtainBy: 'upload', cite: silent },
    { id: 'illness', label: text('借款人患病证明', 'proof of the borrower’s illness'), obtainBy: 'upload', cite: grounds.stated(bank) },
    { id: 'interest', label: text('结息清单', 'statement of interest'), obtainBy: 'data', cite: silent },
  ],
};

export { examples } from './examples.js';

export const versions: readonly Policy[] = [extensionInterest];
