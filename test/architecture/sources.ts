// The files of this repository as the rules see them.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

export type Source = { path: string; text: string };

/** Everything git would commit: tracked files and new ones that are not ignored. */
export function repositoryFiles(): string[] {
  const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' });
  return listing.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)));
}

export function read(path: string): Source {
  return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}
