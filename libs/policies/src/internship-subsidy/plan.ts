import { text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import { advanceLimit } from '../tables/advance-limit.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { recovery } from '../tables/recovery.js';
import type { Version } from './index.js';
import { half } from './parameters.js';
import { granted, rest } from './rules.js';

/** Up to half once the internship runs, the rest when it is over by the months served; an epidemic's interruption extends it. */
export const planOf = ({ grounds }: Version, limits: PaymentLimits): Plan => ({
  entry: 'standard',
  conditions: { ...limits.conditions, advancing: 'p.advanceEnabled', insuranceClaimed: 'claimsInsurance' },
  conditionLabels: {
    ...limits.conditionLabels,
    advancing: text('实行预拨', 'advances are paid'),
    insuranceClaimed: text('同时申请人身意外伤害保险补贴', 'accident insurance is claimed too'),
  },
  milestones: [
    {
      id: 'started',
      label: text('见习开始', 'internship begun'),
      by: ['enterprise', 'institution', 'inspector'],
      cite: grounds.inferred(
        granted,
        text('“组织…参加就业见习”：开始后方可预拨。', 'Only an internship that runs is paid for in advance.'),
      ),
    },
    {
      id: 'ended',
      label: text('见习结束并经核验', 'internship over and verified'),
      by: ['inspector'],
      cite: grounds.inferred(rest, text('余下补贴以见习结束后核验为准。', 'The rest follows what is verified at the end.')),
    },
  ],
  interruption: { cite: grounds.stated('因疫情见习中断的，相应延长补贴期限') },
  advances: [
    {
      id: 's1',
      label: text('预拨', 'advance'),
      amount: 'advance',
      opens: ['approved', 'started'],
      due: advanceLimit(grounds, 'started'),
      cite: grounds.stated(half),
      when: 'advancing',
    },
  ],
  remainder: { id: 's2', label: text('余下补贴', 'rest of the subsidy'), projection: 'estimate', cite: grounds.stated(rest) },
  entitlement: [
    {
      opens: ['approved', 'started', 'ended'],
      amount: 'actual',
      due: limits.due('ended'),
      cite: grounds.inferred(
        rest,
        text('未被留用的，余下补贴同样“按规定”拨付。', 'The rest is due "as laid down" where nobody is kept, too.'),
      ),
    },
  ],
  recovery: recovery(
    grounds,
    grounds.open(text('文件未规定；提前结束、多拨的据实收回。', 'The document is silent; what an early end leaves unearned comes back.')),
  ),
});
