import { groundsIn, officeOf, text } from '../documents/document.js';
import { dalian38 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { fund } from '../tables/funds.js';
import { epidemic, untilControlEnds } from '../tables/landmarks.js';
import { noticeChoiceParameters } from '../tables/notice-choice.js';
import { paidOnce } from '../tables/paid-once.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { amountsOf, factsOf, fee, granted, parametersOf, rulesOf } from './rules.js';

const grounds = groundsIn(dalian38, '（二）');

function referralSubsidy(): Policy {
  const limits = paymentLimits(dalian38);
  const { byData, uploaded } = papers(
    grounds.open(text('文件未列材料清单；以数据核验为先。', 'The document lists no papers; registers are asked first.')),
  );
  return {
    id: 'hr-agency-referral-subsidy',
    version: dalian38.issuedOn,
    jurisdiction: dalian38.jurisdiction,
    title: text('一次性就业创业服务补助（职业介绍）', 'One-off allowance for employment services: referrals'),
    cite: grounds.stated(granted),
    issuedOn: dalian38.issuedOn,
    window: { from: '2020-01-24', until: untilControlEnds, anchor: 'received' },
    payee: ['enterprise', 'unit', 'institution'],
    ...officeOf(dalian38),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [fund('F1', grounds.stated('所需资金从就业补助资金列支'))],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(grounds),
      ...limits.parameters,
      ...noticeChoiceParameters(grounds),
      ...recoveryParameters(grounds),
      ...epidemic,
    ],
    rules: rulesOf(grounds),
    amounts: amountsOf(grounds),
    plan: paidOnce(grounds, limits, {
      id: 'allowance',
      amount: 'total',
      label: text('就业创业服务补助', 'allowance for referrals'),
      cite: grounds.stated(fee),
    }),
    exclusions: [
      {
        group: 'referral',
        key: 'referrals.map(r, r.person)',
        per: 'once',
        limit: 1,
        reason: text('推荐同一人员就业只补助一次', 'the referral of one person is paid for once'),
        cite: grounds.inferred(fee, text('“一次性”按人计，同一人不重复。', '"Once", counted by person: nobody twice.')),
      },
    ],
    evidence: [
      byData('licence', '人力资源服务许可', 'licence as an agency'),
      uploaded('referral', '推荐记录或介绍信', 'record of the referral'),
      byData('unemployment', '失业登记', 'registration as unemployed'),
      byData('contract', '劳动合同', 'labour contract'),
      byData('contributions', '参保缴费记录', 'record of contributions'),
    ],
  };
}

export { examples } from './examples.js';

/** Dalian only. It goes beside the firm's own subsidy: the payee is another. */
export const versions: readonly Policy[] = [referralSubsidy()];
