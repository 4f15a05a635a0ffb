import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What must be known again at the next start; a file of mode 0600 in the project's own folder. */
export type Memory = { port: number; dataDir: string; passwords: { superuser: string; owner: string; app: string; auditor: string } };

const fileIn = (dir: string): string => join(dir, 'embedded.json');

export function recall(dir: string): Memory | null {
  if (!existsSync(fileIn(dir))) return null;
  const memory = JSON.parse(readFileSync(fileIn(dir), 'utf8')) as Memory;
  if (memory.passwords.auditor !== undefined) return memory;
  // made before there was an auditor's role
  const complete = { ...memory, passwords: { ...memory.passwords, auditor: password() } };
  remember(dir, complete);
  return complete;
}

export function remember(dir: string, memory: Memory): void {
  const unfinished = `${fileIn(dir)}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(memory, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, fileIn(dir));
}

const password = (): string => randomBytes(24).toString('base64url');

export const newPasswords = (): Memory['passwords'] => ({ superuser: password(), owner: password(), app: password(), auditor: password() });
