import { appendFileSync, copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freshBook, type Simulator, startSimulator } from '../../../test/support/bank-simulator.js';
import { Book } from '../src/book.js';
import { type BookPage, payment } from './payment.js';

const running: Simulator[] = [];
async function start(book: string): Promise<Simulator> {
  const bank = await startSimulator({ book });
  running.push(bank);
  return bank;
}
afterEach(async () => {
  for (const bank of running.splice(0)) await bank.kill();
});
const bookOf = async (bank: Simulator) => (await bank.call('GET', '/book')).body as unknown as BookPage;

describe('the book survives', () => {
  it('SIGKILL under load: what was answered is booked, and sending everything again books the rest once', async () => {
    const path = freshBook();
    const references = Array.from({ length: 200 }, (_, no) => `LOAD${no}`);
    const first = await start(path);
    await first.call('POST', '/faults', { kind: 'slow', ms: 20_000, match: { reference: 'LOAD199' } });
    const answered: string[] = [];
    const posts = references.map(async (reference) => {
      const { status } = await first.call('POST', '/payments', payment(reference));
      if (status === 200) answered.push(reference);
      if (answered.length === 40) first.child.kill('SIGKILL');
    });
    const lost = (await Promise.allSettled(posts)).filter(({ status }) => status === 'rejected').length;
    expect([lost > 0, answered.length >= 40]).toEqual([true, true]);

    const second = await start(path);
    const kept = new Set((await bookOf(second)).bookings.map(({ endToEndId }) => endToEndId));
    expect(answered.filter((reference) => !kept.has(reference))).toEqual([]);
    for (const reference of references) expect((await second.call('POST', '/payments', payment(reference))).status).toBe(200);
    expect(await bookOf(second)).toMatchObject({ count: 200, sumsFen: { settled: String(200n * 1_500_000n), pending: '0' } });
  });

  it('death in the middle of writing: the torn booking never happened and may be sent again', async () => {
    const path = freshBook();
    const first = await start(path);
    await first.call('POST', '/payments', payment('KEPT'));
    await first.call('POST', '/faults', { kind: 'crash-mid-booking', match: { reference: 'TORN' } });
    await expect(first.call('POST', '/payments', payment('TORN'))).rejects.toThrow();
    await first.kill();
    expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(false);

    const second = await start(path);
    const { count, tornBytes } = await bookOf(second);
    expect([count, tornBytes > 0]).toEqual([1, true]);
    expect((await second.call('GET', '/payments/TORN')).status).toBe(404);
    expect((await second.call('POST', '/payments', payment('TORN'))).body).toMatchObject({ status: 'settled' });
    expect((await bookOf(second)).count).toBe(2);
  });

  it('death after writing and before answering: the booking stands', async () => {
    const path = freshBook();
    const first = await start(path);
    await first.call('POST', '/faults', { kind: 'crash-after-booking' });
    await expect(first.call('POST', '/payments', payment('LATE'))).rejects.toThrow();
    const second = await start(path);
    const found = await second.call('GET', '/payments/LATE');
    expect(found).toMatchObject({ status: 200, body: { status: 'settled' } });
    expect(await second.call('POST', '/payments', payment('LATE'))).toEqual(found);
  });

  it('a restart with plans for later: what was pending settles, what was to come back comes back, the clock stands', async () => {
    const path = freshBook();
    const first = await start(path);
    await first.call('PUT', '/clock', { offsetMs: -1_000_000_000 });
    await first.call('POST', '/faults', { kind: 'pending-then-settle', afterMs: 3_600_000, match: { reference: 'WAIT' } });
    await first.call('POST', '/faults', { kind: 'return', afterMs: 3_600_000, code: 'BE01', match: { reference: 'BACK' } });
    await first.call('POST', '/payments', payment('WAIT'));
    await first.call('POST', '/payments', payment('BACK'));
    await first.kill();

    const second = await start(path);
    expect((await second.call('GET', '/clock')).body['offsetMs']).toBe(-1_000_000_000);
    expect((await second.call('GET', '/payments/WAIT')).body['status']).toBe('pending');
    await second.call('PUT', '/clock', { offsetMs: -1_000_000_000 + 3_700_000 });
    expect((await second.call('GET', '/payments/WAIT')).body['status']).toBe('settled');
    expect((await second.call('GET', '/payments/BACK')).body).toMatchObject({ status: 'returned', code: 'BE01' });
  });
});

describe('a payment the bank sends no news of', () => {
  it('is settled and found by inquiry alone, also after a restart; others are told of as ever', async () => {
    const path = freshBook();
    const first = await start(path);
    await first.call('POST', '/faults', { kind: 'no-news', match: { reference: 'SILENT' } });
    for (const reference of ['SILENT', 'TOLD']) await first.call('POST', '/payments', payment(reference));
    await first.kill();
    const second = await start(path);
    expect((await second.call('GET', '/payments/SILENT')).body).toMatchObject({ status: 'settled' });
    const { events } = (await second.call('GET', '/events?after=0')).body as { events: { endToEndId: string }[] };
    expect(events.map(({ endToEndId }) => endToEndId)).toEqual(['TOLD']);
  });
});

describe('opening a book', () => {
  /** Two payments, written by the book itself; the second line is multi-byte Chinese text. */
  function writtenBook(): string {
    const path = freshBook();
    const book = new Book(path);
    book.append(1, [{ type: 'clock', offsetMs: 1 }]);
    book.append(2, [{ type: 'rejected', endToEndId: 'A', code: 'AC01', text: '收款账号有误' }]);
    book.close();
    return path;
  }

  it('cuts a last line torn at any byte, and goes on writing after it', () => {
    const whole = writtenBook();
    const bytes = readFileSync(whole);
    const firstLine = bytes.indexOf(0x0a) + 1;
    for (let length = 0; length < bytes.length; length += 1) {
      const path = freshBook();
      copyFileSync(whole, path);
      truncateSync(path, length);
      const book = new Book(path);
      const complete = length < firstLine ? 0 : 1;
      expect([book.entries.length, book.tornBytes]).toEqual([complete, length - complete * firstLine]);
      book.append(3, [{ type: 'clock', offsetMs: 7 }]);
      book.close();
      const reopened = new Book(path);
      expect(reopened.tornBytes).toBe(0);
      expect(reopened.entries.at(-1)).toEqual({ seq: complete + 1, atMs: 3, type: 'clock', offsetMs: 7 });
      reopened.close();
    }
  });

  it.each([
    ['a line in the middle is not JSON', '{"seq":1,\n{"seq":2,"type":"clock","offsetMs":0,"atMs":0}\n'],
    ['a line is missing', '{"seq":2,"type":"clock","offsetMs":0,"atMs":0}\n'],
    ['a line stands twice', '{"seq":1,"type":"clock","offsetMs":0,"atMs":0}\n{"seq":1,"type":"clock","offsetMs":0,"atMs":0}\n'],
  ])('refuses to guess when %s', async (_name, content) => {
    const path = freshBook();
    writeFileSync(path, content);
    expect(() => new Book(path)).toThrow(/damaged at line/);
    await expect(startSimulator({ book: path })).rejects.toThrow('code 1');
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('keeps entries and their numbers across openings', () => {
    const path = writtenBook();
    const book = new Book(path);
    expect(book.entries.map(({ seq }) => seq)).toEqual([1, 2]);
    book.close();
    appendFileSync(path, '');
    expect(new Book(path).tornBytes).toBe(0);
  });
});
