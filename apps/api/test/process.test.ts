import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { generateKeyFile } from '@tranche/casework';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { program } from '../../../test/support/programs.js';

jest.setTimeout(60_000);
let test: TestDatabase;
let folder: string;
let keyFile: string;
beforeAll(async () => {
  test = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'tranche-api-'));
  keyFile = join(folder, 'keys.json');
  writeFileSync(keyFile, generateKeyFile(randomBytes));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await test.drop();
});

type Told = { readonly child: ChildProcess; readonly output: () => string; readonly ended: Promise<number | null> };

const started: ChildProcess[] = [];
/** Whatever a test leaves running. */
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function start(env: Record<string, string>): Told {
  const child = fork(program('api'), {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  started.push(child);
  let text = '';
  child.stdout?.on('data', (chunk) => (text += chunk));
  child.stderr?.on('data', (chunk) => (text += chunk));
  return { child, output: () => text, ended: once(child, 'exit').then(([code]) => code as number | null) };
}

const good = () => ({ DATABASE_URL: test.appUrl, TRANCHE_KEY_FILE: keyFile, TRANCHE_SANDBOX: '1' });

async function ready(told: Told): Promise<number> {
  const [message] = (await once(told.child, 'message')) as [{ ready: boolean; port: number }];
  expect(message.ready).toBe(true);
  return message.port;
}

describe('the api process', () => {
  it('says on which port it serves, serves, and stops when told', async () => {
    const told = start(good());
    const port = await ready(told);
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    told.child.kill('SIGTERM');
    expect(await told.ended).toBe(0);
  });

  it('logs route and person of a request, never its body, its token, an account number or a password', async () => {
    const told = start({ ...good(), LOG_LEVEL: 'info' });
    const port = await ready(told);
    const secret = { username: 'officer', password: 'my-own-secret-password' };
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${'S'.repeat(43)}` };
    await fetch(`http://127.0.0.1:${port}/api/v1/session`, { method: 'POST', headers, body: JSON.stringify(secret) });
    await fetch(`http://127.0.0.1:${port}/api/v1/organisations/6222020000000000017/accounts?name=210202199001010019`, { headers });
    told.child.kill('SIGTERM');
    await told.ended;
    const lines = told
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ method: 'POST', route: '/api/v1/session', status: 401 }),
        expect.objectContaining({ method: 'GET', route: '/api/v1/organisations/:id/accounts', status: 401 }),
      ]),
    );
    for (const private_ of ['my-own-secret-password', 'SSSS', '6222020000000000017', '210202199001010019'])
      expect(told.output()).not.toContain(private_);
  });

  it('ends when its parent is gone', async () => {
    const told = start(good());
    await ready(told);
    told.child.disconnect();
    expect(await told.ended).toBe(0);
  });

  it.each([
    ['a missing address', { DATABASE_URL: '' }, 'DATABASE_URL'],
    ['another kind of address', { DATABASE_URL: 'mysql://secret-host/db' }, 'DATABASE_URL'],
    ['a port that is none', { PORT: '99999' }, 'PORT'],
    ['no key file', { TRANCHE_KEY_FILE: '/nowhere/keys.json' }, 'TRANCHE_KEY_FILE'],
  ])('names the setting, never its value, for %s', async (_, env, name) => {
    const told = start({ ...good(), ...env });
    expect(await told.ended).toBe(1);
    expect(told.output().trim().split('\n')).toHaveLength(1);
    expect(told.output()).toContain(name);
    for (const value of Object.values(env)) if (value !== '') expect(told.output()).not.toContain(value);
  });

  it('refuses to run as the owner of the tables', async () => {
    const told = start({ ...good(), DATABASE_URL: test.ownerUrl });
    expect(await told.ended).toBe(1);
    expect(told.output()).toMatch(/tranche_owner.*tranche_app/);
    expect(told.output().trim().split('\n')).toHaveLength(1);
  });

  it('says in one line that a port is taken', async () => {
    const first = start(good());
    const port = await ready(first);
    const second = start({ ...good(), PORT: String(port) });
    expect(await second.ended).toBe(1);
    expect(second.output().trim()).toMatch(/^.*PORT is taken$/);
    first.child.kill('SIGTERM');
    await first.ended;
  });
});
