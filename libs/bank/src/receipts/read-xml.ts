import type { IsoMessage } from '../schema/iso-messages.js';
import { statusOfNotice } from './notification.js';
import type { ReceiptEvent } from './receipt.js';
import { RecordReader } from './records.js';
import { StatementReader, statementContainers } from './statement.js';
import { StatusReportReader, statusReportContainers } from './status-report.js';

/** Messages a bank sends us that we read. */
export const receiptMessages: ReadonlySet<IsoMessage> = new Set([
  'pain.002.001.03',
  'pain.002.001.10',
  'camt.053.001.02',
  'camt.053.001.04',
  'camt.053.001.08',
  'camt.054.001.02',
  'camt.054.001.04',
  'camt.054.001.08',
]);

/**
 * What a message says, in pages as its text comes in; holds one entry at a time. Throws UnreadableReceipt where the document breaks off or is
 * not well-formed, behind everything that was whole until there.
 */
export async function* readXml(message: IsoMessage, chunks: AsyncIterable<string>): AsyncGenerator<readonly ReceiptEvent[]> {
  let told: ReceiptEvent[] = [];
  const reader = readerOf(message, (event) => told.push(event));
  const take = (): ReceiptEvent[] => {
    const page = told;
    told = [];
    return page;
  };
  let broken: unknown;
  try {
    for await (const chunk of chunks) {
      reader.push(chunk);
      if (told.length > 0) yield take();
    }
    reader.end();
  } catch (error) {
    broken = error;
  }
  if (told.length > 0) yield take();
  if (broken !== undefined) throw broken;
}

function readerOf(message: IsoMessage, tell: (event: ReceiptEvent) => void): RecordReader {
  if (message.startsWith('pain.002')) return new RecordReader(statusReportContainers, new StatusReportReader(tell));
  if (message.startsWith('camt.053')) return new RecordReader(statementContainers, new StatementReader(tell));
  const notice = new StatementReader((event) => {
    const status = statusOfNotice(event);
    if (status !== null) tell(status);
  });
  return new RecordReader(statementContainers, notice);
}
