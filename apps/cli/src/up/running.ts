// Where the running sandbox is, for other programs on this machine such as the demo. Written when it is ready, removed when it stops.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type RunningSandbox = { readonly pid: number; readonly address: string; readonly bank: string };

const pathIn = (dir: string): string => join(dir, 'running.json');

/** Notes address and bank; answers how to take the note away again. */
export function noteRunning(dir: string, where: Omit<RunningSandbox, 'pid'>): () => void {
  writeFileSync(pathIn(dir), `${JSON.stringify({ pid: process.pid, ...where })}\n`, { mode: 0o600 });
  return () => rmSync(pathIn(dir), { force: true });
}

/** What the sandbox on this folder noted last; after a kill the note may be stale, so ask the address before believing it. */
export function readRunning(dir: string): RunningSandbox | null {
  try {
    const { pid, address, bank } = JSON.parse(readFileSync(pathIn(dir), 'utf8')) as RunningSandbox;
    return typeof address === 'string' && typeof bank === 'string' ? { pid, address, bank } : null;
  } catch {
    return null;
  }
}
