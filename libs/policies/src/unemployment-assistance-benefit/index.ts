import { type Document, type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian38, dalian391, liaoning25 } from '../documents/texts.js';
import type { Cite, Policy } from '../policy.js';
import { benefitGround } from '../tables/benefit-rates.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { epidemic, untilControlEnds } from '../tables/landmarks.js';
import { minimumWage } from '../tables/minimum-wage.js';
import { officeLimit } from '../tables/office-limit.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

/** `coverage`: who draws it, how that is grounded, and the words the rule stands on. */
export type Version = {
  readonly document: Document;
  readonly grounds: Grounds;
  readonly window: Policy['window'];
  readonly names: Cite;
  readonly prompt?: Cite;
  readonly coverage: { readonly value: 'PERSONAL_REASONS' | 'NOT_COVERED'; readonly cite: Cite; readonly rule: Cite };
};

function assistance(version: Version): Policy {
  const { document, grounds, names, prompt } = version;
  const limit = officeLimit(grounds, 10, prompt);
  const silent = grounds.open(text('文件未列材料清单；以数据核验为先。', 'The document lists no papers; registers are asked first.'));
  return {
    id: 'unemployment-assistance-benefit',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('失业补助金', 'Unemployment assistance'),
    cite: names,
    issuedOn: document.issuedOn,
    window: version.window,
    payee: ['citizen'],
    ...officeOf(document),
    timeLimit: limit.timeLimit,
    timeLimitCite: limit.timeLimitCite,
    funds: [fund('F2', benefitGround(document, 'personal'))],
    facts: factsOf(),
    parameters: [
      ...parametersOf(version),
      ...limit.parameters,
      ...recoveryParameters(grounds),
      ...epidemic,
      ...minimumWage,
      ...exclusionSwitches(grounds, 'assistance-or-living-aid'),
    ],
    rules: rulesOf(version),
    amounts: amountsOf(version),
    plan: planOf(version, limit),
    exclusions: [
      {
        group: 'unemployment-benefit',
        key: 'payeeKey',
        per: 'period',
        limit: 1,
        reason: text(
          '同一人同一月份只能领取失业保险金和失业补助金之一',
          'a person draws either unemployment insurance benefit or unemployment assistance in a month',
        ),
        cite: benefitGround(document, 'notBoth', text('按月判断。', 'Tested month by month.')),
      },
      {
        ...switched('assistance-or-living-aid'),
        key: 'payeeKey',
        per: 'period',
        limit: 1,
        reason: text(
          '同一人同一月份只能领取失业补助金和生活补助之一',
          'a person draws either unemployment assistance or living aid in a month',
        ),
        cite: grounds.open(
          text('文件未规定；默认同一人同月不重复。', 'The document is silent; by default not both for the same person and month.'),
        ),
      },
    ],
    evidence: [
      { id: 'contributions', label: text('失业保险参保缴费记录', 'record of insurance and contributions'), obtainBy: 'data', cite: silent },
      { id: 'termination', label: text('解除劳动合同证明', 'proof of how the contract ended'), obtainBy: 'upload', cite: silent },
    ],
  };
}

export { examples } from './examples.js';

const widened = (grounds: Grounds, quote: string): Pick<Version, 'names' | 'prompt' | 'coverage'> => ({
  names: grounds.stated(quote),
  prompt: grounds.inferred(
    quote,
    text('“及时”未载明天数，取内部时限。', '"Promptly" names no number of days; an internal limit is taken.'),
  ),
  coverage: {
    value: 'NOT_COVERED',
    cite: grounds.inferred(
      '扩大失业保险保障范围',
      text(
        '“扩大”未载条件；默认及于不能领取失业保险金的参保失业人员，可改设。',
        '"Widen" gives no test; by default all insured people who cannot draw unemployment benefit. May be set otherwise.',
      ),
    ),
    rule: grounds.inferred(
      '扩大失业保险保障范围',
      text('除个人原因外，还包括缴费不足或领取期满者。', 'Besides own reasons: few contributions, or benefit used up.'),
    ),
  },
});

const february = groundsIn(dalian38, '（八）');
const november = groundsIn(dalian391, '十');
const province = groundsIn(liaoning25, '（十五）');

/** For months of epidemic control only; the documents of November name it again and widen it. */
export const versions: readonly Policy[] = [
  assistance({
    document: dalian38,
    grounds: february,
    window: { from: '2020-01-24', until: '2020-11-23', anchor: 'received' },
    names: february.stated('为因个人原因解除劳动合同而失业的参保人员发放失业补助金'),
    coverage: {
      value: 'PERSONAL_REASONS',
      cite: february.stated('为因个人原因解除劳动合同而失业的参保人员发放失业补助金'),
      rule: february.stated('为因个人原因解除劳动合同而失业的参保人员发放失业补助金'),
    },
  }),
  assistance({
    document: liaoning25,
    grounds: province,
    window: { from: liaoning25.issuedOn, until: untilControlEnds, anchor: 'received' },
    ...widened(province, '为符合条件的失业人员及时发放失业保险金、失业补助金'),
  }),
  assistance({
    document: dalian391,
    grounds: november,
    window: { from: dalian391.issuedOn, until: untilControlEnds, anchor: 'received' },
    ...widened(november, '为符合条件的失业人员及时发放失业保险金和失业补助金'),
  }),
];
