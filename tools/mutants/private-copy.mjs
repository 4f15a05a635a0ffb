// A copy of the tree in the temporary folder: mutants never touch the working tree. Packages and bundled programs are shared by a link.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const left = new Set(['.git', '.tranche', 'coverage', 'dist', 'node_modules']);

/**
 * Copies the tree as it stands, or with `committed` as the last commit has it.
 * Answers the folder and what removes it again.
 */
export function privateCopy(root, { committed = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-mutants-'));
  if (committed) extractHead(root, folder);
  else cpSync(root, folder, { recursive: true, filter: (path) => !left.has(basename(path)) && !path.endsWith('.tsbuildinfo') });
  for (const shared of ['node_modules', 'dist']) symlinkSync(join(root, shared), join(folder, shared), 'junction');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) };
}

function extractHead(root, folder) {
  const archive = join(folder, 'head.tar');
  execFileSync('git', ['archive', '--format=tar', `--output=${archive}`, 'HEAD'], { cwd: root });
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  rmSync(archive);
}
