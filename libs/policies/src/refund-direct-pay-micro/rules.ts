import { text } from '../documents/document.js';
import * as refund from '../job-stabilisation-refund/rules.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import type { Version } from './index.js';

const who = '按规定对符合条件的10人以下参保企业，免申领直接拨付返还资金';

/** What is asked of a refund on application, and what the registers say of the firm besides. */
export const factsOf = (limits: PaymentLimits): Record<string, Fact> => ({
  ...refund.factsOf(limits),
  inBusiness: { type: 'bool', label: text('在营（未注销、未吊销）', 'in business (not struck off)'), from: 'data' },
  dishonest: { type: 'bool', label: text('列入严重失信名单', 'on the list of the seriously dishonest'), from: 'data' },
});

export const parametersOf = ({ grounds, refunds }: Version): Parameter[] => [
  ...refund.parametersOf(refunds),
  {
    key: 'microHeadcount',
    label: text('免申即享企业参保人数上限', 'most insured staff for payment without application'),
    value: 10,
    range: { least: 1, most: 1000 },
    cite: grounds.stated(who),
  },
  {
    key: 'microHeadcountInclusive',
    label: text('“10人以下”是否含10人', 'whether "10人以下" includes ten'),
    value: true,
    cite: grounds.inferred(
      '10人以下参保企业',
      text(
        '“以下”按《民法典》第一千二百五十九条包括本数；大连市38号文另处写明“（含）”，故可改设。',
        '"以下" includes the number (Civil Code, article 1259); because another Dalian document writes "(含)" where it means so, this can be set.',
      ),
    ),
  },
];

/** The rules of the refund, the size of the firm, and what the screening leaves out. */
export const rulesOf = ({ grounds, refunds }: Version): Rule[] => [
  ...refund.rulesOf(refunds),
  {
    id: 'small-or-micro',
    when: "firmSize in ['SMALL', 'MICRO']",
    reason: text('应为小微企业', 'the firm must be small or micro'),
    cite: grounds.stated('推行小微企业普通性稳岗返还“免申即享”'),
  },
  {
    id: 'few-staff',
    when: 'p.microHeadcountInclusive ? insuredHeadcount <= p.microHeadcount : insuredHeadcount < p.microHeadcount',
    reason: text('参保人数应在10人以下', 'no more than ten insured staff'),
    cite: grounds.stated(who),
  },
  {
    id: 'in-business',
    when: 'inBusiness',
    reason: text('企业应在营', 'the firm must be in business'),
    cite: grounds.inferred('符合条件的', text('筛查时排除已注销、吊销的企业。', 'The screening leaves out firms that were struck off.')),
  },
  {
    id: 'honest',
    when: '!dishonest',
    reason: text('企业不得列入严重失信名单', 'the firm must not be on the list of the seriously dishonest'),
    cite: grounds.inferred('符合条件的', text('筛查时排除严重失信企业。', 'The screening leaves out the seriously dishonest.')),
  },
];

export const amountsOf = ({ refunds }: Version): Record<string, AmountRule> => refund.amountsOf(refunds);
