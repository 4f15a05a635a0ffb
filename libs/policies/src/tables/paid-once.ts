import { type Grounds, text } from '../documents/document.js';
import type { Cite, Plan, Text } from '../policy.js';
import { noticeByChoice, type Published } from './notice-choice.js';
import type { PaymentLimits } from './payment-limits.js';
import { recovery } from './recovery.js';

type Once = { readonly id: string; readonly amount: string; readonly label: Text; readonly cite: Cite; readonly published?: Published };

/** One payment of one amount after the approval, within the limits of the document. `id` names the payment, `amount` the amount. */
export const paidOnce = (grounds: Grounds, limits: PaymentLimits, { id, amount, label, cite, published }: Once): Plan => ({
  entry: 'standard',
  conditions: limits.conditions,
  conditionLabels: limits.conditionLabels,
  milestones: [],
  notice: noticeByChoice(grounds, published),
  advances: [],
  remainder: { id, label, projection: amount, cite },
  entitlement: [{ opens: ['approved'], amount, due: limits.due('received'), cite }],
  recovery: recovery(
    grounds,
    grounds.open(text('文件未规定；多付的据实收回。', 'The document is silent; what was paid too much comes back.')),
  ),
});
