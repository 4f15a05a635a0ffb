import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from './programs.js';

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

/** A path for a book that nobody uses yet, in the folder that goes when the run ends. */
export const freshBook = (): string =>
  join(mkdtempSync(join(process.env['TRANCHE_TEST_FOLDER'] ?? tmpdir(), 'tranche-bank-')), 'book.jsonl');

/** Starts the simulator and waits until it listens. */
export async function startSimulator(options: { book?: string; port?: number; env?: Record<string, string> } = {}): Promise<Simulator> {
  const book = options.book ?? freshBook();
  const env = { ...process.env, BOOK: book, PORT: String(options.port ?? 0), ...options.env };
  const child = fork(program('bank-simulator'), [], { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
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
