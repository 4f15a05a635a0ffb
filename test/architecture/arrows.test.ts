// The import arrows of .dependency-cruiser.mjs: kept by the tree as it is, and broken by a small tree that breaks each of them once.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from './sources.js';

type Violation = { from: string; to: string; rule: { name: string } };
type Cruise = {
  summary: { violations: Violation[]; totalCruised: number; ruleSetUsed: { forbidden: { name: string; comment?: string }[] } };
};

function cruise(root: string): Cruise {
  const program = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const run = spawnSync(process.execPath, [program, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'libs', 'apps'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!run.stdout.startsWith('{')) throw new Error(`dependency-cruiser: ${run.stderr}`);
  return JSON.parse(run.stdout) as Cruise;
}

const isArrow = (name: string): boolean => name.startsWith('arrow-from-');

/** [rule, file, import]: one import per rule that the rule must refuse; value and type imports alike. */
const BREACHES: readonly (readonly [string, string, string])[] = [
  ['arrow-from-money', 'libs/money/src/index.ts', "export * from '@tranche/calendar';"],
  ['arrow-from-calendar', 'libs/calendar/src/index.ts', "import type { X } from '@tranche/identifiers'; export type Y = X;"],
  ['arrow-from-identifiers', 'libs/identifiers/src/index.ts', "export * from '@tranche/ledger';"],
  ['arrow-from-policies', 'libs/policies/src/index.ts', "export * from '@tranche/machines';"],
  ['arrow-from-ledger', 'libs/ledger/src/index.ts', "export * from '@tranche/database';"],
  ['arrow-from-machines', 'libs/machines/src/index.ts', "export * from '@tranche/bank';"],
  ['arrow-from-checker', 'libs/checker/src/index.ts', "export * from '@tranche/database';"],
  ['arrow-from-database', 'libs/database/src/index.ts', "export * from '@tranche/bank';"],
  ['arrow-from-bank', 'libs/bank/src/index.ts', "import type { X } from '@tranche/casework'; export type Y = X;"],
  ['arrow-from-casework', 'libs/casework/src/index.ts', "export * from '../../../apps/api/src/main.js';"],
  ['pure-core-no-io', 'libs/money/src/io.ts', "import { readFileSync } from 'node:fs'; export const x = readFileSync;"],
  ['pure-core-few-packages', 'libs/machines/src/far.ts', "import { Queue } from 'bullmq'; export const x = Queue;"],
  ['database-owns-sql', 'libs/casework/src/sql.ts', "import { Pool } from 'pg'; export const x = Pool;"],
  ['frameworks-in-apps', 'libs/casework/src/nest.ts', "import { Injectable } from '@nestjs/common'; export const x = Injectable;"],
  ['apps-apart', 'apps/api/src/main.ts', "export * from '../../worker/src/main.js';"],
  ['simulator-stands-alone', 'apps/bank-simulator/src/main.ts', "import { x } from '@tranche/money'; export const y = x;"],
  ['not-to-tests', 'apps/worker/src/tests.ts', "export * from '../test/sample.js';"],
  ['resolvable', 'apps/cli/src/main.ts', "export * from './nowhere.js';"],
];

const FURTHER_FILES: readonly (readonly [string, string])[] = [
  ['apps/worker/src/main.ts', 'export const m = 1;'],
  ['apps/worker/test/sample.ts', 'export const s = 1;'],
  ['libs/money/src/hash.ts', "import { createHash } from 'node:crypto'; export const x = createHash;"],
];

function writeTree(root: string): void {
  for (const [path, text] of [...BREACHES.map(([, path, text]) => [path, text] as const), ...FURTHER_FILES]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const name of ['money', 'calendar', 'identifiers', 'policies', 'ledger', 'machines', 'checker', 'database', 'bank', 'casework']) {
    cpSync(join(ROOT, 'libs', name, 'package.json'), join(root, 'libs', name, 'package.json'));
    mkdirSync(join(root, 'node_modules', '@tranche'), { recursive: true });
    symlinkSync(join('..', '..', 'libs', name), join(root, 'node_modules', '@tranche', name));
  }
  for (const name of ['bullmq', 'pg', '@nestjs/common']) {
    mkdirSync(join(root, 'node_modules', name), { recursive: true });
    writeFileSync(join(root, 'node_modules', name, 'package.json'), `{"name":"${name}","version":"1.0.0","main":"index.js"}`);
    writeFileSync(join(root, 'node_modules', name, 'index.js'), '');
  }
  cpSync(join(ROOT, '.dependency-cruiser.mjs'), join(root, '.dependency-cruiser.mjs'));
  const dependencies = { bullmq: '1', pg: '1', '@nestjs/common': '1' };
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'sample', type: 'module', dependencies }));
}

describe('imports only point left', () => {
  const here = cruise(ROOT);

  it('holds for every import of libs and apps', () => {
    expect(here.summary.totalCruised).toBeGreaterThan(20);
    expect(here.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  it('gives a reason for each rule', () => {
    expect(here.summary.ruleSetUsed.forbidden.filter(({ comment }) => (comment ?? '').length < 40)).toEqual([]);
  });

  it('covers each rule with a breach below', () => {
    expect(BREACHES.map(([rule]) => rule).sort()).toEqual(here.summary.ruleSetUsed.forbidden.map(({ name }) => name).sort());
  });
});

describe('each arrow bites', () => {
  const root = mkdtempSync(join(tmpdir(), 'tranche arrows '));
  let found: Violation[] = [];
  beforeAll(() => {
    writeTree(root);
    found = cruise(root).summary.violations;
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(BREACHES)('%s refuses %s: %s', (rule, path) => {
    expect(found.filter(({ rule: broken, from }) => broken.name === rule && from === path)).not.toEqual([]);
  });

  it('hashing stays allowed in the pure core', () => {
    expect(found.filter(({ from, rule }) => from === 'libs/money/src/hash.ts' && !isArrow(rule.name))).toEqual([]);
  });
});
