import {
  checkAmount,
  checkDate,
  checkParty,
  checkReference,
  checkText,
  END_TO_END_ID,
  type FieldFault,
  fault,
  REFERENCE,
} from './check-instruction.js';
import type { LineFault, PaymentLine, PaymentOrder, RailCaps } from './port.js';
import { totalOf } from './split.js';

/** Batch numbers become names of files and messages: banks take 35 characters of them, a part and a letter of ours included. */
const ORDER_REFERENCE = /^[A-Z0-9][A-Z0-9-]{0,30}$/;

/** All faults of an order that hold on every rail, sorted by line; what one rail alone forbids is `also`'s business. */
export function checkOrder(
  order: PaymentOrder,
  caps: RailCaps,
  also: (line: PaymentLine, no: number) => readonly FieldFault[] = () => [],
): LineFault[] {
  return [
    ...at(0, null, orderFaults(order)),
    ...order.lines.flatMap((line, index) =>
      at(index + 1, line.endToEndId, [...lineFaults(line), ...limitFaults(line, caps), ...also(line, index + 1)]),
    ),
    ...repeatedReferences(order.lines),
  ].sort((a, b) => a.line - b.line);
}

const at = (line: number, endToEndId: string | null, faults: readonly FieldFault[]): LineFault[] =>
  faults.map((found) => ({ ...found, line, endToEndId }));

function orderFaults(order: PaymentOrder): FieldFault[] {
  return [
    ...checkReference('reference', order.reference, ORDER_REFERENCE),
    ...checkText('initiator.name', order.initiator.name),
    ...checkReference('initiator.uscc', order.initiator.uscc, /^[A-Z0-9]{18}$/),
    ...checkParty('debtor', order.debtor),
    ...checkDate('executionDate', order.executionDate),
    ...sumFaults(order.lines),
  ];
}

function sumFaults(lines: readonly PaymentLine[]): FieldFault[] {
  if (lines.length === 0) return [fault('lines', 'amount', '文件至少应有一笔付款', 'a file has at least one transfer')];
  return lines.every(({ amountFen }) => amountFen > 0n) ? checkAmount('total', totalOf(lines)) : [];
}

function lineFaults(line: PaymentLine): FieldFault[] {
  return [
    ...checkReference('endToEndId', line.endToEndId, END_TO_END_ID),
    ...checkReference('instrId', line.instrId, REFERENCE),
    ...checkAmount('amountFen', line.amountFen),
    ...checkParty('creditor', line.creditor),
    ...checkText('remittance', line.remittance),
  ];
}

function limitFaults({ amountFen }: PaymentLine, { maxItemFen, maxFileFen }: RailCaps): FieldFault[] {
  const most = maxItemFen < maxFileFen ? maxItemFen : maxFileFen;
  if (amountFen <= most) return [];
  return [
    fault(
      'amountFen',
      'over-limit',
      `该渠道单笔上限为 ${most} 分，请改用其他支付渠道`,
      `this rail takes at most ${most} fen in one transfer; pay it by another rail`,
    ),
  ];
}

function repeatedReferences(lines: readonly PaymentLine[]): LineFault[] {
  const first = new Map<string, number>();
  return lines.flatMap(({ endToEndId }, index) => {
    const earlier = first.get(endToEndId);
    if (earlier === undefined) {
      first.set(endToEndId, index + 1);
      return [];
    }
    const found = fault('endToEndId', 'repeated-reference', `与第 ${earlier} 行编号重复`, `the reference is that of line ${earlier}`);
    return [{ ...found, line: index + 1, endToEndId }];
  });
}
