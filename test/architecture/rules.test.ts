import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { noPolicyByName, RULES, type Rule } from './rules.js';
import { ROOT, read, repositoryFiles } from './sources.js';

/** A policy's folder is named by its id: kebab-case with at least one dash. */
function policyIds(): string[] {
  const folder = join(ROOT, 'libs', 'policies', 'src');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.includes('-'))
    .map((entry) => entry.name);
}

const rules = [...RULES, noPolicyByName(policyIds())];

function broken(rule: Rule, path: string, text: string): string[] {
  return rule.concerns(path) ? rule.violations({ path, text }).map((found) => `${path}: ${found} (${rule.reason})`) : [];
}

describe('the rules of the house', () => {
  const sources = repositoryFiles().map(read);

  it.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
    expect(sources.flatMap(({ path, text }) => broken(rule, path, text))).toEqual([]);
  });
});

describe('each rule bites', () => {
  const pure = 'libs/money/src/sample.ts';
  const core = rules[0] as Rule;
  it.each([
    ['the clock', 'export const f = () => Date.now();', 'Date'],
    ['a date object', 'export const f = (t: string) => new Date(t);', 'Date'],
    ['randomness', 'export const f = () => Math.random();', 'Math.random'],
    ['the environment', 'export const f = () => process.env.X;', 'process'],
    ['an async function', 'export async function f() {}', 'async'],
    ['an async arrow', 'export const f = async () => 1;', 'async'],
    ['a promise', 'export const f = () => Promise.resolve(1);', 'Promise'],
    ['the network', 'export const f = () => fetch("x");', 'fetch'],
    ['the network by a detour', 'export const f = () => globalThis["fetch"]("x");', 'globalThis'],
    ['a timer', 'setTimeout(() => {}, 1);', 'setTimeout'],
    ['the console', 'console.log(1);', 'console'],
  ])('the pure core may not use %s', (_what, text, found) => {
    expect(core.violations({ path: pure, text })).toContain(found);
  });

  it.each([
    ['a comment', '// Date.now() and await are banned here\nexport const a = 1;'],
    ['a text', 'export const a = "new Date()";'],
    ['a property name', 'export const a = { process: 1, async: 2 }; export const b = a.process;'],
  ])('%s that mentions a banned word is fine', (_what, text) => {
    expect(core.violations({ path: pure, text })).toEqual([]);
  });

  const [, small, paths, types, portable, http, light] = rules as [Rule, Rule, Rule, Rule, Rule, Rule, Rule];
  const named = noPolicyByName(['some-subsidy-staged']);
  it.each([
    ['451 lines', small, 'libs/money/src/a.ts', 'x\n'.repeat(451), 1],
    ['450 lines', small, 'libs/money/src/a.ts', 'x\n'.repeat(450), 0],
    ['a folder utils', paths, 'libs/money/src/utils/a.ts', '', 1],
    ['a file date-helper', paths, 'libs/money/src/date-helper.ts', '', 1],
    ['a file utils', paths, 'libs/money/src/utils.ts', '', 1],
    ['a file that only contains the letters', paths, 'libs/money/src/utility-bill.ts', '', 0],
    ['a class …Manager', types, 'apps/api/src/a.ts', 'class CaseManager {}', 1],
    ['an interface …Helper', types, 'apps/api/src/a.ts', 'interface DateHelper {}', 1],
    ['a type …Impl', types, 'apps/api/src/a.ts', 'type BankImpl = 1;', 1],
    ['a plain class', types, 'apps/api/src/a.ts', 'class Implement {}', 0],
    ['a machine path', portable, 'docs/a.md', `see ${['', 'work', 'x'].join('/')}`, 1],
    ['the schema folder outside .ci', portable, 'README.md', ['..', 'shared', 'xsd'].join('/'), 1],
    ['the schema folder in .ci', portable, '.ci/run', ['..', 'shared', 'xsd'].join('/'), 0],
    ['a portal that imports a library', http, 'apps/web/src/case/a.tsx', "import type { Fen } from '@tranche/money';", 1],
    ['a portal that loads one later', http, 'apps/web/src/case/a.tsx', "export const x = () => import('@tranche/money');", 1],
    ['a portal that imports another app', http, 'apps/web/src/case/a.ts', "export * from '../../../api/src/main.js';", 1],
    ['a portal that imports Node', http, 'apps/web/src/a.ts', "import 'node:fs';", 1],
    ['a portal that imports its own', http, 'apps/web/src/case/a.tsx', "import { b } from '../pieces/b.js'; export const c = <b />;", 0],
    ['a public page with components', light, 'apps/web/src/public/a.tsx', "import { Button } from 'antd';", 1],
    ['a portal.ts with icons', light, 'apps/web/src/office/portal.ts', "import x from '@ant-design/icons';", 1],
    ['an office page with components', light, 'apps/web/src/office/a.tsx', "import { Button } from 'antd';", 0],
    ['a subsidy named in the API', named, 'apps/api/src/a.ts', 'if (id === "some-subsidy-staged") pay();', 1],
    ['a subsidy named in the worker’s SQL', named, 'libs/database/migrations/1.sql', "WHERE policy_id = 'some-subsidy-staged'", 1],
  ])('%s', (_what, rule, path, text, count) => {
    expect(broken(rule, path, text)).toHaveLength(count);
  });

  it.each(['libs/policies/src/a.ts', 'apps/api/test/a.test.ts', 'examples/a.json', 'docs/a.md', 'apps/cli/src/demo/story.ts'])(
    'a subsidy may be named in %s',
    (path) => {
      expect(broken(named, path, 'some-subsidy-staged')).toEqual([]);
    },
  );
});
