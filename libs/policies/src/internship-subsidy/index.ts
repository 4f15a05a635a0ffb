import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian391, liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { advanceLimitParameters } from '../tables/advance-limit.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { minimumWage } from '../tables/minimum-wage.js';
import { noticeByChoice, noticeChoiceParameters } from '../tables/notice-choice.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { immersionParameters } from './immersion.js';
import { parametersOf } from './parameters.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, granted, rulesOf } from './rules.js';

/** `immersion`: the province also takes in graduates who teach in village schools. */
export type Version = { readonly grounds: Grounds; readonly immersion: boolean };

function internshipSubsidy(version: Version): Policy {
  const { grounds, immersion } = version;
  const { document } = grounds;
  const limits = paymentLimits(document);
  const { byData, uploaded } = papers(grounds.open(text('文件未列材料清单。', 'The document lists no papers.')));
  return {
    id: 'internship-subsidy',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('就业见习补贴', 'Internship subsidy'),
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
      ...parametersOf(grounds),
      ...(immersion ? immersionParameters(grounds) : []),
      ...minimumWage,
      ...limits.parameters,
      ...noticeChoiceParameters(grounds),
      ...advanceLimitParameters(grounds),
      ...recoveryParameters(grounds),
      ...exclusionSwitches(grounds, 'internship-accident-insurance'),
    ],
    rules: rulesOf(version),
    amounts: amountsOf(version),
    plan: { ...planOf(version, limits), notice: noticeByChoice(grounds) },
    exclusions: [
      {
        ...switched('internship-accident-insurance'),
        key: 'interns.map(i, i.person)',
        per: { from: 'startsOn', until: 'endsOn' },
        limit: 1,
        when: 'insuranceClaimed',
        reason: text('同一人同一期间的人身意外伤害保险只补贴一次', 'one person’s accident insurance is subsidised once for the same days'),
        cite: grounds.open(
          text(
            '文件未规定；默认不与农民工意外伤害保险补贴重复。',
            'The document is silent; by default not beside the subsidy for migrant workers.',
          ),
        ),
      },
    ],
    evidence: [
      uploaded('agreement', '见习协议', 'internship agreements'),
      uploaded('roster', '见习人员名单', 'list of interns'),
      byData('eligibility', '毕业证或失业登记', 'diploma or registration as unemployed'),
      uploaded('allowance', '见习补贴发放记录', 'record of what the interns were paid'),
      uploaded('insurance', '人身意外伤害保险单', 'accident insurance'),
      byData('retention', '留用人员参保记录', 'insurance record of those kept'),
    ],
  };
}

export { examples } from './examples.js';

/** Neither version ends. */
export const versions: readonly Policy[] = [
  internshipSubsidy({ grounds: groundsIn(liaoning25, '（十三）'), immersion: true }),
  internshipSubsidy({ grounds: groundsIn(dalian391, '八'), immersion: false }),
];
