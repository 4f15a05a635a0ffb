import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian391, liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { noticeByChoice, noticeChoiceParameters } from '../tables/notice-choice.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

/** `ahead`: who may pay in advance, a city (province) or an area (city). */
export type Version = { readonly grounds: Grounds; readonly ahead: string };

function venueSubsidy(version: Version): Policy {
  const { grounds } = version;
  const { document } = grounds;
  const limits = paymentLimits(document);
  const { byData, uploaded } = papers(grounds.open(text('文件未列材料清单。', 'The document lists no papers.')));
  return {
    id: 'startup-venue-subsidy',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('创业场地补贴', 'Subsidy for the premises of a start-up'),
    cite: grounds.stated('按规定相应给予不超过24个月的创业场地补贴'),
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, anchor: 'received' },
    payee: ['citizen', 'enterprise'],
    ...officeOf(document),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [fund('F1', grounds.open(text('文件未指明资金来源。', 'The document does not name the fund.')))],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(version),
      ...limits.parameters,
      ...noticeChoiceParameters(grounds, 'people'),
      ...recoveryParameters(grounds),
      ...exclusionSwitches(grounds, 'venue-rent'),
    ],
    rules: rulesOf(version),
    amounts: amountsOf(version),
    plan: { ...planOf(version, limits), notice: noticeByChoice(grounds, 'people') },
    exclusions: [
      {
        ...switched('venue-rent'),
        key: 'payeeKey',
        per: 'period',
        limit: 1,
        reason: text('同一场地同一月份的租金只补贴一次', 'the rent of one month is subsidised once'),
        cite: grounds.open(
          text(
            '文件未规定；默认已减免并获补助的租金不再补贴。',
            'The document is silent; by default rent that was waived and made good is not subsidised again.',
          ),
        ),
      },
    ],
    evidence: [
      byData(
        'licence',
        '营业执照（依法无须取得的除外；可用网络经营场所登记）',
        'business licence, where the trade needs one; an online address will do',
      ),
      uploaded('lease', '租赁合同', 'lease'),
      uploaded('rent-receipts', '租金票据', 'receipts of rent'),
      uploaded('operation', '正常经营证明', 'proof of operation'),
      byData('founder-group', '身份类证明', 'proof of the founder’s group'),
    ],
  };
}

export { examples } from './examples.js';

/** Neither version ends. */
export const versions: readonly Policy[] = [
  venueSubsidy({ grounds: groundsIn(liaoning25, '（八）'), ahead: '有条件的市可预拨不超过6个月的补贴资金' }),
  venueSubsidy({ grounds: groundsIn(dalian391, '五'), ahead: '有条件的地区可预拨不超过6个月的补贴资金' }),
];
