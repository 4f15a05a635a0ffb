import type { BankInstruction, BankParty, Pain001Batch } from '@tranche/bank';

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

export function batch(changes: Partial<Pain001Batch> = {}): Pain001Batch {
  const line = (no: number, amountFen: bigint) => ({
    endToEndId: `E2E2020112500${no}`,
    instrId: `E2E2020112500${no}A1`,
    amountFen,
    creditor: school,
    remittance: '培训补贴 & 余款 <第三期>',
  });
  return {
    msgId: 'BF20201125000001',
    paymentInfoId: 'B20201125000001',
    createdAtMs: Date.parse('2020-11-25T09:30:00+08:00'),
    initiator: { name: '大连市人力资源和社会保障局', uscc: '11210200422441234A' },
    debtor: bureau,
    executionDate: '2020-11-26',
    lines: [line(1, 1n), line(2, 1_500_000n), line(3, 99n)],
    ...changes,
  };
}
