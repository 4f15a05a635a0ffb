import { type Grounds, text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import type { OfficeLimit } from '../tables/office-limit.js';
import { recovery } from '../tables/recovery.js';

/** One payment after the approval. */
export const planOf = (grounds: Grounds, limit: OfficeLimit): Plan => {
  const cite = grounds.stated('由经常居住地发放一次性临时救助金');
  return {
    entry: 'standard',
    milestones: [],
    advances: [],
    remainder: { id: 'relief', label: text('一次性临时救助金', 'one-off temporary relief'), projection: 'relief', cite },
    entitlement: [{ opens: ['approved'], amount: 'relief', due: limit.due('received'), cite }],
    recovery: recovery(
      grounds,
      grounds.open(text('文件未规定；多付的据实收回。', 'The document is silent; what was paid too much comes back.')),
    ),
  };
};
