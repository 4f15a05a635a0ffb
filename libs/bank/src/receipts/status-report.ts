import { type Element, find, findAll, firstText, textOf } from './element.js';
import { type Fault, fault, type Position, type ReceiptEvent, type StatusNews } from './receipt.js';
import type { RecordListener } from './records.js';
import { meaningOf, saysNothing } from './status-codes.js';
import { amountOf, dayOf, isFault, referenceOf } from './values.js';

/** pain.002.001.03 and .10: status of a whole file, a payment block, or a single transfer. */
export const statusReportContainers: ReadonlySet<string> = new Set(['Document', 'CstmrPmtStsRpt', 'OrgnlPmtInfAndSts']);

type Original = { messageId: string | null; blockId: string | null };

export class StatusReportReader implements RecordListener {
  private readonly original: Original = { messageId: null, blockId: null };
  /** the day the report was made; a settlement without a day of its own is of that day */
  private madeOn: string | null = null;
  private block: { status: Element | null; reason: Element[]; at: Position } | null = null;

  constructor(private readonly tell: (event: ReceiptEvent) => void) {}

  begin(container: Element): void {
    if (container.name !== 'OrgnlPmtInfAndSts') return;
    this.original.blockId = null;
    this.block = { status: null, reason: [], at: container.at };
  }

  record(element: Element, parent: Element): void {
    if (element.name === 'GrpHdr') this.madeOn = dayOf(textOf(element, 'CreDtTm'));
    else if (element.name === 'OrgnlGrpInfAndSts') this.group(element);
    else if (element.name === 'OrgnlPmtInfId') this.original.blockId = textOf(element);
    else if (element.name === 'PmtInfSts' && this.block) this.block.status = element;
    else if (element.name === 'StsRsnInf' && parent.name === 'OrgnlPmtInfAndSts') this.block?.reason.push(element);
    else if (element.name === 'TxInfAndSts') this.transaction(element);
  }

  end(container: Element): void {
    if (container.name !== 'OrgnlPmtInfAndSts' || !this.block) return;
    const { status, reason, at } = this.block;
    this.block = null;
    const code = textOf(status ?? undefined);
    if (code !== null) this.say('block', at, code, reason, undefined);
    this.original.blockId = null;
  }

  private group(element: Element): void {
    this.original.messageId = textOf(element, 'OrgnlMsgId');
    const code = textOf(element, 'GrpSts');
    if (code !== null) this.say('file', element.at, code, findAll(element, 'StsRsnInf'), undefined);
  }

  private transaction(element: Element): void {
    const code = textOf(element, 'TxSts');
    if (code === null) {
      // .10 may report a transfer's charges or reasons without a status
      this.tell(
        fault(element.at, 'element-missing', '一笔明细没有状态', 'a transfer without a status', textOf(element, 'OrgnlEndToEndId') ?? ''),
      );
      return;
    }
    this.say('transfer', element.at, code, findAll(element, 'StsRsnInf'), element);
  }

  private say(level: StatusNews['level'], at: Position, code: string, reasons: readonly Element[], transfer: Element | undefined): void {
    if (level !== 'transfer' && saysNothing(code)) return;
    const meaning = meaningOf(code);
    if (meaning === null) {
      const about = textOf(transfer, 'OrgnlEndToEndId') ?? this.original.blockId ?? this.original.messageId ?? '';
      this.tell(
        fault(at, 'status-unknown', `状态 ${code} 含义不明`, `the status ${code} is not known to say anything`, `${code} ${about}`),
      );
      return;
    }
    const amountFen = amountIn(transfer, at);
    if (isFault(amountFen)) {
      this.tell(amountFen);
      return;
    }
    const [reason] = reasons;
    const words = reasons.flatMap((each) => findAll(each, 'AddtlInf').map((line) => line.text.trim())).filter((line) => line !== '');
    this.tell({
      kind: 'status',
      at,
      level,
      originalMessageId: this.original.messageId,
      originalBlockId: this.original.blockId,
      endToEndId: referenceOf(textOf(transfer, 'OrgnlEndToEndId')),
      instrId: referenceOf(textOf(transfer, 'OrgnlInstrId')),
      bankRef: referenceOf(textOf(transfer, 'AcctSvcrRef')),
      meaning,
      code,
      reasonCode: firstText(reason, ['Rsn', 'Cd'], ['Rsn', 'Prtry']),
      reasonText: words.length === 0 ? null : words.join(' '),
      amountFen,
      on: dayOf(textOf(transfer, 'AccptncDtTm')) ?? this.madeOn,
    });
  }
}

/** The amount a bank repeats of a transfer; most leave it out. */
function amountIn(transfer: Element | undefined, at: Position): bigint | null | Fault {
  const amount = find(transfer, 'OrgnlTxRef', 'Amt', 'InstdAmt');
  return amount === undefined ? null : amountOf(amount, at);
}
