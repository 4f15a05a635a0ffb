import type { BankInstruction, BankParty, PaymentLine, PaymentOrder, RailKind, RailProfile } from '@tranche/bank';

/** Published CNAPS numbers with right check digits. */
export const bureau: BankParty = { name: '大连市财政局就业补助资金专户', accountNo: '3400200109200123456', bankNo: '102100099996' };
export const school: BankParty = { name: '大连海港职业培训学校', accountNo: '21001501234567890123', bankNo: '105100000017' };

let count = 0;

/** An instruction with a reference of its own. */
export function instruction(changes: Partial<BankInstruction> = {}): BankInstruction {
  count += 1;
  const endToEndId = `TR${process.pid}N${String(count).padStart(6, '0')}`;
  return {
    endToEndId,
    instrId: `${endToEndId}A1`,
    amountFen: 15_000_00n,
    debtor: bureau,
    creditor: school,
    remittance: '职业技能培训补贴 第一期',
    executionDate: '2020-11-25',
    ...changes,
  };
}

/** A transfer of an order; references follow the number. */
export const line = (no: number, amountFen: bigint, changes: Partial<PaymentLine> = {}): PaymentLine => ({
  endToEndId: `E2E2020112500${no}`,
  instrId: `E2E2020112500${no}A1`,
  amountFen,
  creditor: school,
  remittance: '培训补贴 & 余款 <第三期>',
  ...changes,
});

export function order(changes: Partial<PaymentOrder> = {}): PaymentOrder {
  return {
    reference: 'F2-20201125-0001',
    firstPart: 1,
    createdAtMs: Date.parse('2020-11-25T09:30:00+08:00'),
    initiator: { name: '大连市人力资源和社会保障局', uscc: '11210200422441234A' },
    debtor: bureau,
    executionDate: '2020-11-26',
    lines: [line(1, 1n), line(2, 1_500_000n), line(3, 99n)],
    ...changes,
  };
}

const limits = { maxItems: 3_000, maxItemFen: '999999999999999999', maxFileFen: '999999999999999999' };
const hours = { businessDaysOnly: true, cutOff: '16:30' };

/** A 代发 list as a bank might want it: titles, a tail with count and total, GB18030 with CRLF. */
export const list = {
  columns: [
    { field: 'seq', title: '序号' },
    { field: 'name', title: '姓名' },
    { field: 'accountNo', title: '账号' },
    { field: 'bankNo', title: '行号' },
    { field: 'amount', title: '金额' },
    { field: 'remittance', title: '摘要' },
    { field: 'reference', title: '业务参考号' },
  ],
  titles: true,
  head: null,
  tail: [{ text: '合计' }, { field: 'count' }, { field: 'total' }],
  delimiter: ',',
  quotes: 'when-needed',
  closed: false,
  lineEnd: 'crlf',
  bom: false,
  unit: 'yuan',
  fileName: 'DF_{batch}_{part3}.csv',
} satisfies Extract<RailProfile, { rail: 'csv' }>['template'];

/** A profile of each rail. */
export const profiles: { readonly [K in RailKind]: Extract<RailProfile, { rail: K }> } = {
  http: { rail: 'http', format: 'http-json', ...limits, dedup: 'item', hours: { businessDaysOnly: false, cutOff: null } },
  file: { rail: 'file', format: 'pain.001.001.09', ...limits, dedup: 'batch', hours },
  csv: { rail: 'csv', format: 'daifa', ...limits, dedup: 'none', hours, charset: 'gb18030', template: list },
};
