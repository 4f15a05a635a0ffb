// The conditions under which `tranche up` refuses to start, each with its one line.

import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { upConfig } from '../src/up/config.js';
import { claimDataFolder, demandSpace } from '../src/up/data-folder.js';
import { InstanceLock } from '../src/up/instance-lock.js';
import { demandPort } from '../src/up/ports.js';
import { explain } from '../src/up/problem.js';
import { identify } from '../src/up/process-identity.js';
import { tempFolder } from './temp-folder.js';

const dir = tempFolder();
const folder = (name: string): string => {
  const path = join(dir, name);
  mkdirSync(path, { recursive: true });
  return path;
};

describe('the data folder', () => {
  it('is created, marked, and recognised the next time', () => {
    const path = join(dir, 'new', 'deeper');
    claimDataFolder(path);
    expect(() => claimDataFolder(path)).not.toThrow();
    expect(readdirSync(path).sort()).toEqual(['logs', 'tranche.json']);
  });

  it('that holds other files is refused and left untouched', () => {
    const path = folder('foreign');
    writeFileSync(join(path, 'thesis.doc'), 'x');
    expect(() => claimDataFolder(path)).toThrow(/不是分期拨的数据目录.*holds files that are not Tranche's/);
    expect(readdirSync(path)).toEqual(['thesis.doc']);
  });

  it.each(['{"format":2}', 'not json'])('with the mark %s of another version is refused', (mark) => {
    const path = folder(`format ${mark.length}`);
    writeFileSync(join(path, 'tranche.json'), mark);
    expect(() => claimDataFolder(path)).toThrow(/another version/);
    expect(readFileSync(join(path, 'tranche.json'), 'utf8')).toBe(mark);
  });

  it.each([
    [0, true],
    [199 * 1024 * 1024, true],
    [200 * 1024 * 1024, false],
    [null, false],
  ])('with %s bytes free: refused = %s', (free, refused) => {
    const attempt = () => demandSpace(dir, free);
    if (refused) expect(attempt).toThrow(/磁盘空间不足.*disk .* is full/);
    else expect(attempt).not.toThrow();
  });

  it.each([
    [Object.assign(new Error('write'), { code: 'ENOSPC' }), /disk is full/],
    [new Error('initdb: error: could not write file: No space left on device'), /disk is full/],
    [Object.assign(new Error('open'), { code: 'EACCES', path: '/data/x' }), /No permission to read and write \/data\/x/],
  ])('a failure of the system becomes one line (%s)', (error, line) => {
    expect(explain(error)?.en).toMatch(line);
  });

  it('a bug keeps its stack', () => {
    expect(explain(new TypeError('x is not a function'))).toBeNull();
  });
});

describe('the port', () => {
  it('that is taken is named, with the way out', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    await expect(demandPort(port, '127.0.0.1')).rejects.toThrow(new RegExp(`端口 ${port} 已被占用.*PORT=${port + 1} npm start`));
    await new Promise((resolve) => server.close(resolve));
    await expect(demandPort(port, '127.0.0.1')).resolves.toBe(port);
  });

  it('0 means any free one', async () => {
    expect(await demandPort(0, '127.0.0.1')).toBeGreaterThan(1023);
  });

  it('of a foreign address is refused', async () => {
    await expect(demandPort(3000, '203.0.113.1')).rejects.toThrow(/EADDRNOTAVAIL/);
  });
});

describe('the lock', () => {
  const lockOf = (path: string) => JSON.parse(readFileSync(join(path, 'up.lock'), 'utf8')) as { owner: { pid: number }; family: unknown[] };

  it('refuses a second start while the owner lives, and names it', async () => {
    const path = folder('held');
    const lock = await InstanceLock.acquire(path);
    await expect(InstanceLock.acquire(path)).rejects.toThrow(new RegExp(`already running on .*held \\(pid ${process.pid}\\)`));
    lock.release();
    (await InstanceLock.acquire(path)).release();
    expect(readdirSync(path)).toEqual([]);
  });

  it.each([
    ['of a dead process', JSON.stringify({ owner: { pid: 999_999_999, started: 'x' }, family: [] })],
    ['of a process whose id was reused', JSON.stringify({ owner: { pid: process.pid, started: 'earlier' }, family: [] })],
    ['cut off while being written', '{"owner":{"pi'],
    ['that is empty', ''],
  ])('%s never blocks', async (_what, content) => {
    const path = folder(`stale ${content.length}`);
    writeFileSync(join(path, 'up.lock'), content);
    const lock = await InstanceLock.acquire(path);
    expect(lockOf(path).owner.pid).toBe(process.pid);
    lock.release();
    expect(readdirSync(path)).toEqual([]);
  });

  it('of a dead owner is taken over only after the children it left have ended', async () => {
    const path = folder('orphans');
    const orphan = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 700)'], { stdio: 'ignore' });
    const family = [identify(orphan.pid as number)];
    expect(family[0]).not.toBeNull();
    writeFileSync(join(path, 'up.lock'), JSON.stringify({ owner: { pid: 999_999_999, started: 'x' }, family }));
    const lock = await InstanceLock.acquire(path);
    expect(identify(orphan.pid as number)).toBeNull();
    lock.release();
  });

  it('remembers the children', async () => {
    const path = folder('family');
    const lock = await InstanceLock.acquire(path);
    lock.note('self', process.pid);
    lock.note('self', process.pid);
    expect(lockOf(path).family).toEqual([identify(process.pid)]);
    lock.release();
  });

  it('is won by exactly one of many starts that find it stale', async () => {
    const path = folder('race');
    writeFileSync(join(path, 'up.lock'), JSON.stringify({ owner: { pid: 999_999_999, started: 'x' }, family: [] }));
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => InstanceLock.acquire(path)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('the environment', () => {
  it('has defaults for everything', () => {
    expect(upConfig({})).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', SANDBOX_PASSWORD: 'tranche-sandbox' });
  });

  it('takes --dir before TRANCHE_DIR', () => {
    expect(upConfig({ TRANCHE_DIR: '/a' }).dir).toBe('/a');
    expect(upConfig({ TRANCHE_DIR: '/a' }, '/b').dir).toBe('/b');
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://secret@host/db'],
    ['QUEUE_URL', 'amqp://secret@host'],
    ['BANK_URL', 'secret'],
    ['SANDBOX_PASSWORD', 'secret'],
  ])('%s=%s is refused by name, without its value', (name, value) => {
    const attempt = () => upConfig({ [name]: value });
    expect(attempt).toThrow(new RegExp(`Environment variable ${name} `));
    expect(attempt).not.toThrow(new RegExp(value));
  });

  it('counts an empty variable as not set', () => {
    expect(upConfig({ PORT: '', QUEUE_URL: '' })).toMatchObject({ PORT: 3000 });
  });
});
