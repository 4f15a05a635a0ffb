// Builds the portals (apps/web → apps/web/dist/site) when their sources are newer than what was built. Quiet; about three seconds.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const web = join(root, 'apps', 'web');
const SOURCES = ['src', 'public', 'index.html', 'vite.config.mjs', 'precompress.mjs', 'package.json', '../../package-lock.json'];

/** Folders count too: a file that was removed leaves its mark there. */
function newestMs(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

/** True when there is nothing to build. */
export function siteIsFresh() {
  const built = join(web, 'dist', 'site', 'index.html');
  return existsSync(built) && statSync(built).mtimeMs >= Math.max(...SOURCES.map((name) => newestMs(join(web, name))));
}

/** Null when the site stands, else what the builder said. */
export function buildSite() {
  if (siteIsFresh()) return null;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  // a test runner's NODE_ENV would build React's slow, chatty half
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: web,
    env,
    encoding: 'utf8',
  });
  return status === 0 ? null : `${stdout}${stderr}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problem = buildSite();
  if (problem !== null) {
    console.error(problem);
    process.exitCode = 1;
  }
}
