import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshBook, type Simulator, startSimulator } from '../../../test/support/bank-simulator.js';
import { program } from '../../../test/support/programs.js';
import { payment } from './payment.js';

let bank: Simulator;
beforeAll(async () => {
  bank = await startSimulator();
});
afterAll(() => bank.kill());

const MAIN = program('bank-simulator');

/** Writes raw bytes to the bank's port and reads until the connection ends. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(bank.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  socket.on('error', () => undefined);
  socket.end(bytes);
  await once(socket, 'close');
  return answer;
}

describe('nothing a client sends can stop the bank', () => {
  it.each<[string, string, string, unknown, number, string]>([
    ['no body', 'POST', '/payments', undefined, 400, 'invalid-request'],
    ['half a body', 'POST', '/payments', '{"endToEndId":', 400, 'invalid-json'],
    ['a list', 'POST', '/payments', [], 400, 'invalid-request'],
    ['null parties', 'POST', '/payments', payment('X', { debtor: null }), 400, 'invalid-request'],
    ['an amount of nothing', 'POST', '/payments', payment('X', { amountFen: '0' }), 400, 'invalid-request'],
    ['an amount below nothing', 'POST', '/payments', payment('X', { amountFen: '-5' }), 400, 'invalid-request'],
    ['an amount as a number', 'POST', '/payments', payment('X', { amountFen: 5 }), 400, 'invalid-request'],
    ['an amount with decimals', 'POST', '/payments', payment('X', { amountFen: '5.00' }), 400, 'invalid-request'],
    ['another currency', 'POST', '/payments', payment('X', { currency: 'USD' }), 400, 'invalid-request'],
    ['a reference too long', 'POST', '/payments', payment('X'.repeat(31)), 400, 'invalid-request'],
    ['a day that is none', 'POST', '/payments', payment('X', { executionDate: '2020-13-01' }), 400, 'invalid-request'],
    ['too much', 'POST', '/payments', payment('X', { remittance: 'x'.repeat(100_000) }), 413, 'too-large'],
    ['a reference nobody knows', 'GET', '/payments/NOBODY', undefined, 404, 'not-found'],
    ['a reference that is a name of JavaScript', 'GET', '/payments/__proto__', undefined, 404, 'not-found'],
    ['a broken escape', 'GET', '/payments/%E0%A4%A', undefined, 404, 'not-found'],
    ['a path that is none', 'GET', '/a/b/c', undefined, 404, 'no-such-path'],
    ['a method that is none', 'PATCH', '/payments', undefined, 404, 'no-such-path'],
    ['an unknown fault', 'POST', '/faults', { kind: 'earthquake' }, 400, 'invalid-fault'],
    ['a fault that is null', 'POST', '/faults', null, 400, 'invalid-fault'],
    ['a fault with a wrong number', 'POST', '/faults', { kind: 'slow', ms: -1 }, 400, 'invalid-fault'],
    ['a return of nothing', 'POST', '/returns/NOBODY', {}, 404, 'not-found'],
    ['a clock of words', 'PUT', '/clock', { offsetMs: 'noon' }, 400, 'invalid-clock'],
    ['events after a word', 'GET', '/events?after=x', undefined, 400, 'invalid-request'],
  ])('%s', async (_name, method, path, body, status, code) => {
    expect(await bank.call(method, path, body)).toMatchObject({ status, body: { code } });
    expect((await bank.call('GET', '/health')).body).toMatchObject({ status: 'ok' });
  });

  it('names the reference in a refusal whenever it could read one', async () => {
    expect((await bank.call('POST', '/payments', payment('NAMED', { amountFen: '0' }))).body).toMatchObject({ endToEndId: 'NAMED' });
  });

  it.each([
    ['noise', '\u0000\u0001\u0002\r\n\r\n'],
    ['a request cut off in its body', 'POST /payments HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"endTo'],
    ['a length that lies', 'POST /payments HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n{}'],
    ['a path without a slash', 'GET payments HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
  ])('%s on the bare socket', async (_name, bytes) => {
    await raw(bytes);
    expect((await bank.call('GET', '/health')).status).toBe(200);
    expect((await bank.call('GET', '/book')).body['count']).toBe(0);
  });
});

describe('a request without end', () => {
  it('is answered with 413 while it is still being sent', async () => {
    const head = 'POST /payments HTTP/1.1\r\nhost: x\r\ncontent-length: 50000000\r\n\r\n';
    expect(await raw(head + 'x'.repeat(200_000))).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe('the fault plan', () => {
  it('is listed with its hits and can be cleared', async () => {
    await bank.call('POST', '/faults', { kind: 'slow', ms: 1, times: 2 });
    await bank.call('POST', '/payments', payment('PLAN1'));
    expect((await bank.call('GET', '/faults')).body).toMatchObject({ faults: [{ kind: 'slow', hits: 1, times: 1 }] });
    expect((await bank.call('DELETE', '/faults')).body).toEqual({ faults: [] });
    expect((await bank.call('GET', '/faults')).body).toEqual({ faults: [] });
  });
});

describe('the process', () => {
  it('says where it listens in one line of JSON and ends on SIGTERM', async () => {
    const child = spawn(process.execPath, [MAIN, '--port=0', `--book=${freshBook()}`], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { address } = JSON.parse(line.toString()) as { address: string };
    expect((await fetch(`${address}/health`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends when the process that forked it is gone', async () => {
    const child = fork(MAIN, [], {
      env: { ...process.env, PORT: '0', BOOK: freshBook() },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    const exit = once(child, 'exit');
    child.disconnect();
    const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
    expect(await exit).toEqual([0, null]);
    clearTimeout(late);
  });

  it.each([
    ['a taken port', () => ({ PORT: String(bank.port) }), /cannot listen on .*EADDRINUSE/],
    ['a port that is a word', () => ({ PORT: 'http' }), /PORT must be a whole number/],
    ['a port too high', () => ({ PORT: '70000' }), /port/i],
    ['a book that is a folder', () => ({ PORT: '0', BOOK: '/' }), /EISDIR/],
  ])('%s gives one clear line and exit code 1', async (_name, env, line) => {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, BOOK: freshBook(), ...env() },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(1);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toMatch(line);
  });
});
