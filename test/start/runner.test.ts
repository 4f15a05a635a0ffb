// `npm test` ends with one plain line of counts and the right exit code.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { ROOT } from './sandbox-process.js';

jest.setTimeout(60_000);

function npmTest(...args: string[]) {
  const env = { ...process.env, REDIS_URL: 'redis://127.0.0.1:1', PATH: process.env['PATH'] };
  const run = spawnSync(process.execPath, [join(ROOT, 'tools', 'test.mjs'), '-i', ...args], { cwd: ROOT, encoding: 'utf8', env });
  return { code: run.status, lines: run.stdout.trimEnd().split('\n') };
}

describe('npm test', () => {
  it('counts what passed and what was left out, and ends well', () => {
    const { code, lines } = npmTest('libs/money/test', '-t', 'fen');
    expect(lines.at(-1)).toMatch(/^[1-9]\d* passed, 0 failed, \d+ skipped$/);
    expect(code).toBe(0);
  });

  it('ends badly when there was nothing to test, and says before and after which Redis the queue tests used', () => {
    const { code, lines } = npmTest('no/such/folder');
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
    expect(code).toBe(1);
    expect(lines.filter((line) => line === 'Redis queue tests: on REDIS_URL')).toHaveLength(2);
  });
});
