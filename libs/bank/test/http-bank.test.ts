import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BankInstruction, httpBank, type OnlineRail, setBankClock } from '@tranche/bank';
import { type Simulator, startSimulator } from '../../../test/support/bank-simulator.js';
import { instruction } from './sample.js';

let simulator: Simulator;
let bank: OnlineRail;

/** The offset that makes the simulator's day 2020-11-25. */
const SANDBOX_OFFSET_MS = Date.parse('2020-11-25T08:00:00+08:00') - Date.now();

beforeAll(async () => {
  simulator = await startSimulator({ env: { CLOCK_OFFSET_MS: String(SANDBOX_OFFSET_MS) } });
  bank = httpBank({ baseUrl: simulator.address, timeoutMs: 400 });
});
afterAll(() => simulator.kill());
beforeEach(() => simulator.call('DELETE', '/faults'));

const fault = async (kind: string, more: object = {}) =>
  expect((await simulator.call('POST', '/faults', { kind, ...more })).status).toBe(201);
const send = (payment: BankInstruction) => bank.send(bank.renderRequest(payment));
const ask = async (payment: BankInstruction) => (await bank.inquire(payment.endToEndId, payment.amountFen)).answer;
const settled = { kind: 'settled', bankRef: expect.stringMatching(/^SB/), settledOn: '2020-11-25' };
const bookings = async (payment: BankInstruction) => {
  const { bookings: all } = (await simulator.call('GET', '/book')).body as { bookings: { endToEndId: string }[] };
  return all.filter(({ endToEndId }) => endToEndId === payment.endToEndId).length;
};
async function until<T>(read: () => Promise<T>, good: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 100; tries += 1) {
    const value = await read();
    if (good(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error('waited too long');
}

describe('a payment sent to the bank', () => {
  it('settles on the day of the bank’s clock, and its raw answer comes back for storage', async () => {
    const payment = instruction();
    const { answer, httpStatus, response } = await send(payment);
    expect(answer).toEqual(settled);
    expect(httpStatus).toBe(200);
    expect(JSON.parse(Buffer.from(response!).toString('utf8'))).toMatchObject({ endToEndId: payment.endToEndId, amountFen: '1500000' });
  });

  it('waits for its execution date', async () => {
    const payment = instruction({ executionDate: '2020-11-26' });
    expect((await send(payment)).answer).toMatchObject({ kind: 'accepted', status: 'pending' });
    await setBankClock(simulator.address, SANDBOX_OFFSET_MS + 86_400_000);
    expect(await ask(payment)).toMatchObject({ kind: 'settled', settledOn: '2020-11-26' });
    await setBankClock(simulator.address, SANDBOX_OFFSET_MS);
  });

  it('is unknown when the reference is in the book with other content: somebody was paid under our name', async () => {
    const payment = instruction();
    await send(payment);
    const { answer } = await send({ ...payment, amountFen: payment.amountFen + 1n });
    expect(answer).toMatchObject({ kind: 'unknown', why: 'reference-used-for-other-content' });
    expect(await bookings(payment)).toBe(1);
  });

  it('is answered the same way when the same bytes arrive twice, and booked once', async () => {
    const payment = instruction();
    const [first, second] = [await send(payment), await send(payment)];
    expect(second).toEqual(first);
    expect(await bookings(payment)).toBe(1);
  });
});

describe('each fault gives the one right answer, and inquiry finds the truth', () => {
  const unknown = (why: string) => ({ kind: 'unknown', why, detail: expect.any(String) });
  const notFound = { kind: 'not-found' };
  const cases: [string, object, object, object][] = [
    ['accept-then-drop-connection', {}, unknown('connection-lost'), settled],
    ['drop-before-booking', {}, unknown('connection-lost'), notFound],
    ['5xx-before-booking', {}, unknown('server-error'), notFound],
    ['5xx-after-booking', { status: 500 }, unknown('server-error'), settled],
    ['slow', { ms: 700 }, unknown('timeout'), settled],
    ['garbage-answer', {}, unknown('unreadable-answer'), settled],
    ['wrong-amount-answer', {}, unknown('contradictory-answer'), settled],
    ['wrong-reference-answer', {}, unknown('contradictory-answer'), settled],
    [
      'reject',
      { code: 'BE01', text: '户名不符' },
      { kind: 'rejected', code: 'BE01', text: '户名不符' },
      { kind: 'rejected', code: 'BE01', text: '户名不符' },
    ],
    [
      'account-closed',
      {},
      { kind: 'rejected', code: 'AC04', text: expect.any(String) },
      { kind: 'rejected', code: 'AC04', text: expect.any(String) },
    ],
    [
      'pending-then-settle',
      {},
      { kind: 'accepted', status: 'pending', bankRef: settled.bankRef },
      { kind: 'accepted', status: 'pending', bankRef: settled.bankRef },
    ],
    ['pending-then-settle', { afterMs: 0 }, settled, settled],
    ['duplicate-answer', {}, settled, settled],
  ];

  it.each(cases)('%s %j', async (kind, more, answered, found) => {
    const payment = instruction();
    await fault(kind, { ...more, match: { reference: payment.endToEndId } });
    expect((await send(payment)).answer).toEqual(answered);
    const truth = await until(
      () => ask(payment),
      (answer) => answer.kind === (found as { kind: string }).kind,
    );
    expect(truth).toEqual(found);
    expect(await bookings(payment)).toBe(found === notFound ? 0 : 1);
  });

  it('the adapter sends once: a dropped connection is not retried underneath', async () => {
    const payment = instruction();
    await fault('drop-before-booking', { match: { reference: payment.endToEndId }, times: null });
    await send(payment);
    const { faults } = (await simulator.call('GET', '/faults')).body as { faults: { seen: number }[] };
    expect(faults.map(({ seen }) => seen)).toEqual([1]);
  });

  it('a fault for the second payment leaves the first and the third alone', async () => {
    await fault('reject', { match: { nth: 2 } });
    const kinds = [];
    for (let no = 0; no < 3; no += 1) kinds.push((await send(instruction())).answer.kind);
    expect(kinds).toEqual(['settled', 'rejected', 'settled']);
  });

  it('an account marked closed refuses every payment to it and no other', async () => {
    const closed = instruction({ creditor: { ...instruction().creditor, accountNo: '6222000000000000' } });
    await fault('account-closed', { match: { accountNo: '6222000000000000' } });
    expect((await send(closed)).answer.kind).toBe('rejected');
    expect((await send({ ...closed, endToEndId: `${closed.endToEndId}B` })).answer.kind).toBe('rejected');
    expect((await send(instruction())).answer.kind).toBe('settled');
  });

  it.each([
    ['5xx-before-booking', {}, { kind: 'unavailable', why: 'server-error' }],
    ['drop-before-booking', {}, { kind: 'unavailable', why: 'connection-lost' }],
    ['slow', { ms: 700 }, { kind: 'unavailable', why: 'timeout' }],
    ['wrong-amount-answer', {}, { kind: 'unknown', why: 'contradictory-answer' }],
    ['garbage-answer', {}, { kind: 'unknown', why: 'unreadable-answer' }],
  ])('an inquiry that meets %s learns nothing', async (kind, more, answered) => {
    const payment = instruction();
    await send(payment);
    await fault(kind, { ...more, on: 'inquiry' });
    expect(await ask(payment)).toMatchObject(answered);
    expect(await ask(payment)).toEqual(settled);
  });
});

describe('the feed', () => {
  const newsOf = async (payment: BankInstruction) => {
    const page = await bank.events(0);
    if (!page.ok) throw new Error(page.detail);
    return page.events.filter((event) => event.kind !== 'unreadable' && event.endToEndId === payment.endToEndId);
  };

  it('tells of a settlement that came late', async () => {
    const payment = instruction();
    await fault('pending-then-settle', { afterMs: 150 });
    expect((await send(payment)).answer.kind).toBe('accepted');
    const [news] = await until(
      () => newsOf(payment),
      (found) => found.length > 0,
    );
    expect(news).toMatchObject({ kind: 'settled', amountFen: 1_500_000n, settledOn: '2020-11-25' });
  });

  it('tells of a refusal that came late', async () => {
    const payment = instruction();
    await fault('pending-then-reject', { afterMs: 50, code: 'AC06' });
    expect((await send(payment)).answer.kind).toBe('accepted');
    expect(
      await until(
        () => newsOf(payment),
        (found) => found.length > 0,
      ),
    ).toMatchObject([{ kind: 'rejected', code: 'AC06' }]);
    expect(await ask(payment)).toMatchObject({ kind: 'rejected', code: 'AC06' });
  });

  it('tells of a return after the settlement, and inquiry knows both days', async () => {
    const payment = instruction();
    await fault('return', { afterMs: 100, code: 'AC04' });
    expect((await send(payment)).answer.kind).toBe('settled');
    const news = await until(
      () => newsOf(payment),
      (found) => found.length > 1,
    );
    expect(news).toMatchObject([{ kind: 'settled' }, { kind: 'returned', code: 'AC04', returnedOn: '2020-11-25', amountFen: 1_500_000n }]);
    expect(await ask(payment)).toMatchObject({ kind: 'returned', settledOn: '2020-11-25', returnedOn: '2020-11-25', code: 'AC04' });
  });

  it('tells of a return made by hand', async () => {
    const payment = instruction();
    await send(payment);
    expect((await simulator.call('POST', `/returns/${payment.endToEndId}`, { code: 'BE01' })).status).toBe(200);
    expect((await newsOf(payment)).at(-1)).toMatchObject({ kind: 'returned', code: 'BE01' });
    expect((await simulator.call('POST', `/returns/${payment.endToEndId}`, {})).status).toBe(409);
  });

  it('may tell the same settlement twice under two numbers', async () => {
    const payment = instruction();
    await fault('duplicate-answer');
    await send(payment);
    const news = await newsOf(payment);
    expect(news.map(({ kind }) => kind)).toEqual(['settled', 'settled']);
    expect(new Set(news.map(({ seq }) => seq)).size).toBe(2);
  });

  it('goes on after the last entry seen', async () => {
    const before = await bank.events(0);
    const payment = instruction();
    await send(payment);
    const page = await bank.events(before.ok ? before.last : Number.NaN);
    expect(page).toMatchObject({ ok: true, more: false, events: [{ kind: 'settled', endToEndId: payment.endToEndId }] });
    if (page.ok) expect(await bank.events(page.last)).toMatchObject({ ok: true, events: [], last: page.last });
  });
});

describe('a bank with another book', () => {
  it('is noticed when its feed ends before the entry we know: its news are not taken for silence', async () => {
    expect(await bank.events(1_000_000)).toMatchObject({ ok: false, why: 'contradictory-answer' });
  });
});

describe('a bank that is not there', () => {
  it('makes a payment unknown, an inquiry and the feed unavailable', async () => {
    const gone = await startSimulator();
    const lost = httpBank({ baseUrl: gone.address, timeoutMs: 400 });
    await gone.kill();
    const payment = instruction();
    expect((await lost.send(lost.renderRequest(payment))).answer).toMatchObject({ kind: 'unknown', why: 'connection-lost' });
    expect((await lost.inquire(payment.endToEndId, payment.amountFen)).answer).toMatchObject({
      kind: 'unavailable',
      why: 'connection-lost',
    });
    expect(await lost.events(0)).toMatchObject({ ok: false, why: 'connection-lost' });
  });
});
