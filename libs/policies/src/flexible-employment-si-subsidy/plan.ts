import { text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { recovery } from '../tables/recovery.js';
import type { Version } from './index.js';
import { quotes, term } from './rules.js';

/** One claim for each month, in arrears; graduates may be extended once when their term is used up. */
export const planOf = ({ grounds, extension }: Version, limits: PaymentLimits): Plan => {
  const ends = grounds.inferred(
    quotes.who,
    text('不再从事灵活就业或不再缴费的，停止补贴。', 'It ends with the flexible work or the contributions.'),
  );
  return {
    entry: 'standard',
    conditions: {
      ...limits.conditions,
      nearRetirement: 'retiresOn < addMonths(receivedOn, p.nearRetirementMonths)',
      extendable: 'graduate && !hardToEmploy && p.extensionEnabled',
    },
    conditionLabels: {
      ...limits.conditionLabels,
      nearRetirement: text('距法定退休不足5年', 'less than five years before retirement'),
      extendable: text('以高校毕业生身份享受，期满可延长', 'drawn as a graduate: may be extended'),
    },
    milestones: [],
    advances: [],
    entitlement: [],
    recovery: recovery(
      grounds,
      grounds.open(text('文件未规定；多付的据实收回。', 'The document is silent; what was paid too much comes back.')),
    ),
    claims: [
      {
        id: 'insurance',
        label: text('灵活就业社会保险补贴', 'social insurance subsidy'),
        every: 'month',
        amount: 'monthly',
        opens: ['approved'],
        term: {
          periods: term,
          cite: grounds.open(
            text(
              '文件未写享受期限；就业困难人员、高校毕业生分别默认3年、2年，距退休不足5年的至退休。',
              'The document gives no term: by default three years, for graduates two, and until retirement within five years of it.',
            ),
          ),
        },
        extension: { periods: 'p.extensionMonths', times: 1, when: 'extendable', cite: extension.cite },
        due: limits.due('filed'),
        stops: [
          { id: 'employed', label: text('被单位录用', 'employed by a unit'), cite: ends },
          { id: 'contributionsStopped', label: text('停止缴费', 'contributions stopped'), cite: ends },
          { id: 'retired', label: text('达到法定退休年龄', 'retired'), cite: ends },
        ],
        cite: grounds.stated(quotes.who),
      },
    ],
  };
};
