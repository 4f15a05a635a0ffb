// Runs one named test with jest in the private copy and says how it ended.

import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A mutant that hangs is stopped; none of the tests takes a tenth of this. */
const LIMIT_MS = 180_000;

/** A zone other than ours: whoever asks the process for the time of day is found out. Programs are those of the tree, as they are. */
const ENVIRONMENT = { TZ: 'America/New_York', PROPERTY_SEED: '', PROGRAMS_BUILT: '1' };

/** Tests of the pure libraries: no Postgres is started for them. */
const pure = /^libs\/(money|calendar|identifiers|policies|ledger|machines)\//;

/**
 * How the named test ended: `passed`; `asserted` (an expect or a property failed); `threw` (with what it said);
 * `broken` (nothing ran: it does not load, no such test, or it hung).
 */
export async function runTest(folder, [path, title]) {
  const results = join(folder, 'mutant-results.json');
  rmSync(results, { force: true });
  const jest = join(folder, 'node_modules', 'jest', 'bin', 'jest.js');
  const cache = join(folder, '.jest-cache');
  const options = ['-i', '--json', `--outputFile=${results}`, `--cacheDirectory=${cache}`, '--testNamePattern', escaped(title)];
  if (pure.test(path)) options.push(`--globalSetup=${join(folder, 'tools/mutants/no-database.mjs')}`);
  const ended = await run([jest, ...options, '--runTestsByPath', path], folder);
  if (ended === 'hung') return { kind: 'broken', said: `no end within ${LIMIT_MS / 1000} s` };
  return verdict(parse(results));
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function run(args, cwd) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...ENVIRONMENT }, stdio: 'ignore' });
  // before the copy is removed
  const stop = () => child.kill('SIGKILL');
  process.prependOnceListener('exit', stop);
  return new Promise((resolve) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      resolve('hung');
    }, LIMIT_MS);
    child.once('error', () => resolve('ended'));
    child.once('exit', () => {
      clearTimeout(limit);
      process.off('exit', stop);
      resolve('ended');
    });
  });
}

function parse(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function verdict(report) {
  const [suite] = report?.testResults ?? [];
  if (!suite) return { kind: 'broken', said: 'jest wrote no result' };
  const ran = suite.assertionResults.filter(({ status }) => status === 'passed' || status === 'failed');
  if (ran.length === 0) return { kind: 'broken', said: firstLine(suite.message) || 'no test of this name' };
  const failed = ran.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return { kind: 'passed', by: ran[0].fullName };
  const asserted = failed.find(isAssertion);
  if (asserted) return { kind: 'asserted', by: asserted.fullName };
  return { kind: 'threw', by: failed[0].fullName, said: firstLine(failed[0].failureMessages.join('\n')) };
}

/** Jest keeps the matcher's result beside the message, except of some matchers and where a promise ended the wrong way; fast-check wraps it in one of its own. */
const isAssertion = ({ failureDetails = [], failureMessages }) =>
  failureDetails.some((detail) => detail?.matcherResult !== undefined) ||
  failureMessages.some((each) => /^Error: expect\(/.test(each) || each.includes('Property failed after'));

const firstLine = (text) => (text ?? '').trim().split('\n')[0].slice(0, 300);
