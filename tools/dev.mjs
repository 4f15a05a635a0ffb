// `npm run dev`: compiles on every change and restarts the whole sandbox when compiled code changed.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dists = ['libs', 'apps'].flatMap((kind) => readdirSync(join(root, kind)).map((name) => join(root, kind, name, 'dist')));
const watched = dists.filter((path) => existsSync(path)).map((path) => `--watch-path=${path}`);

// On Node 20 the tsc command is a wrapper that outlives a signal; a process group of its own takes wrapper and compiler along.
const tsc = spawn(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', '--watch', '--preserveWatchOutput'], {
  cwd: root,
  stdio: 'inherit',
  detached: true,
});
const app = spawn(process.execPath, [...watched, '--watch-preserve-output', join(root, 'tools', 'tranche.mjs'), 'up'], {
  cwd: root,
  stdio: 'inherit',
});

process.on('exit', () => {
  try {
    process.kill(-tsc.pid, 'SIGTERM');
  } catch {
    // The compiler is already gone.
  }
});
process.on('SIGINT', () => app.kill('SIGINT'));
process.on('SIGTERM', () => app.kill('SIGTERM'));
app.once('exit', (code) => process.exit(code ?? 0));
