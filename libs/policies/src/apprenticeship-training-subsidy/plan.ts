import { text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import { advanceLimit } from '../tables/advance-limit.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { recovery } from '../tables/recovery.js';
import type { Version } from './index.js';
import { reported } from './rules.js';

const handedOver = text(
  '文件未分阶段；据公开办事指南：培训计划备案后预拨不超过50%，任务完成后按合格人数结算，多拨的退还。',
  'The document knows no stages; by a public guide up to 50 % is advanced once the plan is filed, the rest by those who qualified, and an excess is returned.',
);

/** Up to half once the plan is approved, the rest by those who qualified; what they do not bear out comes back, all of it where nobody did. */
export const planOf = ({ grounds, grant }: Version, limits: PaymentLimits): Plan => ({
  entry: 'standard',
  conditions: { ...limits.conditions, advancing: 'p.advanceEnabled' },
  conditionLabels: { ...limits.conditionLabels, advancing: text('本地实行预拨', 'advances are paid here') },
  milestones: [
    {
      id: 'completed',
      label: text('培养任务完成并经核验', 'training completed and verified'),
      by: ['inspector'],
      cite: reported(handedOver),
    },
  ],
  advances: [
    {
      id: 's1',
      label: text('预拨', 'advance'),
      amount: 'advance',
      opens: ['approved'],
      due: advanceLimit(grounds, 'approved'),
      cite: reported(handedOver),
      when: 'advancing',
    },
  ],
  remainder: { id: 's2', label: text('剩余补贴', 'remainder'), projection: 'estimate', cite: grounds.stated(grant) },
  entitlement: [{ opens: ['approved', 'completed'], amount: 'assessed', due: limits.due('completed'), cite: grounds.stated(grant) }],
  recovery: recovery(grounds, reported(handedOver)),
});
