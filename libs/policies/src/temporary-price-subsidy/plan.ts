import { type Grounds, text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import type { OfficeLimit } from '../tables/office-limit.js';
import { recovery } from '../tables/recovery.js';

/** Nobody applies: the office declares a month due, and everybody who drew benefit in it is paid once. */
export const planOf = (grounds: Grounds, limit: OfficeLimit): Plan => {
  const cite = grounds.stated('及时组织做好价格临时补贴发放工作');
  return {
    entry: 'noApplication',
    milestones: [],
    advances: [],
    remainder: { id: 'subsidy', label: text('价格临时补贴', 'price subsidy'), projection: 'subsidy', cite },
    entitlement: [{ opens: ['approved'], amount: 'subsidy', due: limit.due('approved'), cite }],
    recovery: recovery(
      grounds,
      grounds.open(text('文件未规定；多付的据实收回。', 'The document is silent; what was paid too much comes back.')),
    ),
  };
};
