// `tranche policy pages`: everything under docs that is generated from the policies, printed by name, written, or compared.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Policy, policies, remarks } from '@tranche/policies';
import type { Output } from '../assess.js';
import { diagramPages } from '../diagram.js';
import { clausesOf } from './clauses.js';
import { summaryPage } from './summary.js';
import { traceabilityPage, untraced } from './traceability.js';

export type PagesOptions = {
  readonly write?: boolean;
  readonly check?: boolean;
  /** where the committed files are; a test looks elsewhere */
  readonly folder?: string;
};
export type Page = { readonly path: string; readonly content: string };

const DOCS = fileURLToPath(new URL('../../../../../docs', import.meta.url));

/** By name, the province before its cities, the earlier version first. */
const inOrder = (all: readonly Policy[]): readonly Policy[] =>
  all.toSorted((a, b) => compare([a.id, a.jurisdiction, a.version], [b.id, b.jurisdiction, b.version]));
const compare = (a: readonly string[], b: readonly string[]): number => (a.join(' ') < b.join(' ') ? -1 : 1);

/** The page of each policy, its machine in each place, and the table of clauses. */
export function generatedPages(all: readonly Policy[] = inOrder(policies())): Page[] {
  const ids = [...new Set(all.map(({ id }) => id))];
  return [
    ...ids.map((id) => ({ path: join('policies', `${id}.md`), content: summaryPage(all.filter((policy) => policy.id === id)) })),
    ...ids.flatMap((id) => diagramPages(id, all).map(({ path, content }) => ({ path: join('policies', path), content }))),
    { path: 'traceability.md', content: traceabilityPage({ policies: all, clauses: clausesOf(), remarks }) },
  ];
}

/** Answers the exit code: 1 where a clause is not traced, and when `--check` finds a page that is stale, missing or left over. */
export function pages({ write = false, check = false, folder = DOCS }: PagesOptions, { out, err }: Output): number {
  const all = inOrder(policies());
  const missing = untraced({ policies: all, clauses: clausesOf(), remarks });
  for (const problem of missing) err(`条文对照不全 · not traced: ${problem}`);
  const generated = generatedPages(all);
  const stale = generated.filter(({ path, content }) => stored(join(folder, path)) !== content);
  const leftOver = leftOvers(folder, generated);
  if (write) {
    for (const { path, content } of stale) save(join(folder, path), content);
    for (const path of leftOver) rmSync(join(folder, path));
  }
  for (const path of [...stale.map((page) => page.path), ...leftOver])
    (check ? err : out)(check ? `已过期，请用 --write 重新生成 · stale, write it again with --write: ${path}` : path);
  if (stale.length + leftOver.length === 0) out(`${generated.length} 个文件均为最新 · ${generated.length} files are up to date`);
  return missing.length > 0 || (check && stale.length + leftOver.length > 0) ? 1 : 0;
}

/** Files of policies that are no longer there. */
function leftOvers(folder: string, generated: readonly Page[]): string[] {
  const known = new Set(generated.map(({ path }) => path));
  return listed(join(folder, 'policies'))
    .map((name) => join('policies', name))
    .filter((path) => !known.has(path));
}

const listed = (folder: string): readonly string[] => attempt(() => readdirSync(folder)) ?? [];
const stored = (path: string): string | null => attempt(() => readFileSync(path, 'utf8'));

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function save(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
