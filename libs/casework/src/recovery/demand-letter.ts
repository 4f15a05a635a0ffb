import { inWords } from '@tranche/money';
import type { Cite, Text } from '@tranche/policies';
import { letterFont } from './letter-font.js';

/** Where money goes back to, and how much of it. */
export type PayTo = { readonly name: string; readonly accountNo: string; readonly bankNo: string; readonly amountFen: bigint };

export type DemandLetter = {
  readonly caseNo: string;
  readonly recoveryNo: number;
  readonly payee: string;
  readonly policy: Text;
  readonly reason: Text;
  readonly cite: Cite;
  readonly amountFen: bigint;
  readonly payTo: readonly PayTo[];
  /** `YYYY-MM-DD`, the last day on which repayment is in time */
  readonly dueOn: string;
  readonly writtenOn: string;
  /** instant of writing, epoch milliseconds: the same letter has the same bytes */
  readonly writtenAtMs: number;
};

const yuan = (fen: bigint): string => `${String(fen / 100n).replace(/\B(?=(\d{3})+$)/g, ',')}.${String(fen % 100n).padStart(2, '0')}`;
const dayInWords = (day: string): string => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日');

/**
 * The letter that demands repayment (追回通知书), as PDF: what, why, under which clause, to which account, by when, and how to object. What writes PDF is
 * loaded when the first letter is written, or when `readyForLetters` says that one may be: few processes ever write one.
 */
export async function demandLetter(letter: DemandLetter): Promise<Buffer> {
  const { default: PDFDocument } = await import('pdfkit');
  const info = {
    Title: `追回通知书 ${letter.caseNo}-${letter.recoveryNo}`,
    CreationDate: new Date(letter.writtenAtMs),
    ModDate: new Date(letter.writtenAtMs),
  };
  const page = new PDFDocument({ size: 'A4', margin: 72, info, font: '' });
  page.font(letterFont());
  const pages: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    page.on('data', (chunk: Buffer) => pages.push(chunk));
    page.on('end', () => resolve(Buffer.concat(pages)));
    page.on('error', reject);
  });
  write(page, letter);
  page.end();
  return done;
}

/** Loads what writes letters, so that the first one is written as quickly as any other. */
export async function readyForLetters(): Promise<void> {
  await import('pdfkit');
  letterFont();
}

function write(page: PDFKit.PDFDocument, letter: DemandLetter): void {
  page.fontSize(20).text('追回通知书', { align: 'center' }).moveDown(0.3);
  page.fontSize(10).text(`编号：${letter.caseNo}-${letter.recoveryNo}`, { align: 'center' }).moveDown(1.5);
  page.fontSize(12).text(`${letter.payee}：`).moveDown(0.5);
  for (const line of paragraphs(letter)) page.text(`　　${line}`, { lineGap: 4 }).moveDown(0.5);
  for (const account of letter.payTo) {
    page.moveDown(0.3).text(`　　金　额：${yuan(account.amountFen)} 元`);
    page.text(`　　户　名：${account.name}`).text(`　　账　号：${account.accountNo}`).text(`　　行　号：${account.bankNo}`);
    page.text(`　　附　言：${letter.caseNo} 退款`);
  }
  page.moveDown(2).text(dayInWords(letter.writtenOn), { align: 'right' });
  page.moveDown(1.5).fontSize(9).fillColor('#555555').text(inEnglish(letter), { lineGap: 2 });
}

const paragraphs = ({ policy, caseNo, reason, cite, amountFen, dueOn }: DemandLetter): readonly string[] => [
  `你单位（你）申领的“${policy.zh}”（案件 ${caseNo}）：${reason.zh}。依据${cite.doc}${cite.clause}，应退回资金人民币${inWords(amountFen)}（¥${yuan(amountFen)}）。`,
  `请于 ${dayInWords(dueOn)} 前（含当日）将款项退至下列账户，并在附言中注明案件编号。可以分次退还；一次退还有困难的，可以申请分期，经两人复核后执行。`,
  '逾期未退还的，退还之前不再向你单位（你）预拨资金，并移交有关部门追缴。对本通知有异议的，请在上述期限内向经办机构书面提出。',
];

const inEnglish = ({ policy, caseNo, reason, cite, amountFen, dueOn }: DemandLetter): string =>
  `Demand for repayment, case ${caseNo} (${policy.en}). ${reason.en}. Under ${cite.doc} ${cite.clause}, CNY ${yuan(amountFen)} is due back by ${dueOn}, to the account named above, with the number of the case. The Chinese text is the one that counts.`;
