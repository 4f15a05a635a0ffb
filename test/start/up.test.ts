// `npm start` as the README promises it: one sandbox through several lives, in a folder with spaces.

import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { leftOn, pause, programOn, SandboxProcess } from './sandbox-process.js';

jest.setTimeout(120_000);

const base = mkdtempSync(join(tmpdir(), 'tranche up '));
chmodSync(base, 0o755);
const dir = join(base, 'my sandbox');
const started: SandboxProcess[] = [];

function up(folder: string, env: NodeJS.ProcessEnv = {}, nodeOptions: string[] = []): SandboxProcess {
  const sandbox = new SandboxProcess(folder, env, nodeOptions);
  started.push(sandbox);
  return sandbox;
}

afterAll(async () => {
  for (const sandbox of started) sandbox.signal('SIGTERM');
  await leftOn(base, 20_000);
  rmSync(base, { recursive: true, force: true });
});

/** Ids of the seeded organisations, read as the case officer. */
async function organisations(address: string): Promise<string[]> {
  const login = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'officer', password: 'tranche-sandbox' }),
  });
  const { token } = (await login.json()) as { token: string };
  const list = await fetch(`${address}/api/v1/organisations`, { headers: { authorization: `Bearer ${token}` } });
  return ((await list.json()) as { items: { id: string }[] }).items.map(({ id }) => id).sort();
}

describe('tranche up', () => {
  let first: string[] = [];
  let sandbox: SandboxProcess;

  it('starts on an empty folder and prints address and accounts in both languages', async () => {
    sandbox = await up(dir).ready();
    expect(sandbox.output).toMatch(/分期拨已启动 · Tranche is running: {2}http:\/\/127\.0\.0\.1:\d+/);
    for (const account of ['institution', 'officer', 'approver', 'maker', 'checker', 'auditor'])
      expect(sandbox.output).toMatch(new RegExp(` ${account} `));
    expect((await fetch(`${sandbox.address}/health/ready`)).status).toBe(200);
    first = await organisations(sandbox.address);
    expect(first.length).toBeGreaterThan(0);
  });

  it('refuses a second start on the same folder with one line, and the first goes on', async () => {
    const second = up(dir);
    expect(await second.ended()).toBe(1);
    expect(second.output.trim().split('\n')).toEqual([expect.stringMatching(/已有一个分期拨在运行.*already running on .* \(pid \d+\)/)]);
    expect((await fetch(`${sandbox.address}/health/live`)).status).toBe(200);
  });

  it('restarts a process that crashed, and says so', async () => {
    const worker = programOn(dir, 'worker');
    process.kill(worker, 'SIGKILL');
    await sandbox.waitFor(/后台任务意外退出.*restarting in 0\.5 s/);
    await sandbox.waitFor('The worker is back');
    expect(programOn(dir, 'worker')).not.toBe(worker);
  });

  it('stops everything on Ctrl-C: no process, no lock, exit code 0', async () => {
    expect(await sandbox.signal('SIGINT').ended()).toBe(0);
    expect(await leftOn(dir, 0)).toEqual([]);
    expect(existsSync(join(dir, 'up.lock'))).toBe(false);
  });

  it('goes on with the same data at the next start', async () => {
    sandbox = await up(dir).ready();
    expect(await organisations(sandbox.address)).toEqual(first);
  });

  it('leaves nothing running when it is killed without warning', async () => {
    sandbox.signal('SIGKILL');
    await sandbox.ended();
    expect(await leftOn(dir, 20_000)).toEqual([]);
  });

  it('starts again after that, although the lock is still there', async () => {
    expect(existsSync(join(dir, 'up.lock'))).toBe(true);
    sandbox = await up(dir).ready();
    expect(await organisations(sandbox.address)).toEqual(first);
  });

  it('starts again even at the very moment it was killed', async () => {
    sandbox.signal('SIGKILL');
    sandbox = await up(dir).ready();
    expect((await fetch(`${sandbox.address}/health/ready`)).status).toBe(200);
    expect(await sandbox.signal('SIGTERM').ended()).toBe(0);
    expect(await leftOn(dir, 0)).toEqual([]);
  });

  it.each([200, 700, 1_500])('leaves nothing behind when it is interrupted %s ms after the start', async (ms) => {
    const early = up(join(base, `early ${ms}`));
    await pause(ms);
    const signal = ms === 700 ? 'SIGKILL' : 'SIGTERM';
    await early.signal(signal).ended();
    expect(await leftOn(join(base, `early ${ms}`), 20_000)).toEqual([]);
  });
});

describe('tranche up refuses with one line and exit code 1', () => {
  async function refusal(folder: string, env: NodeJS.ProcessEnv, nodeOptions: string[] = []): Promise<string> {
    const sandbox = up(folder, env, nodeOptions);
    expect(await sandbox.ended()).toBe(1);
    const lines = sandbox.output.trim().split('\n');
    expect(lines).toHaveLength(1);
    return lines[0] as string;
  }

  it('a taken port', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const line = await refusal(join(base, 'taken'), { PORT: String(port) });
    server.close();
    expect(line).toContain(
      `Port ${port} is taken: stop the program that uses it, or choose another one, for example PORT=${port + 1} npm start.`,
    );
  });

  it('a folder of somebody else', async () => {
    const folder = join(base, 'photos');
    mkdirSync(folder);
    writeFileSync(join(folder, 'summer.jpg'), '');
    expect(await refusal(folder, {})).toMatch(/holds files that are not Tranche's and was left untouched/);
  });

  it('a setting that cannot be used', async () => {
    expect(await refusal(join(base, 'setting'), { PORT: 'http' })).toMatch(/Environment variable PORT is missing or cannot be used/);
  });

  it('a database that does not answer', async () => {
    const env = { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x', OWNER_DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x' };
    expect(await refusal(join(base, 'no database'), env)).toMatch(/无法连接数据库.*cannot be reached/);
  });

  it('a Node that is too old', async () => {
    const pretend = "Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.18.3'}})";
    const line = await refusal(join(base, 'old'), {}, ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`]);
    expect(line).toMatch(/^Node 20\.18\.3 太旧，需要 20\.19 或更高版本 · Node 20\.18\.3 is too old/);
  });
});
