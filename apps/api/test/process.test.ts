import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { generateKeyFile } from '@tranche/casework';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';

jest.setTimeout(60_000);
const main = join(__dirname, '../dist/main.js');
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
  const child = fork(main, { env: { PATH: process.env['PATH'] ?? '', PORT: '0', LOG_LEVEL: 'silent', ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
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
