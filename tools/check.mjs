// `npm run check`: format and lint, floating promises, import arrows, types of the tests, a complete lock file. Every step runs; all failures are named.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { missingOptionals, readLock } from './lockfile.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (...path) => join(root, 'node_modules', ...path);

/** The folders that exist now; a folder of a later capability is checked from the day it appears. */
const folders = (...names) => names.filter((name) => existsSync(join(root, name)));

const STEPS = [
  ['biome (format, lint)', () => node(bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.')],
  ['oxlint (types)', () => node(bin('oxlint', 'bin', 'oxlint'), '--type-aware', '--quiet', ...folders('libs', 'apps', 'test'))],
  [
    'dependency-cruiser (import arrows)',
    () =>
      node(bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), '--config', '.dependency-cruiser.mjs', ...folders('libs', 'apps')),
  ],
  ['tsc (types of the tests)', () => node(bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.test.json')],
  ['package-lock.json (complete)', lockIsComplete],
];

function node(...args) {
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return result.status === 0 ? null : `${result.stdout}${result.stderr}`;
}

function lockIsComplete() {
  const missing = missingOptionals(readLock(join(root, 'package-lock.json')));
  return missing.length === 0 ? null : `promised but not pinned, so that npm ci refuses the lock elsewhere:\n${missing.join('\n')}`;
}

/** Runs all checks; answers the names of those that failed. */
export function check() {
  return STEPS.filter(([name, run]) => {
    const started = Date.now();
    const problem = run();
    console.log(`${problem === null ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (problem !== null) console.error(problem);
    return problem !== null;
  }).map(([name]) => name);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = check().length === 0 ? 0 : 1;
