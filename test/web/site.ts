// The portals as they are built for the tests.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
export const siteFolder = join(ROOT, 'apps', 'web', 'dist', 'site');

let built = false;

/** Brings the built portals up to date, once per test file. */
export function buildPortals(): void {
  if (built) return;
  const run = spawnSync(process.execPath, [join(ROOT, 'tools', 'site.mjs')], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  built = true;
}
