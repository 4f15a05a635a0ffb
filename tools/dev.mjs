// `npm run dev`: compiles and bundles on every change and restarts the whole sandbox when its programs changed.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPrograms } from './programs.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

// On Node 20 the tsc command is a wrapper that outlives a signal; a process group of its own takes wrapper and compiler along.
const tsc = spawn(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', '--watch', '--preserveWatchOutput'], {
  cwd: root,
  stdio: 'inherit',
  detached: true,
});
const app = spawn(
  process.execPath,
  [`--watch-path=${join(root, 'dist')}`, '--watch-preserve-output', join(root, 'tools', 'tranche.mjs'), 'up'],
  {
    cwd: root,
    stdio: 'inherit',
  },
);

// What the compiler writes is bundled a moment later.
let bundling = false;
setInterval(async () => {
  if (bundling) return;
  bundling = true;
  await buildPrograms().catch((error) => console.error(error.message));
  bundling = false;
}, 500);

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
