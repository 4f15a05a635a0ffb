// The files of this repository as the rules see them: all but what is installed, compiled or private.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

export type Source = { path: string; text: string };

const LEFT_OUT_FOLDERS = new Set(['node_modules', 'dist', '.git', '.tranche', 'coverage', 'artifacts', 'secrets']);
// in a second work tree .git is a file
const LEFT_OUT_FILES = /^\.(env|git)$|\.log$|\.tsbuildinfo$/;

/** Paths below the root, with forward slashes. Walks the folders itself, so that it works without git as well. */
export function repositoryFiles(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return LEFT_OUT_FOLDERS.has(entry.name) ? [] : repositoryFiles(path);
    return entry.isFile() && !LEFT_OUT_FILES.test(entry.name) ? [path] : [];
  });
}

export function read(path: string): Source {
  return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}
