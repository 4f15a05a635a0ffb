// Finds the sandbox that runs, or starts one for the time of the demo.

import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programFile, programUrl } from '../programs.js';
import { text } from '../terminal/language.js';
import { readRunning } from '../up/running.js';
import { DemoProblem } from './client.js';

export type FoundSandbox = {
  readonly url: string;
  readonly bank: string;
  readonly password: string;
  /** stops it when the demo has started it */
  readonly leave: () => Promise<void>;
};
export type SandboxOptions = { readonly url?: string; readonly bank?: string; readonly dir: string; readonly env: NodeJS.ProcessEnv };

const START_MS = 120_000;

/** The sandbox at the address given, else the one that runs on the data folder, else one started now. Throws DemoProblem. */
export async function findSandbox(options: SandboxOptions, starting: () => void): Promise<FoundSandbox> {
  const running = readRunning(options.dir);
  const password = passwordOf(options);
  const stay = () => Promise.resolve();
  if (options.url !== undefined) {
    const url = options.url.replace(/\/$/, '');
    await demandAlive(url);
    const bank = options.bank ?? (running?.address === url ? running.bank : undefined);
    if (bank === undefined) throw bankUnknown;
    return { url, bank, password, leave: stay };
  }
  if (running !== null && (await isAlive(running.address)))
    return { url: running.address, bank: options.bank ?? running.bank, password, leave: stay };
  starting();
  return startSandbox(options);
}

const bankUnknown = new DemoProblem(
  text(
    '第三案要让模拟银行丢失一次回执：请用 --bank 指明模拟银行地址（启动时打印）。',
    'The third story makes the simulated bank lose an answer: name its address with --bank (printed at the start).',
  ),
);

/** The password of the first start is kept beside the data; it wins over the environment for a sandbox of that folder. */
function passwordOf({ dir, env, url }: SandboxOptions): string {
  const kept = join(dir, 'sandbox-password');
  if (url === undefined && existsSync(kept)) return readFileSync(kept, 'utf8');
  return env['SANDBOX_PASSWORD'] || (existsSync(kept) ? readFileSync(kept, 'utf8') : 'tranche-sandbox');
}

async function isAlive(url: string): Promise<boolean> {
  const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
  return response?.ok === true;
}

async function demandAlive(url: string): Promise<void> {
  if (await isAlive(url)) return;
  throw new DemoProblem(
    text(`${url} 没有应答：请确认沙箱已启动，地址无误。`, `${url} does not answer: check that the sandbox runs and the address is right.`),
  );
}

/** Starts `tranche up` on a free port as a child that ends with this process, however it ends. */
async function startSandbox(options: SandboxOptions): Promise<FoundSandbox> {
  const child = fork(programFile('tranche'), ['up', '--dir', options.dir], {
    env: { ...options.env, PORT: '0' },
    execArgv: ['--import', programUrl('end-with-parent').href],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (more: string) => (said += more));
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const leave = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await gone;
  };
  const running = await untilRunning(child, options.dir);
  if (running === null) {
    await leave();
    throw new DemoProblem(text(`沙箱没有启动：\n${said.trim()}`, `The sandbox did not start:\n${said.trim()}`));
  }
  return { url: running.address, bank: options.bank ?? running.bank, password: passwordOf({ dir: options.dir, env: options.env }), leave };
}

async function untilRunning(child: ChildProcess, dir: string) {
  for (const end = Date.now() + START_MS; Date.now() < end; ) {
    const running = readRunning(dir);
    if (running !== null && running.pid === child.pid) return running;
    if (child.exitCode !== null || child.signalCode !== null) return null;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return null;
}
