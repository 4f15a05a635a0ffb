import { text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import { noticeAfter } from '../tables/notice-after.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { recovery } from '../tables/recovery.js';
import type { Version } from './index.js';

/** Nobody applies: the office screens its registers, and the limit runs from the approval of the batch. */
export const planOf = ({ grounds }: Version, limits: PaymentLimits): Plan => {
  const direct = grounds.stated('免申领直接拨付返还资金');
  return {
    entry: 'noApplication',
    conditions: { ...limits.conditions, affected: 'affectedByEpidemic' },
    conditionLabels: { ...limits.conditionLabels, affected: text('受疫情影响', 'affected by the epidemic') },
    milestones: [],
    notice: noticeAfter(grounds),
    advances: [],
    remainder: { id: 'payment', label: text('稳岗返还', 'refund'), projection: 'refund', cite: direct },
    entitlement: [{ opens: ['approved'], amount: 'refund', due: limits.due('approved'), cite: direct }],
    recovery: recovery(
      grounds,
      grounds.open(text('文件未规定；多付的据实收回。', 'The document is silent; what was paid too much comes back.')),
    ),
  };
};
