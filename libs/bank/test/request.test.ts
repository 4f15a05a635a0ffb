import { describe, expect, it } from '@jest/globals';
import { type BankInstruction, checkInstruction, httpBank, readRequest, renderRequest } from '@tranche/bank';
import fc from 'fast-check';
import { instruction } from './sample.js';

describe('the bytes of a payment request', () => {
  it('depend on the instruction alone, not on the order of its fields', () => {
    const payment = instruction();
    const turned = Object.fromEntries(Object.entries(payment).reverse()) as unknown as BankInstruction;
    expect(renderRequest(turned)).toEqual(renderRequest(payment));
  });

  it('give back reference and exact amount', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{1,30}$/), fc.bigInt(1n, 10n ** 18n - 1n), (endToEndId, amountFen) => {
        expect(readRequest(renderRequest(instruction({ endToEndId, amountFen })))).toEqual({ endToEndId, amountFen });
      }),
    );
  });

  it('are refused before anything leaves when they are not ours', async () => {
    const bank = httpBank({ baseUrl: 'http://127.0.0.1:9', timeoutMs: 100, fetch: () => Promise.reject(new Error('must not be called')) });
    const reordered = new TextEncoder().encode(`${new TextDecoder().decode(renderRequest(instruction()))} `);
    for (const bytes of [new Uint8Array(), new TextEncoder().encode('{}'), new TextEncoder().encode('null'), reordered]) {
      await expect(bank.send(bytes)).rejects.toThrow(RangeError);
    }
  });
});

describe('an instruction is refused with its field', () => {
  it.each<[string, Partial<BankInstruction>]>([
    ['endToEndId', { endToEndId: 'A'.repeat(31) }],
    ['endToEndId', { endToEndId: 'a1' }],
    ['endToEndId', { endToEndId: '' }],
    ['instrId', { instrId: 'A-1' }],
    ['amountFen', { amountFen: 0n }],
    ['amountFen', { amountFen: -1n }],
    ['amountFen', { amountFen: 10n ** 18n }],
    ['executionDate', { executionDate: '2021-02-29' }],
    ['remittance', { remittance: 'x'.repeat(141) }],
    ['remittance', { remittance: '' }],
    ['creditor.name', { creditor: { ...instruction().creditor, name: '张三\u0000' } }],
    ['creditor.name', { creditor: { ...instruction().creditor, name: '张\u200b三' } }],
    ['creditor.name', { creditor: { ...instruction().creditor, name: '张\ue000' } }],
    ['creditor.name', { creditor: { ...instruction().creditor, name: '张\ud800' } }],
    ['creditor.name', { creditor: { ...instruction().creditor, name: ' 张三' } }],
    ['creditor.accountNo', { creditor: { ...instruction().creditor, accountNo: '6222 0000' } }],
    ['debtor.bankNo', { debtor: { ...instruction().debtor, bankNo: '102100099997' } }],
    ['debtor.bankNo', { debtor: { ...instruction().debtor, bankNo: '10210009999' } }],
  ])('%s %#', (field, changes) => {
    expect(checkInstruction(instruction(changes)).map((found) => found.field)).toEqual([field]);
    expect(() => renderRequest(instruction(changes))).toThrow(RangeError);
  });

  it('while the longest and the rarest pass', () => {
    const creditor = { ...instruction().creditor, name: '𠮷㐂·阿卜杜拉（大连）' };
    expect(
      checkInstruction(instruction({ endToEndId: 'Z'.repeat(30), amountFen: 10n ** 18n - 1n, remittance: '补'.repeat(140), creditor })),
    ).toEqual([]);
  });
});
