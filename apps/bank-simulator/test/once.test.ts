import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '../../../test/support/bank-simulator.js';
import { type BookPage, payment } from './payment.js';

let bank: Simulator;
beforeAll(async () => {
  bank = await startSimulator();
});
afterAll(() => bank.kill());

const book = async () => (await bank.call('GET', '/book')).body as unknown as BookPage;

describe('one reference is booked once', () => {
  it('under 50 posts at the same time, all with the same answer', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => bank.call('POST', '/payments', payment('MANY'))));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 200, body: { status: 'settled', endToEndId: 'MANY' } });
    expect((await book()).bookings.filter(({ endToEndId }) => endToEndId === 'MANY')).toHaveLength(1);
  });

  it('under 50 posts with 50 amounts: one wins, the others meet 409', async () => {
    const before = BigInt((await book()).sumsFen.settled);
    const posts = Array.from({ length: 50 }, (_, no) => bank.call('POST', '/payments', payment('RACE', { amountFen: String(no + 1) })));
    const answers = await Promise.all(posts);
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    const losers = answers.filter(({ status, body }) => status === 409 && body['code'] === 'duplicate-reference');
    expect(losers).toHaveLength(49);
    expect(BigInt((await book()).sumsFen.settled) - before).toBe(BigInt(String(winners[0]?.body['amountFen'])));
  });

  it('whatever the order of fields and the blanks between them', async () => {
    const first = await bank.call('POST', '/payments', payment('ORDER'));
    const turned = JSON.stringify(Object.fromEntries(Object.entries(payment('ORDER')).reverse()), null, 2);
    expect(await bank.call('POST', '/payments', turned)).toEqual(first);
  });

  it.each([
    ['the amount', { amountFen: '1500001' }],
    ['the payee’s account', { creditor: { name: '大连海港职业培训学校', accountNo: '999', bankNo: '105100000017' } }],
    ['the attempt', { instrId: 'OTHERA2' }],
    ['the remittance', { remittance: '别的' }],
  ])('%s is content: another one under the same reference is refused', async (_name, changes) => {
    await bank.call('POST', '/payments', payment('OTHER'));
    expect((await bank.call('POST', '/payments', payment('OTHER', changes))).status).toBe(409);
  });

  it('also when it was refused: the refusal stays', async () => {
    await bank.call('POST', '/faults', { kind: 'reject', match: { reference: 'NO' }, code: 'AC01' });
    const refused = await bank.call('POST', '/payments', payment('NO'));
    expect(refused).toMatchObject({ status: 422, body: { code: 'AC01', status: 'rejected' } });
    expect(await bank.call('POST', '/payments', payment('NO'))).toEqual(refused);
  });

  it('with the same answer again after a dropped connection', async () => {
    await bank.call('POST', '/faults', { kind: 'accept-then-drop-connection', match: { reference: 'DROP' } });
    await expect(bank.call('POST', '/payments', payment('DROP'))).rejects.toThrow();
    const found = await bank.call('GET', '/payments/DROP');
    expect(await bank.call('POST', '/payments', payment('DROP'))).toEqual(found);
    expect((await book()).bookings.filter(({ endToEndId }) => endToEndId === 'DROP')).toHaveLength(1);
  });
});
