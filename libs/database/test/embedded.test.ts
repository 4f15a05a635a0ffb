import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Embedded, type EmbeddedOptions, embeddedStatus, startEmbedded, stopEmbedded } from '@tranche/database';
import pg from 'pg';
import { restoreSymlinks } from '../src/embedded/binaries.js';
import { startFailed } from '../src/embedded/run.js';

const fast = { fsync: 'off', full_page_writes: 'off' };
const asRoot = process.getuid?.() === 0;
if (!asRoot) process.stderr.write('not checked: a server started by root runs as another account; this run is not root\n');
let base: string;
let running: Embedded[] = [];

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'tranche embedded '));
  chmodSync(base, 0o755);
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()));
  running = [];
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

async function start(dir: string, options: Partial<EmbeddedOptions> = {}): Promise<Embedded> {
  const server = await startEmbedded({ dir, settings: fast, systemRoot: join(base, 'system'), ...options });
  running.push(server);
  return server;
}

const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'started',
    (error: { code?: string; text?: { zh: string; en: string } }) => {
      expect(error.text?.zh).toMatch(/\p{Script=Han}/u);
      return error.code ?? 'no code';
    },
  );

async function ask<T>(url: string, sql: string): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows[0] as T;
  } finally {
    await client.end();
  }
}

