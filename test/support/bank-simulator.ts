import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const APP = join(__dirname, '../../apps/bank-simulator');
const MAIN = join(APP, 'dist/main.js');

/** A running bank simulator: a real process with a book of its own on disk. */
export interface Simulator {
  readonly address: string;
  readonly port: number;
  readonly book: string;
  readonly child: ChildProcess;
  /** Calls the simulator's interface; gives status and body. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Ends the process and waits until it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** A path for a book that nobody uses yet. */
export const freshBook = (): string => join(mkdtempSync(join(tmpdir(), 'tranche-bank-')), 'book.jsonl');

/** Starts the built simulator (building it first when its sources are newer) and waits until it listens. */
export async function startSimulator(options: { book?: string; port?: number; env?: Record<string, string> } = {}): Promise<Simulator> {
  buildWhenStale();
  const book = options.book ?? freshBook();
  const env = { ...process.env, BOOK: book, PORT: String(options.port ?? 0), ...options.env };
  const child = fork(MAIN, [], { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const first = await Promise.race([
    once(child, 'message'),
    exited.then(([code]) => Promise.reject(new Error(`the simulator ended with code ${code}`))),
  ]);
  const { address, port } = first[0] as { address: string; port: number };
  return {
    address,
    port,
    book,
    child,
    call: (method, path, body) => call(`${address}${path}`, method, body),
    async kill(signal = 'SIGKILL') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}

async function call(url: string, method: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(url, { method, ...init });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function buildWhenStale(): void {
  const sources = readdirSync(join(APP, 'src')).map((name) => statSync(join(APP, 'src', name)).mtimeMs);
  const stamp = join(APP, 'dist/.tsbuildinfo');
  if (existsSync(MAIN) && existsSync(stamp) && statSync(stamp).mtimeMs >= Math.max(...sources)) return;
  execFileSync(process.execPath, [join(APP, '../../node_modules/typescript/bin/tsc'), '-b', APP], { stdio: 'inherit' });
}
