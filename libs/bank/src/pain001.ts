import { formatInstant } from '@tranche/calendar';
import { create } from 'xmlbuilder2';
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
import type { BankParty } from './port.js';

/** One credit transfer of a payment file. */
export interface Pain001Line {
  readonly endToEndId: string;
  readonly instrId: string;
  readonly amountFen: bigint;
  readonly creditor: BankParty;
  readonly remittance: string;
}

/** One file: one debtor account, one fund, one execution date. */
export interface Pain001Batch {
  /** 1–35 characters `[A-Z0-9]`, unique per file */
  readonly msgId: string;
  /** 1–35 characters `[A-Z0-9]` */
  readonly paymentInfoId: string;
  /** epoch milliseconds; written as local time of Shanghai */
  readonly createdAtMs: number;
  /** who hands the file in; `uscc` is its unified social credit code */
  readonly initiator: { readonly name: string; readonly uscc: string };
  readonly debtor: BankParty;
  readonly executionDate: string;
  readonly lines: readonly Pain001Line[];
}

/** A fault and its line: 1 = the first transfer, 0 = the batch itself. */
export interface Pain001Fault extends FieldFault {
  readonly line: number;
  readonly endToEndId: string | null;
}

export type Pain001 =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly count: number; readonly totalFen: bigint }
  | { readonly ok: false; readonly code: 'bank-file-refused'; readonly faults: readonly Pain001Fault[] };

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';

/**
 * Renders a pain.001.001.09 file in the CNY profile: CNAPS member numbers, accounts as `Othr`, two decimals, sums in whole fen.
 * Pure: the same batch gives the same bytes. Nothing is replaced or cut: what the profile does not allow is refused with its line.
 */
export function renderPain001(batch: Pain001Batch): Pain001 {
  const totalFen = batch.lines.reduce((sum, line) => sum + line.amountFen, 0n);
  const faults = [...batchFaults(batch, totalFen), ...batch.lines.flatMap(lineFaults), ...repeatedReferences(batch.lines)];
  if (faults.length > 0) return { ok: false, code: 'bank-file-refused', faults: faults.sort((a, b) => a.line - b.line) };
  const count = batch.lines.length;
  const xml = create({ version: '1.0', encoding: 'UTF-8' }, documentOf(batch, count, yuan(totalFen))).end({ wellFormed: true });
  return { ok: true, bytes: new TextEncoder().encode(xml), count, totalFen };
}

function documentOf(batch: Pain001Batch, count: number, total: string): object {
  const { initiator } = batch;
  const organisation = { OrgId: { Othr: { Id: initiator.uscc, SchmeNm: { Prtry: 'USCC' } } } };
  return {
    Document: {
      '@xmlns': NAMESPACE,
      CstmrCdtTrfInitn: {
        GrpHdr: {
          MsgId: batch.msgId,
          CreDtTm: formatInstant(batch.createdAtMs),
          NbOfTxs: String(count),
          CtrlSum: total,
          InitgPty: { Nm: initiator.name, Id: organisation },
        },
        PmtInf: {
          PmtInfId: batch.paymentInfoId,
          PmtMtd: 'TRF',
          BtchBookg: 'false',
          NbOfTxs: String(count),
          CtrlSum: total,
          ReqdExctnDt: { Dt: batch.executionDate },
          Dbtr: { Nm: batch.debtor.name },
          DbtrAcct: { ...accountOf(batch.debtor), Ccy: 'CNY' },
          DbtrAgt: agentOf(batch.debtor),
          CdtTrfTxInf: batch.lines.map(transferOf),
        },
      },
    },
  };
}

function transferOf(line: Pain001Line): object {
  return {
    PmtId: { InstrId: line.instrId, EndToEndId: line.endToEndId },
    Amt: { InstdAmt: { '@Ccy': 'CNY', '#': yuan(line.amountFen) } },
    CdtrAgt: agentOf(line.creditor),
    Cdtr: { Nm: line.creditor.name },
    CdtrAcct: accountOf(line.creditor),
    Purp: { Cd: 'GOVT' },
    RmtInf: { Ustrd: line.remittance },
  };
}

function agentOf({ bankNo }: BankParty): object {
  return { FinInstnId: { ClrSysMmbId: { ClrSysId: { Cd: 'CNAPS' }, MmbId: bankNo } } };
}

function accountOf({ accountNo }: BankParty): object {
  return { Id: { Othr: { Id: accountNo } } };
}

/** Fen as yuan with exactly two decimals and no grouping, as XML schema decimals want it. */
function yuan(fen: bigint): string {
  return `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
}

function batchFaults(batch: Pain001Batch, totalFen: bigint): Pain001Fault[] {
  const faults = [
    ...checkReference('msgId', batch.msgId, REFERENCE),
    ...checkReference('paymentInfoId', batch.paymentInfoId, REFERENCE),
    ...checkText('initiator.name', batch.initiator.name),
    ...checkReference('initiator.uscc', batch.initiator.uscc, /^[A-Z0-9]{18}$/),
    ...checkParty('debtor', batch.debtor),
    ...checkDate('executionDate', batch.executionDate),
    ...(batch.lines.length === 0
      ? [fault('lines', 'amount', '文件至少应有一笔付款', 'a file has at least one transfer')]
      : checkAmount('total', totalFen)),
  ];
  return faults.map((found) => ({ ...found, line: 0, endToEndId: null }));
}

function lineFaults(line: Pain001Line, index: number): Pain001Fault[] {
  const faults = [
    ...checkReference('endToEndId', line.endToEndId, END_TO_END_ID),
    ...checkReference('instrId', line.instrId, REFERENCE),
    ...checkAmount('amountFen', line.amountFen),
    ...checkParty('creditor', line.creditor),
    ...checkText('remittance', line.remittance),
  ];
  return faults.map((found) => ({ ...found, line: index + 1, endToEndId: line.endToEndId }));
}

function repeatedReferences(lines: readonly Pain001Line[]): Pain001Fault[] {
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
