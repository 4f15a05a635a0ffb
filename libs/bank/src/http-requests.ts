import { partName, renderParts } from './artifact.js';
import { checkOrder } from './check-order.js';
import type { BankInstruction, PaymentLine, PaymentOrder, RailAdapter, RailCaps } from './port.js';
import { renderRequest } from './request.js';

/** The rail of single requests: every transfer is an artifact of its own, whatever the limits say about lists. */
export function requestRail(caps: RailCaps): RailAdapter {
  const single: RailCaps = { ...caps, maxItems: 1, charset: 'utf-8' };
  const check: RailAdapter['check'] = (order) => checkOrder(order, single);
  const render: RailAdapter['render'] = (order) =>
    renderParts(order, single, check(order), (part) => ({
      fileName: `${partName(part)}.json`,
      mediaType: 'application/json',
      bytes: renderRequest(instructionIn(order, part.lines[0]!)),
    }));
  return { caps: single, check, render };
}

/** A line of an order as an instruction that stands alone. */
export const instructionIn = ({ debtor, executionDate }: PaymentOrder, line: PaymentLine): BankInstruction => ({
  endToEndId: line.endToEndId,
  instrId: line.instrId,
  amountFen: line.amountFen,
  debtor,
  creditor: line.creditor,
  remittance: line.remittance,
  executionDate,
});
