// The real `tranche up`, as a person starts it, and what it leaves behind.

import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { program, ROOT } from '../support/programs.js';

export { ROOT };

/** The command as a person types it. */
export function tranche(): string {
  program('tranche');
  return join(ROOT, 'tools', 'tranche.mjs');
}

const READY = 'Ctrl-C stops everything';

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class SandboxProcess {
  output = '';
  private readonly child: ChildProcess;
  private readonly exit: Promise<number | null>;

  constructor(dir: string, env: NodeJS.ProcessEnv = {}, nodeOptions: string[] = []) {
    const { TEST_REDIS_URL: _redis, ...inherited } = process.env;
    this.child = spawn(process.execPath, [...nodeOptions, tranche(), 'up', '--dir', dir], {
      cwd: ROOT,
      env: { ...inherited, PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.exit = new Promise((resolve) => this.child.once('close', (code) => resolve(code)));
  }

  /** Waits until address and accounts are printed; throws with everything said when it ends instead. */
  async ready(): Promise<this> {
    for (let waited = 0; !this.output.includes(READY); waited += 50) {
      if (this.child.exitCode !== null || waited > 90_000) throw new Error(`the sandbox did not start:\n${this.output}`);
      await pause(50);
    }
    return this;
  }

  /** Where the API listens, as printed. */
  get address(): string {
    return /http:\/\/127\.0\.0\.1:\d+/.exec(this.output)?.[0] ?? '';
  }

  get pid(): number {
    return this.child.pid as number;
  }

  signal(name: NodeJS.Signals): this {
    this.child.kill(name);
    return this;
  }

  ended(): Promise<number | null> {
    return this.exit;
  }

  async waitFor(text: string | RegExp): Promise<void> {
    for (let waited = 0; waited < 30_000; waited += 50) {
      if (typeof text === 'string' ? this.output.includes(text) : text.test(this.output)) return;
      await pause(50);
    }
    throw new Error(`"${text}" was not said:\n${this.output}`);
  }
}

/** Commands of the running processes that work on this folder: started with it, told about it, or living in it. */
export function processesOn(dir: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => [file(pid, 'cmdline'), file(pid, 'environ'), folder(pid)].some((text) => text.includes(dir)))
    .map((pid) => `${pid} ${file(pid, 'cmdline').replaceAll('\0', ' ').trim()}`)
    .filter((line) => !/^\d+ *$/.test(line));
}

/** The process id of one of the programs, by its script. */
export function programOn(dir: string, app: string): number {
  const found = processesOn(dir).find((line) => line.includes(join('dist', `${app}.js`)));
  return Number.parseInt(found ?? 'NaN', 10);
}

/** Waits until nothing works on the folder any more; answers what is left after the patience. */
export async function leftOn(dir: string, patienceMs: number): Promise<string[]> {
  for (let waited = 0; waited < patienceMs; waited += 100) {
    if (processesOn(dir).length === 0) return [];
    await pause(100);
  }
  return processesOn(dir);
}

function file(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

function folder(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}
