import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from './sources.js';

type Manifest = { dependencies: Record<string, string>; devDependencies: Record<string, string>; license?: string };

const manifest = (path: string): Manifest => JSON.parse(readFileSync(join(ROOT, path, 'package.json'), 'utf8')) as Manifest;
/** The browser's packages may lie beside it, where their peers differ from the house's. */
const installedAt = (name: string): string =>
  ['node_modules', 'apps/web/node_modules'].map((folder) => join(folder, name)).find((path) => existsSync(join(ROOT, path))) ?? name;
const rows = readFileSync(join(ROOT, 'docs', 'dependencies.md'), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 5 && cells[1] !== 'package' && !cells[1]?.startsWith('-'))
  .map(([, name, reason, licence]) => ({ name: name ?? '', reason: reason ?? '', licence: licence ?? '' }));

describe('docs/dependencies.md', () => {
  const manifests = [manifest('.'), manifest('apps/web')];
  const direct = Object.assign({}, ...manifests.flatMap(({ dependencies, devDependencies }) => [dependencies, devDependencies])) as Record<
    string,
    string
  >;

  it('names exactly the direct dependencies, each once', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(direct).sort());
  });

  it('states the licence each package declares', () => {
    expect(rows.map(({ name, licence }) => `${name} ${licence}`)).toEqual(
      rows.map(({ name }) => `${name} ${manifest(installedAt(name)).license}`),
    );
  });

  it('gives a reason for each', () => {
    expect(rows.filter(({ reason }) => reason.length < 5)).toEqual([]);
  });

  it('stands for versions that are pinned exactly', () => {
    expect(Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });
});
