import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian391, liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { employers } from '../tables/employers.js';
import { unnamedFund } from '../tables/funds.js';
import { noticeChoiceParameters } from '../tables/notice-choice.js';
import { paidOnce } from '../tables/paid-once.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { amountsOf, factsOf, parametersOf, quote, rulesOf } from './rules.js';

function liveCommerce(grounds: Grounds): Policy {
  const { document } = grounds;
  const limits = paymentLimits(document);
  const { byData, uploaded } = papers(grounds.open(text('文件未列材料清单。', 'The document lists no papers.')));
  return {
    id: 'live-commerce-support',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('电商直播就业创业补贴和服务补助', 'Support for live commerce'),
    cite: grounds.stated(quote),
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, anchor: 'received' },
    payee: [...employers, 'citizen'],
    ...officeOf(document),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [unnamedFund(grounds)],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(grounds),
      ...limits.parameters,
      ...noticeChoiceParameters(grounds, 'people'),
      ...recoveryParameters(grounds),
    ],
    rules: rulesOf(grounds),
    amounts: amountsOf(grounds),
    plan: paidOnce(grounds, limits, {
      id: 'support',
      amount: 'total',
      label: text('电商直播支持', 'support for live commerce'),
      cite: grounds.stated(quote),
      published: 'people',
    }),
    exclusions: [
      {
        group: 'live-commerce-support',
        key: "payeeKey + ':' + support",
        per: 'once',
        limit: 1,
        reason: text('同一申报人同一种支持只能享受一次', 'an applicant gets each kind of support once'),
        cite: grounds.open(text('文件未规定次数；默认一次。', 'The document does not say how often; once by default.')),
      },
    ],
    evidence: [
      byData('recognition', '示范基地认定', 'recognition as a model base'),
      uploaded('work', '电商直播从业证明', 'proof of working in live commerce'),
    ],
  };
}

export { examples } from './examples.js';

/** The two documents say the same, word for word. */
export const versions: readonly Policy[] = [liveCommerce(groundsIn(liaoning25, '（二）')), liveCommerce(groundsIn(dalian391, '一'))];
