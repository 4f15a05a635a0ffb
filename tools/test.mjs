// `npm test [-- paths and jest options]`: the checks (whole runs only), then jest; ends with one plain line of counts.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from './check.mjs';
import { provideRedis } from './redis.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs jest and answers its exit code and its results as JSON (null when it did not get that far). */
async function jest(args, env) {
  const dir = mkdtempSync(join(tmpdir(), 'tranche-jest-'));
  const results = join(dir, 'results.json');
  const workers = args.some((arg) => /^(-i|-w|--runInBand|--maxWorkers)/.test(arg)) ? [] : ['--maxWorkers=2'];
  const command = [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), '--json', `--outputFile=${results}`, ...workers, ...args];
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['inherit', 'ignore', 'inherit'] });
  const code = await ended(child);
  const report = parse(results);
  rmSync(dir, { recursive: true, force: true });
  return { code, report };
}

/** Waits for the child; a signal to this process is handed on, so that jest can stop its database. */
function ended(child) {
  const pass = (signal) => child.kill(signal);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function parse(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** {passed, failed, skipped}: a test file that could not load, a failed check, and a run that ended badly for another reason count as failures. */
function counts(report, code, failedChecks) {
  const { numPassedTests: passed = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = report ?? {};
  const failed = numFailedTests + numRuntimeErrorTestSuites + failedChecks;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, skipped };
}

const args = process.argv.slice(2);
const failedChecks = args.length === 0 ? check() : [];
const redis = await provideRedis(process.env);
console.log(redis.note);
const env = { ...process.env, PROGRAMS_BUILT: '1', ...(redis.url === null ? {} : { TEST_REDIS_URL: redis.url }) };
const { code, report } = await jest(args, env).finally(redis.stop);

if (failedChecks.length > 0) console.log(`checks that failed (counted below): ${failedChecks.join('; ')}`);
console.log(redis.note);
const { passed, failed, skipped } = counts(report, code, failedChecks.length);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
