import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BankInstruction, httpBank, type OnlineRail, setBankClock } from '@tranche/bank';
import { type Simulator, startSimulator } from '../../../test/support/bank-simulator.js';
import { instruction } from './sample.js';

let simulator: Simulator;
let bank: OnlineRail;
/** gives up before a slow bank answers; everything else is asked with patience */
let impatient: OnlineRail;

/** The offset that makes the simulator's day 2020-11-25. */
const SANDBOX_OFFSET_MS = Date.parse('2020-11-25T08:00:00+08:00') - Date.now();

beforeAll(async () => {
  simulator = await startSimulator({ env: { CLOCK_OFFSET_MS: String(SANDBOX_OFFSET_MS) } });
  bank = httpBank({ baseUrl: simulator.address, timeoutMs: 10_000 });
  impatient = httpBank({ baseUrl: simulator.address, timeoutMs: 200, perCall: 4 });
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

describe('payments sent in a list', () => {
  const list = (requests: readonly BankInstruction[], rail = httpBank({ baseUrl: simulator.address, timeoutMs: 10_000, perCall: 4 })) =>
    rail.lists!.send(requests.map((each) => rail.renderRequest(each)));
  const kinds = (exchanges: readonly { answer: { kind: string } }[]) => exchanges.map(({ answer }) => answer.kind);

  it('is what only a bank offers that agreed to it', () => {
    expect(bank.lists).toBeUndefined();
  });

  it('are each answered as if they had come alone, in their order, with their own evidence', async () => {
    const [good, refused, waiting] = [instruction(), instruction(), instruction()];
    await fault('reject', { code: 'BE01', match: { reference: refused.endToEndId } });
    await fault('pending-then-settle', { match: { reference: waiting.endToEndId } });
    const answers = await list([waiting, refused, good]);
    expect(kinds(answers)).toEqual(['accepted', 'rejected', 'settled']);
    expect(answers[2]!.answer).toEqual((await send(good)).answer);
    const evidence = answers.map(({ response }) => Buffer.from(response!).toString('utf8'));
    for (const [index, { endToEndId }] of [waiting, refused, good].entries())
      expect(evidence.map((text) => text.includes(endToEndId))).toEqual([0, 1, 2].map((at) => at === index));
    expect(await Promise.all([good, refused, waiting].map(bookings))).toEqual([1, 1, 1]);
  });

  it.each([
    ['accept-then-drop-connection', 'connection-lost'],
    ['5xx-after-booking', 'server-error'],
    ['garbage-answer', 'unreadable-answer'],
    ['wrong-amount-answer', 'contradictory-answer'],
    ['wrong-reference-answer', 'contradictory-answer'],
  ])('leave the one unknown that %s strikes, and no other', async (kind, why) => {
    const [struck, good] = [instruction(), instruction()];
    await fault(kind, { match: { reference: struck.endToEndId } });
    const answers = await list([struck, good]);
    expect(answers[0]!.answer).toMatchObject({ kind: 'unknown', why });
    expect(answers[1]!.answer).toEqual(settled);
    expect(await bookings(struck)).toBe(1);
  });

  it('are all unknown when the answer to the list is late, and each is found by asking', async () => {
    const both = [instruction(), instruction()];
    await fault('slow', { ms: 700, match: { reference: both[0]!.endToEndId } });
    expect(kinds(await list(both, impatient))).toEqual(['unknown', 'unknown']);
    for (const each of both)
      expect(
        await until(
          () => ask(each),
          ({ kind }) => kind === 'settled',
        ),
      ).toEqual(settled);
  });

  const answering = (status: number, body: unknown) =>
    httpBank({
      baseUrl: 'http://bank.invalid',
      timeoutMs: 400,
      perCall: 2,
      fetch: async () => new Response(JSON.stringify(body), { status }),
    }).lists!;

  it('are unknown, not refused, when the list is refused, twice named, or answered with something else', async () => {
    const one = instruction();
    const request = bank.renderRequest(one);
    const said = {
      endToEndId: one.endToEndId,
      status: 422,
      body: { code: 'AC04', text: '销户', status: 'rejected', endToEndId: one.endToEndId },
    };
    const read = async (status: number, body: unknown) => (await answering(status, body).send([request])).map(({ answer }) => answer);
    expect(await read(200, { answers: [said] })).toEqual([{ kind: 'rejected', code: 'AC04', text: '销户' }]);
    expect(await read(422, { answers: [said] })).toMatchObject([{ kind: 'unknown', why: 'not-a-definite-refusal' }]);
    expect(await read(200, { answers: [said, said] })).toMatchObject([{ kind: 'unknown', why: 'contradictory-answer' }]);
    expect(await read(200, { answers: [{ ...said, endToEndId: 'ANOTHER' }] })).toMatchObject([{ kind: 'unknown', why: 'connection-lost' }]);
    expect(await read(200, [said])).toMatchObject([{ kind: 'unknown', why: 'unreadable-answer' }]);
  });

  it('are never more than the bank takes in one call', async () => {
    const request = bank.renderRequest(instruction());
    await expect(answering(200, {}).send([request, request, request])).rejects.toThrow(RangeError);
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
    const rail = kind === 'slow' ? impatient : bank;
    expect((await rail.send(rail.renderRequest(payment))).answer).toEqual(answered);
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
    const rail = kind === 'slow' ? impatient : bank;
    expect((await rail.inquire(payment.endToEndId, payment.amountFen)).answer).toMatchObject(answered);
    expect(await ask(payment)).toEqual(settled);
  });
});

describe('the feed', () => {
  const HOUR_MS = 3_600_000;
  /** The bank's clock an hour later, while this runs. */
  const anHourLater = async <T>(work: () => Promise<T>): Promise<T> => {
    await setBankClock(simulator.address, SANDBOX_OFFSET_MS + HOUR_MS);
    try {
      return await work();
    } finally {
      await setBankClock(simulator.address, SANDBOX_OFFSET_MS);
    }
  };
  const newsOf = async (payment: BankInstruction) => {
    const page = await bank.events(0);
    if (!page.ok) throw new Error(page.detail);
    return page.events.filter((event) => event.kind !== 'unreadable' && event.endToEndId === payment.endToEndId);
  };

  it('tells of a settlement that came late', async () => {
    const payment = instruction();
    await fault('pending-then-settle', { afterMs: HOUR_MS });
    expect((await send(payment)).answer.kind).toBe('accepted');
    const [news] = await anHourLater(() => newsOf(payment));
    expect(news).toMatchObject({ kind: 'settled', amountFen: 1_500_000n, settledOn: '2020-11-25' });
  });

  it('tells of a refusal that came late', async () => {
    const payment = instruction();
    await fault('pending-then-reject', { afterMs: HOUR_MS, code: 'AC06' });
    expect((await send(payment)).answer.kind).toBe('accepted');
    expect(await anHourLater(() => newsOf(payment))).toMatchObject([{ kind: 'rejected', code: 'AC06' }]);
    expect(await ask(payment)).toMatchObject({ kind: 'rejected', code: 'AC06' });
  });

  it('tells of a return after the settlement, and inquiry knows both days', async () => {
    const payment = instruction();
    await fault('return', { afterMs: HOUR_MS, code: 'AC04' });
    expect((await send(payment)).answer.kind).toBe('settled');
    const news = await anHourLater(() => newsOf(payment));
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
