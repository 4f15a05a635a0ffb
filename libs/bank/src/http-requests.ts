import { partName, renderParts } from './artifact.js';
import { checkOrder } from './check-order.js';
import type { BankInstruction, OrderHeading, PaymentLine, RailAdapter, RailCaps } from './port.js';
import { renderRequest } from './request.js';

const nothing = new Uint8Array();

/** The rail of single requests: every transfer is an artifact of its own, whatever the limits say about lists. */
export function requestRail(caps: RailCaps): RailAdapter {
  const single: RailCaps = { ...caps, maxItems: 1, charset: 'utf-8' };
  const check: RailAdapter['check'] = (order) => checkOrder(order, single);
  const writer: RailAdapter['writer'] = (heading) => ({
    fileName: `${partName(heading)}.json`,
    mediaType: 'application/json',
    head: () => nothing,
    lines: ([line]) => renderRequest(instructionIn(heading.order, line!)),
    tail: () => nothing,
  });
  return { caps: single, check, writer, render: (order) => renderParts(order, single, check(order), writer) };
}

/** A line of an order as an instruction that stands alone. */
export const instructionIn = ({ debtor, executionDate }: OrderHeading, line: PaymentLine): BankInstruction => ({
  endToEndId: line.endToEndId,
  instrId: line.instrId,
  amountFen: line.amountFen,
  debtor,
  creditor: line.creditor,
  remittance: line.remittance,
  executionDate,
});
