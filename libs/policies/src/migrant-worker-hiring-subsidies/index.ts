import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian38 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { employers } from '../tables/employers.js';
import { exclusionSwitches } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { epidemic, untilControlEnds } from '../tables/landmarks.js';
import { minimumWage } from '../tables/minimum-wage.js';
import { oneInsuranceSubsidy, onePostSubsidy } from '../tables/monthly-exclusions.js';
import { noticeByChoice, noticeChoiceParameters } from '../tables/notice-choice.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, quotes, rulesOf } from './rules.js';

function migrantWorkers(grounds: Grounds): Policy {
  const { document } = grounds;
  const limits = paymentLimits(document);
  const { byData, uploaded } = papers(grounds.open(text('文件未列材料清单。', 'The document lists no papers.')));
  const people = 'workers.map(w, w.person)';
  return {
    id: 'migrant-worker-hiring-subsidies',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('招用、安置农民工岗位补贴和社会保险补贴', 'Post and social insurance subsidies for employing migrant workers'),
    cite: grounds.stated(quotes.who),
    issuedOn: document.issuedOn,
    window: { from: '2020-01-24', until: untilControlEnds, anchor: 'period' },
    payee: employers,
    ...officeOf(document),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [
      fund(
        'F1',
        grounds.open(
          text('本条未指明资金来源；默认就业补助资金。', 'The clause does not name the fund; by default the employment subsidy fund.'),
        ),
      ),
    ],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(grounds),
      ...limits.parameters,
      ...noticeChoiceParameters(grounds),
      ...recoveryParameters(grounds),
      ...epidemic,
      ...minimumWage,
      ...exclusionSwitches(grounds, 'post-subsidy', 'social-insurance-month'),
    ],
    rules: rulesOf(grounds),
    amounts: amountsOf(grounds),
    plan: { ...planOf(grounds, limits), notice: noticeByChoice(grounds) },
    exclusions: [
      { ...onePostSubsidy(grounds, people), claim: 'post' },
      { ...oneInsuranceSubsidy(grounds, people), claim: 'insurance' },
    ],
    evidence: [
      byData('migrant', '农民工身份认定', 'proof of being a migrant worker'),
      uploaded('contract', '劳动合同或安置协议', 'contract or agreement on the post'),
      byData('contributions', '社会保险缴费记录', 'record of contributions'),
      uploaded('attendance', '考勤记录', 'attendance'),
    ],
  };
}

export { examples } from './examples.js';

/** Dalian, for the time of epidemic control. */
export const versions: readonly Policy[] = [migrantWorkers(groundsIn(dalian38, '（九）'))];
