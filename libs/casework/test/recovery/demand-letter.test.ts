import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type DemandLetter, demandLetter } from '@tranche/casework';

const letter: DemandLetter = {
  caseNo: 'TR-2020-000001',
  recoveryNo: 1,
  payee: '某某职业培训学校',
  policy: { zh: '职业培训补贴', en: 'Training subsidy' },
  reason: { zh: '未通过验收，据实收回预拨的资金', en: 'The acceptance failed' },
  cite: { doc: '大人社发〔2020〕391号', clause: '十二', basis: 'stated' },
  amountFen: 22_500_000n,
  payTo: [{ name: '就业补助资金专户', accountNo: '2100000000000001', bankNo: '102222000017', amountFen: 22_500_000n }],
  dueOn: '2020-12-25',
  writtenOn: '2020-11-25',
  writtenAtMs: Date.parse('2020-11-25T09:00:00+08:00'),
};
const hashOf = async (change: Partial<DemandLetter> = {}): Promise<string> =>
  createHash('sha256')
    .update(await demandLetter({ ...letter, ...change }))
    .digest('hex');

describe('the letter that demands repayment', () => {
  it('is a PDF with its own Chinese type, of one page', async () => {
    const bytes = await demandLetter(letter);
    const text = bytes.toString('latin1');
    expect(text.slice(0, 5)).toBe('%PDF-');
    expect(text).toMatch(/\/FontFile[23] /);
    expect(text.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    expect(bytes.byteLength).toBeLessThan(200_000);
  });

  it('has the same bytes when it is written again, and others for another amount, day or account', async () => {
    const same = await hashOf();
    expect(await hashOf()).toBe(same);
    const [account] = letter.payTo;
    const others = [
      await hashOf({ amountFen: 22_500_001n }),
      await hashOf({ dueOn: '2020-12-26' }),
      await hashOf({ payTo: [{ ...account!, accountNo: '2100000000000002' }] }),
    ];
    expect(new Set([same, ...others]).size).toBe(4);
  });
});
