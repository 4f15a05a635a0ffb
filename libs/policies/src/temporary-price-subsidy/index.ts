import { groundsIn, officeOf, text } from '../documents/document.js';
import { dalian38 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { fund } from '../tables/funds.js';
import { epidemic, untilControlEnds } from '../tables/landmarks.js';
import { officeLimit } from '../tables/office-limit.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

const grounds = groundsIn(dalian38, '（八）');
const cite = grounds.stated('密切关注CPI及食品价格指数，及时组织做好价格临时补贴发放工作');
const limit = officeLimit(
  grounds,
  10,
  grounds.inferred(
    '及时组织做好价格临时补贴发放工作',
    text('“及时”未载明天数，取内部时限。', '"Promptly" names no number of days; an internal limit is taken.'),
  ),
);

const priceSubsidy: Policy = {
  id: 'temporary-price-subsidy',
  version: dalian38.issuedOn,
  jurisdiction: dalian38.jurisdiction,
  title: text('价格临时补贴', 'Temporary price subsidy'),
  cite,
  issuedOn: dalian38.issuedOn,
  window: { from: '2020-01-24', until: untilControlEnds, anchor: { fact: 'declaredOn' } },
  payee: ['citizen'],
  ...officeOf(dalian38),
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
  parameters: [...parametersOf(grounds), ...limit.parameters, ...recoveryParameters(grounds), ...epidemic],
  rules: rulesOf(grounds),
  amounts: amountsOf(grounds),
  plan: planOf(grounds, limit),
  exclusions: [
    {
      group: 'temporary-price-subsidy',
      key: 'payeeKey',
      per: { from: 'monthFrom', until: 'monthTo' },
      limit: 1,
      reason: text('同一人同一月份只发放一次', 'a person is paid once for a month'),
      cite: grounds.open(text('文件未规定；默认同一人同月一次。', 'The document is silent; once for a person and month by default.')),
    },
  ],
  beneficiaries: {
    group: 'unemployment-benefit',
    from: 'monthFrom',
    until: 'monthTo',
    shows: 'drewBenefit',
    cite: grounds.inferred(
      '提高失业人员基本待遇标准',
      text(
        '本条规定失业人员待遇；默认由本系统账目取当月获准领取失业保险金或失业补助金的人员。',
        'The clause is about people on benefit; by default those whom our books show to have been granted benefit or assistance for the month.',
      ),
    ),
  },
  evidence: [
    { id: 'indices', label: text('价格指数公布数据', 'published price indices'), obtainBy: 'data', cite },
    {
      id: 'payments',
      label: text('启动月份失业待遇发放记录', 'benefit paid in the month'),
      obtainBy: 'data',
      cite: grounds.open(text('文件未列材料清单；以数据核验为先。', 'The document lists no papers; registers are asked first.')),
    },
  ],
};

export { examples } from './examples.js';

export const versions: readonly Policy[] = [priceSubsidy];
