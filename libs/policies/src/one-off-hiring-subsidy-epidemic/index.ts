import { groundsIn, officeOf, text } from '../documents/document.js';
import { dalian38 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { exclusionSwitches } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { hireOnce } from '../tables/hiring-subsidy.js';
import { epidemic, untilControlEnds } from '../tables/landmarks.js';
import { noticeChoiceParameters } from '../tables/notice-choice.js';
import { paidOnce } from '../tables/paid-once.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { amountsOf, factsOf, granted, parametersOf, rulesOf } from './rules.js';

const grounds = groundsIn(dalian38, '（二）');

function epidemicHiringSubsidy(): Policy {
  const limits = paymentLimits(dalian38);
  const { byData, uploaded } = papers(
    grounds.open(text('文件未列材料清单；以数据核验为先。', 'The document lists no papers; registers are asked first.')),
  );
  return {
    id: 'one-off-hiring-subsidy-epidemic',
    version: dalian38.issuedOn,
    jurisdiction: dalian38.jurisdiction,
    title: text('春节期间开工企业一次性吸纳就业补贴', 'One-off hiring subsidy for firms at work over the Spring Festival of 2020'),
    cite: grounds.stated(granted),
    issuedOn: dalian38.issuedOn,
    window: { from: '2020-01-24', until: untilControlEnds, anchor: 'received' },
    payee: ['enterprise'],
    ...officeOf(dalian38),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [
      fund(
        'F1',
        grounds.stated(
          '所需资金从就业补助资金列支',
          text('该句在本条末，读作也及于本项补贴。', 'The last sentence of the clause, read as covering this subsidy too.'),
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
      ...exclusionSwitches(grounds, 'hire'),
    ],
    rules: rulesOf(grounds),
    amounts: amountsOf(grounds),
    plan: paidOnce(grounds, limits, {
      id: 'subsidy',
      amount: 'total',
      label: text('一次性吸纳就业补贴', 'subsidy for hiring'),
      cite: grounds.stated('按规定给予企业一次性吸纳就业补贴'),
    }),
    exclusions: [hireOnce(grounds, 'hires.map(h, h.person)')],
    evidence: [
      uploaded('operation', '春节期间开工生产、配送证明', 'proof of production or delivery over the Spring Festival'),
      byData('unemployment', '失业登记', 'registration as unemployed'),
      byData('contract', '用工及劳动合同', 'employment and contract'),
      byData('contributions', '参保记录', 'record of insurance'),
    ],
  };
}

export { examples } from './examples.js';

/** Dalian only. The clause itself says that later national or provincial rules go before it: they would be a new version. */
export const versions: readonly Policy[] = [epidemicHiringSubsidy()];
