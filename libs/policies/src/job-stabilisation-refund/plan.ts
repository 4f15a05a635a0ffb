import { text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import { noticeAfter } from '../tables/notice-after.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { recovery } from '../tables/recovery.js';
import type { Version } from './index.js';

/** One payment after the approval; the list is public afterwards, and what a correction shows to be too much comes back. */
export const planOf = ({ grounds, rates }: Version, limits: PaymentLimits): Plan => {
  const basis =
    rates === 'stated' ? grounds.stated('提高至返还其上年度实际缴纳失业保险费的80%') : grounds.stated('加大失业保险稳岗返还力度');
  return {
    entry: 'insurance',
    conditions: { ...limits.conditions, affected: 'affectedByEpidemic' },
    conditionLabels: { ...limits.conditionLabels, affected: text('受疫情影响', 'affected by the epidemic') },
    milestones: [],
    notice: noticeAfter(grounds),
    advances: [],
    remainder: { id: 'payment', label: text('稳岗返还', 'refund'), projection: 'refund', cite: basis },
    entitlement: [{ opens: ['approved'], amount: 'refund', due: limits.due('received'), cite: basis }],
    recovery: recovery(
      grounds,
      grounds.open(text('文件未规定；多付的据实收回。', 'The document is silent; what was paid too much comes back.')),
    ),
  };
};
