import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian391, liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { employers } from '../tables/employers.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { noticeByChoice, noticeChoiceParameters } from '../tables/notice-choice.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, quote, rulesOf, termCite } from './rules.js';

/** The two documents say the same. */
export type Version = { readonly grounds: Grounds };

function workAsTraining(version: Version): Policy {
  const { grounds } = version;
  const { document } = grounds;
  const limits = paymentLimits(document);
  const { byData, uploaded } = papers(grounds.open(text('文件未列材料清单。', 'The document lists no papers.')));
  return {
    id: 'work-as-training-subsidy',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('以工代训补贴', 'Subsidy for training at work'),
    cite: grounds.stated(quote),
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, anchor: 'period' },
    payee: employers,
    ...officeOf(document),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [
      fund(
        'F4',
        grounds.open(
          text(
            '文件未指明资金来源；默认由职业技能提升行动专账资金列支。',
            'The document does not name the fund; by default the skills account.',
          ),
        ),
      ),
    ],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(version),
      ...limits.parameters,
      ...noticeChoiceParameters(grounds),
      ...recoveryParameters(grounds),
      ...exclusionSwitches(grounds, 'training-subsidy'),
    ],
    rules: rulesOf(version),
    amounts: amountsOf(version),
    plan: { ...planOf(version, limits), notice: noticeByChoice(grounds) },
    exclusions: [
      {
        group: 'work-as-training-months',
        key: 'workers.map(w, w.person)',
        per: 'period',
        limit: 'counted',
        reason: text('同一人以工代训补贴的月数累计', 'the months subsidised for a person add up'),
        cite: termCite,
      },
      {
        ...switched('training-subsidy'),
        key: 'workers.map(w, w.person)',
        per: 'period',
        limit: 1,
        reason: text('同一人同一期间只能享受一项培训补贴', 'one person cannot be subsidised for two trainings at the same time'),
        cite: grounds.open(
          text(
            '文件未规定重复享受；默认同一人同一期间不重复补贴。',
            'The document is silent; by default not twice for the same person and time.',
          ),
        ),
      },
    ],
    evidence: [
      uploaded('roster', '以工代训人员名册', 'list of the people trained at work'),
      uploaded('wages', '工资发放凭证', 'proof of wages'),
      byData('insurance', '参保记录', 'record of insurance'),
    ],
  };
}

export { examples } from './examples.js';

export const versions: readonly Policy[] = [
  workAsTraining({ grounds: groundsIn(liaoning25, '（五）') }),
  workAsTraining({ grounds: groundsIn(dalian391, '二') }),
];
