import { groundsIn, text } from '../documents/document.js';
import { liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { fund } from '../tables/funds.js';
import { officeLimit } from '../tables/office-limit.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

const grounds = groundsIn(liaoning25, '（十五）');
const limit = officeLimit(grounds, 10);
const silent = grounds.open(text('文件未列材料清单。', 'The document lists no papers.'));

/** The province alone has it; the provincial version binds Dalian too. */
const relief: Policy = {
  id: 'one-off-temporary-relief',
  version: liaoning25.issuedOn,
  jurisdiction: liaoning25.jurisdiction,
  title: text('未参保失业人员一次性临时救助金', 'One-off relief for uninsured unemployed people'),
  cite: grounds.stated('由经常居住地发放一次性临时救助金'),
  issuedOn: liaoning25.issuedOn,
  window: { from: liaoning25.issuedOn, anchor: 'received' },
  payee: ['citizen'],
  office: text('申请人经常居住地的民政部门', 'civil affairs office of the place where the applicant habitually resides'),
  officeCite: grounds.inferred(
    '由经常居住地发放一次性临时救助金',
    text(
      '救助金由民政部门经办，按经常居住地确定受理机构。',
      'Relief is handled by civil affairs; the habitual residence decides which office.',
    ),
  ),
  timeLimit: limit.timeLimit,
  timeLimitCite: limit.timeLimitCite,
  funds: [
    fund(
      'F11',
      grounds.open(
        text('文件未指明资金来源；默认由民政救助资金列支。', 'The document names no fund; civil affairs relief money by default.'),
      ),
    ),
  ],
  facts: factsOf(),
  parameters: [...parametersOf(grounds), ...limit.parameters, ...recoveryParameters(grounds)],
  rules: rulesOf(grounds),
  amounts: amountsOf(grounds),
  plan: planOf(grounds, limit),
  exclusions: [
    {
      group: 'one-off-temporary-relief',
      key: 'payeeKey',
      per: 'once',
      limit: 1,
      reason: text('一次性临时救助金每人一次', 'the relief is given to a person once'),
      cite: grounds.stated('一次性临时救助金'),
    },
  ],
  evidence: [
    { id: 'application', label: text('本人申请', 'the person’s own application'), obtainBy: 'upload', cite: grounds.stated('经本人申请') },
    { id: 'income', label: text('连续3个月无收入说明', 'statement on three months without income'), obtainBy: 'upload', cite: silent },
    { id: 'insurance', label: text('参保情况核查', 'check of insurance'), obtainBy: 'data', cite: silent },
    { id: 'allowance', label: text('低保情况核查', 'check of minimum living allowance'), obtainBy: 'data', cite: silent },
    { id: 'residence', label: text('经常居住地证明', 'proof of habitual residence'), obtainBy: 'upload', cite: silent },
  ],
};

export { examples } from './examples.js';

export const versions: readonly Policy[] = [relief];