describe('the embedded database', () => {
  it('starts in a folder with spaces, keeps its data, its port and its passwords, and stops', async () => {
    const dir = join(base, 'a project', '.tranche');
    const first = await start(dir);
    expect(first.started).toBe(true);
    await ask(first.superuserUrl, 'CREATE TABLE kept AS SELECT 1 AS n');
    expect(embeddedStatus(dir)).toEqual({ running: true, port: first.port, dataDir: first.dataDir });
    await first.stop();
    expect(embeddedStatus(dir).running).toBe(false);
    const second = await start(dir);
    expect([second.port, second.passwords]).toEqual([first.port, first.passwords]);
    expect(await ask(second.superuserUrl, 'SELECT n FROM kept')).toEqual({ n: 1 });
  });

  it('is UTF-8 with the built-in locale, listens on loopback only, and asks for the password', async () => {
    const server = await start(join(base, 'shared'));
    const settings = await ask(
      server.superuserUrl,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS listen, current_setting('unix_socket_directories') AS sockets,
              (SELECT datlocale FROM pg_database WHERE datname = 'postgres') AS locale, current_setting('server_version') AS version`,
    );
    expect(settings).toEqual({ encoding: 'UTF8', listen: '127.0.0.1', sockets: '', locale: 'C.UTF-8', version: '18.4' });
    await expect(ask(server.superuserUrl.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(base, 'shared', 'embedded.json')).mode & 0o777).toBe(0o600);
  });

  it('finds a server that already runs, and leaves it running for whoever started it', async () => {
    const dir = join(base, 'shared');
    const first = await start(dir);
    const second = await start(dir);
    expect([second.started, second.port]).toEqual([false, first.port]);
  });

  it('starts again after the server was killed, even when its number is now another program', async () => {
    const dir = join(base, 'shared');
    const first = await start(dir);
    const lock = join(first.dataDir, 'postmaster.pid');
    const text = readFileSync(lock, 'utf8');
    process.kill(Number.parseInt(text, 10), 'SIGKILL');
    while (embeddedStatus(dir).running) await pause(20);
    writeFileSync(lock, text.replace(/^\d+/, String(process.pid)));
    const second = await start(dir);
    expect(second.started).toBe(true);
    expect(await ask(second.superuserUrl, 'SELECT 1 AS n')).toEqual({ n: 1 });
  });

  it('stops when the process that started it is killed', async () => {
    const dir = join(base, 'orphan');
    const library = pathToFileURL(join(import.meta.dirname, '..', 'dist', 'index.js')).href;
    const code = `import { startEmbedded } from ${JSON.stringify(library)};
      await startEmbedded({ dir: ${JSON.stringify(dir)} }); console.log('started'); setInterval(() => 0, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(parent.stdout, 'data');
    expect(embeddedStatus(dir).running).toBe(true);
    parent.kill('SIGKILL');
    for (let tries = 0; tries < 250 && embeddedStatus(dir).running; tries += 1) await pause(20);
    expect(embeddedStatus(dir).running).toBe(false);
  });

  it('is stopped by its folder, whoever started it', async () => {
    const dir = join(base, 'shared');
    await start(dir);
    await stopEmbedded(dir, join(base, 'system'));
    expect(embeddedStatus(dir).running).toBe(false);
  });

  it('takes another port when last time’s is taken, and refuses a port asked for that is taken', async () => {
    const dir = join(base, 'shared');
    const first = await start(dir);
    await first.stop();
    const squatter = createServer().listen(first.port, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    try {
      expect(await codeOf(start(dir, { port: first.port }))).toBe('port-taken');
      const second = await start(dir);
      expect(second.port).not.toBe(first.port);
    } finally {
      squatter.close();
    }
  });

  it('refuses a data folder of another major version, and changes nothing in it', async () => {
    const dir = join(base, 'old');
    const first = await start(dir);
    await first.stop();
    writeFileSync(join(first.dataDir, 'PG_VERSION'), '15\n');
    const before = readFileSync(join(first.dataDir, 'postgresql.auto.conf'), 'utf8');
    expect(await codeOf(start(dir))).toBe('data-folder-other-version');
    expect(readFileSync(join(first.dataDir, 'postgresql.auto.conf'), 'utf8')).toBe(before);
  });

  it('refuses a folder that somebody else filled, and a data folder whose passwords are lost', async () => {
    const dir = join(base, 'foreign');
    mkdirSync(join(dir, 'postgres'), { recursive: true });
    writeFileSync(join(dir, 'postgres', 'thesis.txt'), 'mine');
    expect(await codeOf(start(dir))).toBe('data-folder-foreign');
    expect(readFileSync(join(dir, 'postgres', 'thesis.txt'), 'utf8')).toBe('mine');
    const lost = join(base, 'lost');
    await (await start(lost)).stop();
    rmSync(join(lost, 'embedded.json'));
    expect(await codeOf(start(lost))).toBe('data-folder-foreign');
  });

  it('makes the libraries’ short names again when npm installed without scripts', () => {
    const folder = join(base, 'package');
    mkdirSync(join(folder, 'native', 'lib'), { recursive: true });
    writeFileSync(join(folder, 'native', 'lib', 'libicuuc.so.60.2'), 'library');
    const list = [{ source: 'native/lib/libicuuc.so.60.2', target: 'native/lib/libicuuc.so.60' }];
    writeFileSync(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(list));
    restoreSymlinks(folder);
    restoreSymlinks(folder);
    expect(readFileSync(join(folder, 'native', 'lib', 'libicuuc.so.60'), 'utf8')).toBe('library');
  });

  it('says in plain words that the disk is full', () => {
    expect(startFailed('initdb: error: could not write: No space left on device').code).toBe('disk-full');
    expect(startFailed('FATAL:  could not write lock file "postmaster.pid": No space left on device').code).toBe('disk-full');
    expect(startFailed('something else').code).toBe('database-start-failed');
  });

  (asRoot ? it : it.skip)('as root, in a folder other accounts cannot enter, lives in a system folder and says so', async () => {
    const home = join(base, 'home of root');
    mkdirSync(home, { mode: 0o700 });
    const dir = join(home, '.tranche');
    const server = await start(dir);
    expect(server.dataDir.startsWith(join(base, 'system'))).toBe(true);
    expect(server.notices.some(({ en }) => en.includes(join(base, 'system')))).toBe(true);
    await server.stop();
    expect((await start(dir)).dataDir).toBe(server.dataDir);
  });

  (asRoot ? it : it.skip)('as root, runs the server as another account', async () => {
    const server = await start(join(base, 'shared'));
    const pid = readFileSync(join(server.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0];
    expect(execFileSync('stat', ['-c', '%u', `/proc/${pid}`], { encoding: 'utf8' }).trim()).toBe('65534');
  });
});
