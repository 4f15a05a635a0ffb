// What `npm start` and `npm test` do first on a fresh clone.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from './sandbox-process.js';

type Lock = {
  packages: Record<string, { version?: string; integrity?: string; optional?: boolean; optionalDependencies?: Record<string, string> }>;
};

/** Runs an expression over the bootstrap's own modules, which Jest does not transform. */
function evaluate(module: string, expression: string): unknown {
  const script = `import * as m from ${JSON.stringify(join(ROOT, 'tools', module))}; console.log(JSON.stringify(${expression}))`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

describe('the Node version', () => {
  it.each([
    ['12.22.0', true],
    ['18.20.4', true],
    ['20.18.9', true],
    ['20.19.0', false],
    ['20.20.2', false],
    ['22.0.0', false],
    ['100.1.0', false],
  ])('%s is too old: %s', (version, old) => {
    expect(evaluate('node-version.mjs', `m.nodeTooOld('${version}') !== null`)).toBe(old);
  });

  it('is demanded before anything is touched', () => {
    const pretend = "Object.defineProperty(process,'versions',{value:{...process.versions,node:'16.20.2'}})";
    const run = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, join(ROOT, 'tools', 'bootstrap.mjs')],
      {
        encoding: 'utf8',
      },
    );
    expect(run.status).toBe(1);
    expect(`${run.stdout}${run.stderr}`.trim().split('\n')).toHaveLength(1);
  });
});

describe('installed packages', () => {
  const root = mkdtempSync(join(tmpdir(), 'tranche lock '));
  const lock: Lock = {
    packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b': { version: '1.0.0', optional: true } },
  };
  const write = (path: string, content: Lock | string, age: number) => {
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
    const time = new Date(1_600_000_000_000 - age);
    utimesSync(join(root, path), time, time);
  };
  const installed = () => evaluate('lockfile.mjs', `m.isInstalled(${JSON.stringify(root)})`);
  beforeAll(() => {
    mkdirSync(join(root, 'node_modules'));
    write('package-lock.json', lock, 0);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('are missing on a fresh clone', () => expect(installed()).toBe(false));

  it('are complete when npm finished after the lock file was written', () => {
    write('node_modules/.package-lock.json', { packages: {} }, -1_000);
    expect(installed()).toBe(true);
  });

  it('are complete when only the lock file’s time changed (another branch checked out, offline)', () => {
    write('node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'x' } } }, 1_000);
    expect(installed()).toBe(true);
  });

  it.each([
    ['another version', { packages: { 'node_modules/a': { version: '0.9.0' } } }],
    ['other content', { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'y' } } }],
    ['a package missing', { packages: {} }],
    ['a record cut off', '{"packages'],
  ])('are out of date with %s', (_what, hidden) => {
    write('node_modules/.package-lock.json', hidden, 1_000);
    expect(installed()).toBe(false);
  });
});

describe('the lock file', () => {
  const missing = (packages: Lock['packages']) => evaluate('lockfile.mjs', `m.missingOptionals(${JSON.stringify({ packages })})`);

  it('pins every optional package it promises', () => {
    expect(evaluate('lockfile.mjs', `m.missingOptionals(m.readLock(${JSON.stringify(join(ROOT, 'package-lock.json'))}))`)).toEqual([]);
  });

  it('with a gap is found out', () => {
    expect(
      missing({ 'node_modules/a': { optionalDependencies: { 'a-darwin': '1', 'a-linux': '1' } }, 'node_modules/a-linux': {} }),
    ).toEqual(['node_modules/a → a-darwin']);
  });

  it('may pin an optional package beside or below the one that wants it', () => {
    const wants = { optionalDependencies: { o: '1' } };
    expect(missing({ 'node_modules/x/node_modules/a': wants, 'node_modules/x/node_modules/o': {} })).toEqual([]);
    expect(missing({ 'node_modules/a': wants, 'node_modules/a/node_modules/o': {} })).toEqual([]);
    expect(missing({ 'node_modules/@s/a': wants, 'node_modules/b/node_modules/o': {} })).toEqual(['node_modules/@s/a → o']);
  });
});
