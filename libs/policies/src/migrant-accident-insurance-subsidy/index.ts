import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian38 } from '../documents/texts.js';
import type { KeyExclusion, Policy } from '../policy.js';
import { employers } from '../tables/employers.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { epidemic, untilControlEnds } from '../tables/landmarks.js';
import { noticeChoiceParameters } from '../tables/notice-choice.js';
import { paidOnce } from '../tables/paid-once.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { amountsOf, factsOf, parametersOf, quote, rulesOf } from './rules.js';

const onceFor = ({ open }: Grounds): Pick<KeyExclusion, 'group' | 'key' | 'limit' | 'reason' | 'cite'> => ({
  ...switched('internship-accident-insurance'),
  key: 'insured.map(w, w.person)',
  limit: 1,
  reason: text(
    '同一人同一段在岗期间的意外伤害保险只补一次',
    'accident insurance of one person is subsidised once for the same time on a post',
  ),
  cite: open(
    text(
      '文件未规定；默认与就业见习补贴中的保险部分不重复。',
      'The document is silent; by default not beside the insurance that is part of the internship subsidy.',
    ),
  ),
});

function accidentInsurance(grounds: Grounds): Policy {
  const { document } = grounds;
  const limits = paymentLimits(document);
  const plan = paidOnce(grounds, limits, {
    id: 'subsidy',
    amount: 'total',
    label: text('人身意外伤害保险补贴', 'accident insurance subsidy'),
    cite: grounds.stated(quote),
  });
  const { uploaded } = papers(grounds.open(text('文件未列材料清单。', 'The document lists no papers.')));
  return {
    id: 'migrant-accident-insurance-subsidy',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('农民工人身意外伤害保险补贴', 'Accident insurance subsidy for migrant workers'),
    cite: grounds.stated(quote),
    issuedOn: document.issuedOn,
    window: { from: '2020-01-24', until: untilControlEnds, anchor: 'received' },
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
      ...exclusionSwitches(grounds, 'internship-accident-insurance'),
    ],
    rules: rulesOf(grounds),
    amounts: amountsOf(grounds),
    plan: {
      ...plan,
      conditions: { ...plan.conditions, bySpell: 'p.perSpell' },
      conditionLabels: { ...plan.conditionLabels, bySpell: text('每段在岗期间可各补一次', 'once for each time on a post') },
    },
    exclusions: [
      { ...onceFor(grounds), per: { from: 'postFrom', until: 'postUntil' }, when: 'bySpell' },
      { ...onceFor(grounds), per: 'once', when: '!bySpell' },
    ],
    evidence: [
      uploaded('policy', '保险单', 'insurance policy'),
      uploaded('invoice', '保费发票', 'invoice of the premium'),
      uploaded('list', '被保险人名单', 'list of the people insured'),
    ],
  };
}

export { examples } from './examples.js';

/** Dalian, for the time of epidemic control. */
export const versions: readonly Policy[] = [accidentInsurance(groundsIn(dalian38, '（九）'))];
