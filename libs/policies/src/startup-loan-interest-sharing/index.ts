import { groundsIn, text } from '../documents/document.js';
import { liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { officeLimit } from '../tables/office-limit.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

const grounds = groundsIn(liaoning25, '（九）');
const limit = officeLimit(grounds, 10);
const silent = grounds.open(text('文件未列材料清单。', 'The document lists no papers.'));
const central = grounds.stated('中央财政按现行政策承担30%');
const provincial = grounds.stated('省财政承担比例由现行25%增加到50%');
const local = grounds.stated('市县财政承担比例由现行45%减少到20%');

/** Loans applied for in November and December 2020 are shared 30/50/20, all others 30/25/45 as before. */
const interestSharing: Policy = {
  id: 'startup-loan-interest-sharing',
  version: liaoning25.issuedOn,
  jurisdiction: liaoning25.jurisdiction,
  title: text('创业担保贷款贴息分担', 'Shared interest subsidy for startup loans'),
  cite: grounds.stated('调整财政贴息分担比例'),
  issuedOn: liaoning25.issuedOn,
  window: { from: liaoning25.issuedOn, anchor: 'received' },
  payee: ['bank'],
  office: text('贷款银行，经人社部门审核后由财政部门贴息', 'the lending bank; checked by human resources, paid by the finance bureau'),
  officeCite: grounds.inferred(
    '（责任单位：省人力资源社会保障厅、省财政厅、省金融监管局）',
    text('受理机构由所列责任单位推定。', 'The accepting office is inferred from the bodies named.'),
  ),
  timeLimit: limit.timeLimit,
  timeLimitCite: limit.timeLimitCite,
  funds: [
    fund('F9C', central, { share: 'centralShare', when: 'splitsAnew' }),
    fund('F9P', provincial, { share: 'provinceShare', when: 'splitsAnew' }),
    fund('F9L', local, { share: 'localShare', when: 'splitsAnew' }),
    fund('F9C', central, { share: 'centralShare', when: '!splitsAnew' }),
    fund('F9P', provincial, { share: 'oldProvinceShare', when: '!splitsAnew' }),
    fund('F9L', local, { share: 'oldLocalShare', when: '!splitsAnew' }),
  ],
  facts: factsOf(),
  parameters: [
    ...parametersOf(grounds),
    ...limit.parameters,
    ...recoveryParameters(grounds),
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
    { id: 'loan', label: text('贷款合同', 'loan contract'), obtainBy: 'upload', cite: silent },
    { id: 'unemployment', label: text('借款人未就业核查', 'check that the borrower was out of work'), obtainBy: 'data', cite: silent },
    { id: 'interest', label: text('结息清单', 'statement of interest'), obtainBy: 'data', cite: silent },
  ],
};

export { examples } from './examples.js';

export const versions: readonly Policy[] = [interestSharing];
