// The bank of the month-end: the simulator as a process, what is asked of it, and what it writes.

import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Pauses short enough for a bench, long enough for a loaded machine. Milliseconds. */
export const timing = { timeoutMs: 15_000, leaseMarginMs: 1_000, inquireAfterMs: [500, 1_000, 2_000], settleMs: 1_000 };

/** Payments the bank takes in one request. */
export const PER_CALL = 25;

const PAGE_LINES = 5_000;

export async function startBank() {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-bench-bank-'));
  const child = fork(join(import.meta.dirname, '../dist/bank-simulator.js'), [], {
    env: { ...process.env, BOOK: join(folder, 'book.jsonl'), PORT: '0' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ address: url }] = await once(child, 'message');
  // a connection of its own for each: one kept open may be closed by the bank while this process is busy
  const call = async (method, path, body) => {
    const answer = await fetch(`${url}${path}`, { method, headers: { connection: 'close' }, ...(body === undefined ? {} : { body }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    url,
    pid: child.pid,
    /** this request is booked, and its answer is lost */
    loseAnswer: (reference) => call('POST', '/faults', JSON.stringify({ kind: 'accept-then-drop-connection', match: { reference } })),
    giveBack: (reference) => call('POST', `/returns/${reference}`, JSON.stringify({ code: 'MD06', text: '收款人退回' })),
    take: (name, bytes, debtor) =>
      call(
        'POST',
        `/files?${new URLSearchParams({ name, debtor: debtor.accountNo, debtorName: debtor.name, debtorBank: debtor.bankNo })}`,
        bytes,
      ),
    book: async () => (await call('GET', '/book')).json(),
    /** the statement of a day, page by page */
    async *statement(accountNo, day) {
      for (let page = 1; ; page += 1) {
        const answer = await fetch(`${url}/statements/${accountNo}/${day}?page=${page}&size=${PAGE_LINES}`, {
          headers: { connection: 'close' },
        });
        if (answer.status === 404) return;
        if (!answer.ok) throw new Error(`no statement: ${answer.status} ${await answer.text()}`);
        yield uploadOf(`camt053-${day}-${page}.xml`, Buffer.from(await answer.arrayBuffer()));
      }
    },
    close: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const uploadOf = (fileName, bytes) => ({
  fileName,
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  open: async function* () {
    yield bytes;
  },
});
