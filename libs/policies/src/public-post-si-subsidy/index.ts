import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian391, liaoning25 } from '../documents/texts.js';
import type { Plan, Policy } from '../policy.js';
import { employers } from '../tables/employers.js';
import { exclusionSwitches } from '../tables/exclusion-switches.js';
import { unnamedFund } from '../tables/funds.js';
import { oneInsuranceSubsidy } from '../tables/monthly-exclusions.js';
import { noticeByChoice, noticeChoiceParameters } from '../tables/notice-choice.js';
import { papers } from '../tables/papers.js';
import { type PaymentLimits, paymentLimits } from '../tables/payment-limits.js';
import { countPostMonths, postStops, postTerm } from '../tables/public-post.js';
import { recovery, recoveryParameters } from '../tables/recovery.js';
import { amountsOf, factsOf, parametersOf, quote, rulesOf } from './rules.js';

const planOf = (grounds: Grounds, limits: PaymentLimits): Plan => ({
  entry: 'standard',
  conditions: limits.conditions,
  conditionLabels: limits.conditionLabels,
  milestones: [],
  advances: [],
  entitlement: [],
  recovery: recovery(
    grounds,
    grounds.open(text('文件未规定；多付的据实收回。', 'The document is silent; what was paid too much comes back.')),
  ),
  claims: [
    {
      id: 'insurance',
      label: text('公益性岗位社会保险补贴', 'social insurance subsidy'),
      every: 'month',
      amount: 'monthly',
      opens: ['approved'],
      term: postTerm(grounds),
      due: limits.due('filed'),
      stops: postStops(grounds),
      cite: grounds.stated(quote),
    },
  ],
});

function publicPostInsurance(grounds: Grounds): Policy {
  const { document } = grounds;
  const limits = paymentLimits(document);
  const { byData, uploaded } = papers(grounds.open(text('文件未列材料清单。', 'The document lists no papers.')));
  return {
    id: 'public-post-si-subsidy',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('公益性岗位社会保险补贴', 'Social insurance subsidy for public posts'),
    cite: grounds.stated(quote),
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, anchor: 'period' },
    payee: employers,
    ...officeOf(document),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [unnamedFund(grounds)],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(grounds),
      ...limits.parameters,
      ...noticeChoiceParameters(grounds),
      ...recoveryParameters(grounds),
      ...exclusionSwitches(grounds, 'social-insurance-month'),
    ],
    rules: rulesOf(grounds),
    amounts: amountsOf(grounds),
    plan: { ...planOf(grounds, limits), notice: noticeByChoice(grounds) },
    exclusions: [oneInsuranceSubsidy(grounds, 'workers.map(w, w.person)'), countPostMonths(grounds)],
    evidence: [
      byData('certificate', '就业困难人员认定', 'certificate of being hard to employ'),
      uploaded('agreement', '岗位安置协议', 'agreement on the post'),
      byData('contributions', '社会保险缴费记录', 'record of contributions'),
    ],
  };
}

export { examples } from './examples.js';

/** The two documents say the same, word for word. */
export const versions: readonly Policy[] = [
  publicPostInsurance(groundsIn(liaoning25, '（十四）')),
  publicPostInsurance(groundsIn(dalian391, '九')),
];
