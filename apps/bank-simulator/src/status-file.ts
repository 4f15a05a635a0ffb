import { create } from 'xmlbuilder2';
import type { Bank, Payment } from './bank.js';
import type { TakenFile } from './book.js';
import { isoOf } from './clock.js';
import type { Strikes } from './faults.js';

export const statusVersions = ['pain.002.001.10', 'pain.002.001.03'] as const;
export type StatusVersion = (typeof statusVersions)[number];

const words = { pending: 'PDNG', settled: 'ACSC', rejected: 'RJCT', returned: 'ACSC' } as const;
const yuan = (fen: string): string => `${BigInt(fen) / 100n}.${String(BigInt(fen) % 100n).padStart(2, '0')}`;

/** What became of a file and each of its lines. A stale status says RCVD for all, however far they are by now. */
export function statusFile(bank: Bank, version: StatusVersion, file: TakenFile, strikes: Strikes): string {
  const payments = linesOf(bank, file, strikes);
  const stale = strikes.has('stale-status');
  const now = bank.clock.nowMs();
  return create(
    { version: '1.0', encoding: 'UTF-8' },
    {
      Document: {
        '@xmlns': `urn:iso:std:iso:20022:tech:xsd:${version}`,
        CstmrPmtStsRpt: {
          GrpHdr: { MsgId: `SR${now}`, CreDtTm: isoOf(now) },
          OrgnlGrpInfAndSts: {
            OrgnlMsgId: file.fileId,
            OrgnlMsgNmId: file.format,
            OrgnlNbOfTxs: String(payments.length),
            GrpSts: stale ? 'RCVD' : bank.statusOf(file.fileId),
          },
          OrgnlPmtInfAndSts: {
            OrgnlPmtInfId: file.blockId,
            TxInfAndSts: payments.map((payment) => line(payment, stale ? 'RCVD' : words[payment.status])),
          },
        },
      },
    },
  ).end({ wellFormed: true });
}

function line({ content, bankRef, code, text, status }: Payment, word: string): object {
  const why =
    status === 'rejected' && word === 'RJCT'
      ? { StsRsnInf: { Rsn: { Cd: code ?? 'NARR' }, ...(text ? { AddtlInf: text.slice(0, 105) } : {}) } }
      : {};
  return {
    OrgnlInstrId: content.instrId,
    OrgnlEndToEndId: content.endToEndId,
    TxSts: word,
    ...why,
    ...(bankRef === null ? {} : { AcctSvcrRef: bankRef }),
    OrgnlTxRef: { Amt: { InstdAmt: { '@Ccy': 'CNY', '#': yuan(content.amountFen) } } },
  };
}

function linesOf(bank: Bank, file: TakenFile, strikes: Strikes): Payment[] {
  const payments = file.references.flatMap((reference) => bank.payments.get(reference) ?? []);
  return strikes.has('twice-in-file') ? [...payments, ...payments] : payments;
}

const results = { pending: '处理中', settled: '成功', rejected: '失败', returned: '成功' } as const;

/** The return file (回盘) of a 代发 list: a row for each line, the last row with count and total. */
export function returnFile(bank: Bank, file: TakenFile, strikes: Strikes): string {
  const payments = linesOf(bank, file, strikes);
  const total = payments.reduce((sum, { content }) => sum + BigInt(content.amountFen), 0n);
  const rows = payments.map(({ content, status, bankRef, code, text, settledOn }) => [
    content.endToEndId,
    content.creditor.name,
    content.creditor.accountNo,
    yuan(content.amountFen),
    strikes.has('stale-status') ? '处理中' : results[status],
    status === 'rejected' ? (code ?? '') : '',
    status === 'rejected' ? (text ?? '') : '',
    bankRef ?? '',
    settledOn ?? '',
  ]);
  const titles = ['业务参考号', '户名', '账号', '金额', '处理结果', '原因代码', '失败原因', '银行流水号', '入账日期'];
  const cells = [titles, ...rows, ['合计', String(payments.length), yuan(total.toString())]];
  return `${cells.map((row) => row.map(quoted).join(',')).join('\n')}\n`;
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
