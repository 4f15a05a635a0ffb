/** A valid payment request as the interface wants it. */
export function payment(endToEndId: string, changes: object = {}): Record<string, unknown> {
  return {
    endToEndId,
    instrId: `${endToEndId}A1`,
    currency: 'CNY',
    amountFen: '1500000',
    debtor: { name: '大连市财政局', accountNo: '3400200109200123456', bankNo: '102100099996' },
    creditor: { name: '大连海港职业培训学校', accountNo: '21001501234567890123', bankNo: '105100000017' },
    remittance: '职业技能培训补贴 第一期',
    executionDate: '2020-11-25',
    ...changes,
  };
}

/** What `GET /book` says. */
export interface BookPage {
  bookings: { endToEndId: string; status: string; bankRef: string; amountFen: string; settledOn?: string }[];
  count: number;
  sumsFen: { pending: string; settled: string; rejected: string; returned: string };
  tornBytes: number;
}
