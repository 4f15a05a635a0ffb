import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { httpBank, type OnlineRail } from '@tranche/bank';
import { instruction } from './sample.js';

/** What the thing at the other end of the line says next: not our simulator but anything that answers HTTP. */
let say: (response: ServerResponse) => void = (response) => response.end();
let received = 0;
let server: Server;
let bank: OnlineRail;

beforeAll(async () => {
  server = createServer((request, response) => {
    received += 1;
    request.resume().on('end', () => say(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  bank = httpBank({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 300, maxResponseBytes: 10_000 });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const payment = instruction({ endToEndId: 'STRANGE1', instrId: 'STRANGE1A1', amountFen: 500n });
const good = { endToEndId: 'STRANGE1', amountFen: '500', bankRef: 'B1', status: 'settled', settledOn: '2020-11-25' };
const answerWith =
  (status: number, body: unknown, headers = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, headers).end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  };
const sent = async () => (await bank.send(bank.renderRequest(payment))).answer;
const asked = async () => (await bank.inquire('STRANGE1', 500n)).answer;
const unknown = (why: string) => ({ kind: 'unknown', why });

describe('an answer that is not a clear answer to our payment leaves it unknown', () => {
  it.each([
    ['a field is missing', 200, { ...good, settledOn: undefined }, 'unreadable-answer'],
    ['the day does not exist', 200, { ...good, settledOn: '2021-02-30' }, 'unreadable-answer'],
    ['the status is a new word', 200, { ...good, status: 'ACSP' }, 'unreadable-answer'],
    ['the amount is a number', 200, { ...good, amountFen: 500 }, 'unreadable-answer'],
    ['the amount is one fen more', 200, { ...good, amountFen: '501' }, 'contradictory-answer'],
    ['the reference is another', 200, { ...good, endToEndId: 'STRANGE2' }, 'contradictory-answer'],
    ['the body is empty', 200, '', 'unreadable-answer'],
    ['the answer comes twice in one body', 200, JSON.stringify(good) + JSON.stringify(good), 'unreadable-answer'],
    ['the body is not UTF-8', 200, Buffer.from(JSON.stringify({ ...good, x: 'é' }), 'latin1'), 'unreadable-answer'],
    ['the body is too large', 200, JSON.stringify({ ...good, x: 'x'.repeat(20_000) }), 'answer-too-large'],
    ['a refusal that says settled', 422, good, 'not-a-definite-refusal'],
    ['a refusal without a code', 422, { endToEndId: 'STRANGE1', text: 'no' }, 'not-a-definite-refusal'],
    ['a refusal of another payment', 422, { endToEndId: 'STRANGE2', code: 'AC01', text: 'no' }, 'contradictory-answer'],
    ['a refusal in HTML', 400, '<html>Bad Request</html>', 'not-a-definite-refusal'],
    ['a proxy that wants a login', 401, { endToEndId: 'STRANGE1', code: 'X', text: '' }, 'not-a-definite-refusal'],
    ['a path that is gone', 404, { endToEndId: 'STRANGE1', code: 'not-found', text: '' }, 'not-a-definite-refusal'],
    ['too many requests', 429, { endToEndId: 'STRANGE1', code: 'busy', text: '' }, 'not-a-definite-refusal'],
    ['the reference is taken', 409, { endToEndId: 'STRANGE1', code: 'duplicate-reference', text: '' }, 'reference-used-for-other-content'],
    ['a server error with a perfect body', 502, good, 'server-error'],
  ])('%s', async (_name, status, body, why) => {
    say = answerWith(status, body);
    expect(await sent()).toMatchObject(unknown(why));
  });

  it('a redirect is not followed: it would send the payment a second time', async () => {
    received = 0;
    say = answerWith(307, '', { location: '/elsewhere' });
    expect(await sent()).toMatchObject(unknown('not-a-definite-refusal'));
    expect(received).toBe(1);
  });

  it('an answer that breaks off keeps the bytes that came', async () => {
    say = (response) => {
      response.writeHead(200, { 'content-length': 500 });
      response.write('{"endToEndId":');
      setTimeout(() => response.destroy(), 50);
    };
    const { answer, response } = await bank.send(bank.renderRequest(payment));
    expect(answer).toMatchObject(unknown('connection-lost'));
    expect(Buffer.from(response!).toString()).toBe('{"endToEndId":');
  });

  it('an answer that trickles is cut at the timeout, measured to its last byte', async () => {
    say = (response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    };
    expect(await sent()).toMatchObject(unknown('timeout'));
  });
});

describe('a clear answer is believed', () => {
  it('settled', async () => {
    say = answerWith(200, good);
    expect(await sent()).toEqual({ kind: 'settled', bankRef: 'B1', settledOn: '2020-11-25' });
  });

  it.each([400, 402, 422])('HTTP %i with our reference and a code is a definite refusal', async (status) => {
    say = answerWith(status, { endToEndId: 'STRANGE1', code: 'AM04', text: '余额不足' });
    expect(await sent()).toEqual({ kind: 'rejected', code: 'AM04', text: '余额不足' });
  });
});

describe('an inquiry', () => {
  it('believes "not found" only from the bank, which names our reference', async () => {
    say = answerWith(404, { code: 'not-found', text: '', endToEndId: 'STRANGE1' });
    expect(await asked()).toEqual({ kind: 'not-found' });
    for (const body of ['<html>404</html>', { code: 'not-found' }, { code: 'no-such-path', endToEndId: 'STRANGE1' }]) {
      say = answerWith(404, body);
      expect(await asked()).toMatchObject({ kind: 'unavailable' });
    }
  });

  it('never makes a failed question a failed payment', async () => {
    say = answerWith(422, { endToEndId: 'STRANGE1', code: 'AC01', text: 'no' });
    expect(await asked()).toMatchObject({ kind: 'unavailable' });
  });
});

describe('the feed', () => {
  const event = { seq: 4, kind: 'settled', endToEndId: 'A', bankRef: 'B', amountFen: '1', settledOn: '2020-11-25' };
  const page = (changes: object) => ({ events: [event], last: 4, more: false, ...changes });

  it('keeps an entry that cannot be read in its place and goes on', async () => {
    say = answerWith(200, page({ events: [event, { seq: 5, kind: 'exploded' }, { ...event, seq: 6 }], last: 6 }));
    const read = await bank.events(3);
    expect(read.ok && read.events.map(({ seq, kind }) => [seq, kind])).toEqual([
      [4, 'settled'],
      [5, 'unreadable'],
      [6, 'settled'],
    ]);
  });

  it.each([
    ['goes back', page({ events: [event, { ...event, seq: 3 }], last: 3 })],
    ['repeats what was asked to be left out', page({ events: [{ ...event, seq: 3 }], last: 3 })],
    ['promises more but gives nothing', { events: [], last: 3, more: true }],
    ['skips to a later number', page({ last: 9 })],
    ['is not a page', [event]],
  ])('is refused as a whole when it %s', async (_name, body) => {
    say = answerWith(200, body);
    expect(await bank.events(3)).toMatchObject({ ok: false, why: 'unreadable-answer' });
  });
});
