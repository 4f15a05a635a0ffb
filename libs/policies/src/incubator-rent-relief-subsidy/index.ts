import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian38 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { employers } from '../tables/employers.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { epidemic, untilControlEnds } from '../tables/landmarks.js';
import { noticeChoiceParameters } from '../tables/notice-choice.js';
import { paidOnce } from '../tables/paid-once.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { amountsOf, factsOf, parametersOf, quotes, rulesOf } from './rules.js';

function rentRelief(grounds: Grounds): Policy {
  const { document } = grounds;
  const limits = paymentLimits(document);
  const { uploaded } = papers(grounds.open(text('文件未列材料清单。', 'The document lists no papers.')));
  return {
    id: 'incubator-rent-relief-subsidy',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('创业孵化载体减租补助', 'Support for incubators that waive rent'),
    cite: grounds.stated(quotes.who),
    issuedOn: document.issuedOn,
    window: { from: '2020-01-24', until: untilControlEnds, anchor: { fact: 'waivedFrom' } },
    payee: employers,
    ...officeOf(document),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [fund('F1', grounds.stated(quotes.fund))],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(grounds),
      ...limits.parameters,
      ...noticeChoiceParameters(grounds),
      ...recoveryParameters(grounds),
      ...epidemic,
      ...exclusionSwitches(grounds, 'venue-rent'),
    ],
    rules: rulesOf(grounds),
    amounts: amountsOf(grounds),
    plan: paidOnce(grounds, limits, {
      id: 'support',
      amount: 'total',
      label: text('减租补助', 'support for waived rent'),
      cite: grounds.stated(quotes.who),
    }),
    exclusions: [
      {
        ...switched('venue-rent'),
        key: 'tenants.map(t, t.person)',
        per: { from: 'waivedFrom', until: 'waivedUntil' },
        limit: 1,
        reason: text(
          '同一入驻者同一期间的租金只能补一次（减租补助或创业场地补贴）',
          'the rent of one tenant is subsidised once for the same days: here, or as start-up venue',
        ),
        cite: grounds.open(
          text('文件未规定；默认同一租金不重复补贴。', 'The document is silent; by default the same rent is not subsidised twice.'),
        ),
      },
    ],
    evidence: [
      uploaded('waiver', '租金减免协议', 'agreement on the waiver'),
      uploaded('tenants', '入驻名单', 'list of tenants'),
      uploaded('lease', '原租赁合同', 'lease'),
      uploaded('receipts', '租金票据', 'receipts'),
    ],
  };
}

export { examples } from './examples.js';

/** Dalian, for rent waived during epidemic control; the application may come later. */
export const versions: readonly Policy[] = [rentRelief(groundsIn(dalian38, '（六）'))];
