// Files that need each other when they run. Dependency-cruiser cannot tell type imports apart here; the syntax tree can.

import { posix } from 'node:path';
import type { Source } from './sources.js';
import { neededModules, parse } from './syntax.js';

/** Each cycle once, as the files on it in order. Only relative imports count: packages of the house are kept apart by the import arrows. */
export function importCycles(sources: readonly Source[]): string[] {
  const needs = new Map(sources.map(({ path, text }) => [path, neededFiles(path, text)]));
  const cycles = new Map<string, string>();
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      const cycle = trail.slice(start);
      cycles.set([...cycle].sort().join(), [...cycle, path].join(' → '));
      return;
    }
    if (finished.has(path)) return;
    for (const next of needs.get(path) ?? []) visit(next, [...trail, path]);
    finished.add(path);
  };
  for (const path of needs.keys()) visit(path, []);
  return [...cycles.values()];
}

function neededFiles(path: string, text: string): string[] {
  return neededModules(parse(text))
    .filter((module) => module.startsWith('.'))
    .map((module) => posix.join(posix.dirname(path), module).replace(/\.js$/, '.ts'));
}
