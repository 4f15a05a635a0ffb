import { groundsIn, officeOf, text } from '../documents/document.js';
import { liaoning25 } from '../documents/texts.js';
import type { Exclusion, Policy } from '../policy.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { officeLimit } from '../tables/office-limit.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

const grounds = groundsIn(liaoning25, '（十五）');
const limit = officeLimit(
  grounds,
  10,
  grounds.inferred('及时发放', text('“及时”未载明天数，取内部时限。', '"Promptly" names no number of days; an internal limit is taken.')),
);
const silent = grounds.open(text('文件未列材料清单。', 'The document lists no papers.'));

/** Not in the same month as unemployment assistance, in either form. */
const notWithAssistance = {
  ...switched('assistance-or-living-aid'),
  key: 'payeeKey',
  limit: 1,
  reason: text('同一人同一月份只能领取失业补助金和生活补助之一', 'a person draws either unemployment assistance or living aid in a month'),
  cite: grounds.open(
    text('文件未规定；默认同一人同月不重复。', 'The document is silent; by default not both for the same person and month.'),
  ),
} as const;

const exclusions: readonly Exclusion[] = [
  { ...notWithAssistance, per: 'period', claim: 'temporaryAid', when: 'temporary' },
  { ...notWithAssistance, per: { from: 'aidFrom', until: 'aidUntil' }, when: '!temporary' },
  {
    group: 'living-aid',
    key: 'payeeKey',
    per: 'once',
    limit: 1,
    reason: text('一次性生活补助和临时生活补助只能享受一项、一次', 'a person gets one of the two forms of living aid, once'),
    cite: grounds.inferred('一次性生活补助或临时生活补助', text('“或”读作两者择一。', '"Or" is read as one of the two, not both.')),
  },
];

/** The province alone names it; the Dalian notice leaves it out, so that the provincial version binds there. */
const livingAid: Policy = {
  id: 'one-off-or-temporary-living-aid',
  version: liaoning25.issuedOn,
  jurisdiction: liaoning25.jurisdiction,
  title: text('一次性生活补助或临时生活补助', 'One-off or temporary living aid'),
  cite: grounds.stated('一次性生活补助或临时生活补助'),
  issuedOn: liaoning25.issuedOn,
  window: { from: liaoning25.issuedOn, anchor: 'received' },
  payee: ['citizen'],
  ...officeOf(liaoning25),
  timeLimit: limit.timeLimit,
  timeLimitCite: limit.timeLimitCite,
  funds: [
    fund(
      'F2',
      grounds.inferred(
        '扩大失业保险保障范围',
        text('列在失业保险保障范围之内，故由其基金列支。', 'Named under the cover of unemployment insurance: paid from its fund.'),
      ),
    ),
  ],
  facts: factsOf(),
  parameters: [
    ...parametersOf(grounds),
    ...limit.parameters,
    ...recoveryParameters(grounds),
    ...exclusionSwitches(grounds, 'assistance-or-living-aid'),
  ],
  rules: rulesOf(grounds),
  amounts: amountsOf(grounds),
  plan: planOf(grounds, limit),
  exclusions,
  evidence: [
    { id: 'registration', label: text('失业登记', 'registration as unemployed'), obtainBy: 'data', cite: silent },
    { id: 'criteria', label: text('符合当地发放条件的证明', 'proof of the criteria of the place'), obtainBy: 'upload', cite: silent },
  ],
};

export { examples } from './examples.js';

export const versions: readonly Policy[] = [livingAid];
