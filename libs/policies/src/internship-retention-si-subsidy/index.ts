import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian391, liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { exclusionSwitches } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { oneInsuranceSubsidy } from '../tables/monthly-exclusions.js';
import { noticeByChoice, noticeChoiceParameters } from '../tables/notice-choice.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, granted, parametersOf, rulesOf } from './rules.js';

/** Both documents say the same in the same words. */
export type Version = { readonly grounds: Grounds };

function retentionSubsidy(version: Version): Policy {
  const { grounds } = version;
  const { document } = grounds;
  const limits = paymentLimits(document);
  const { byData, uploaded } = papers(
    grounds.open(text('文件未列材料清单；以数据核验为先。', 'The document lists no papers; registers are asked first.')),
  );
  return {
    id: 'internship-retention-si-subsidy',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('见习留用社会保险补贴', 'Social insurance subsidy for keeping interns'),
    cite: grounds.stated(granted),
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, anchor: 'received' },
    payee: ['enterprise', 'unit', 'institution'],
    ...officeOf(document),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [fund('F1', grounds.open(text('文件未指明资金来源。', 'The document does not name the fund.')))],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(version),
      ...limits.parameters,
      ...noticeChoiceParameters(grounds),
      ...recoveryParameters(grounds),
      ...exclusionSwitches(grounds, 'social-insurance-month'),
    ],
    rules: rulesOf(version),
    amounts: amountsOf(version),
    plan: { ...planOf(version, limits), notice: noticeByChoice(grounds) },
    exclusions: [{ ...oneInsuranceSubsidy(grounds, 'retained.map(r, r.person)'), per: { from: 'retainedOn', until: 'termEndsOn' } }],
    evidence: [
      byData('internship', '就业见习记录', 'record of the internship'),
      byData('diploma', '毕业证', 'diploma'),
      uploaded('contract', '留用劳动合同', 'labour contract'),
      byData('contributions', '社会保险缴费记录', 'record of contributions'),
    ],
  };
}

export { examples } from './examples.js';

/** Neither version ends. */
export const versions: readonly Policy[] = [
  retentionSubsidy({ grounds: groundsIn(liaoning25, '（十三）') }),
  retentionSubsidy({ grounds: groundsIn(dalian391, '八') }),
];
