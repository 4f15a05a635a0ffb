// What a browser loads for the public pages, read from what was really built.

import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildPortals, ROOT, siteFolder } from './site.js';

type Chunk = { file: string; src?: string; imports?: string[]; dynamicImports?: string[]; css?: string[] };

const allowedBytes = 250_000;

let manifest: Record<string, Chunk> = {};

beforeAll(() => {
  buildPortals();
  manifest = JSON.parse(readFileSync(join(siteFolder, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>;
});

/** The chunks this one needs before it can run, itself included. */
function needed(key: string, found = new Set<string>()): Set<string> {
  if (found.has(key)) return found;
  found.add(key);
  for (const next of manifest[key]?.imports ?? []) needed(next, found);
  return found;
}

const publicPages = () => Object.keys(manifest).filter((key) => key.startsWith('src/public/'));
const scripts = (keys: Iterable<string>) =>
  [...new Set([...keys].map((key) => manifest[key]?.file ?? ''))].filter((file) => file.endsWith('.js'));
const gzipped = (file: string) => gzipSync(readFileSync(join(siteFolder, file)), { level: 9 }).length;

describe('the first load of a public page', () => {
  it('is under 250 kB of compressed script, whichever page it is', () => {
    expect(publicPages().length).toBeGreaterThan(1);
    for (const page of publicPages()) {
      const files = scripts([...needed('index.html'), ...needed(page)]);
      const bytes = files.reduce((sum, file) => sum + gzipped(file), 0);
      expect([page, bytes < allowedBytes]).toEqual([page, true]);
    }
  });

  it('holds neither the component library nor the charts', () => {
    const loaded = publicPages().flatMap((page) => scripts([...needed('index.html'), ...needed(page)]));
    expect(loaded.filter((file) => /antd|echarts|desk/.test(file))).toEqual([]);
    expect(Object.values(manifest).some(({ file }) => /antd/.test(file))).toBe(true);
  });

  it('has a compressed form of every script ready', () => {
    for (const { file } of Object.values(manifest)) {
      if (!file.endsWith('.js') || statSync(join(siteFolder, file)).size < 1024) continue;
      for (const ending of ['br', 'gz'])
        expect([file, statSync(join(siteFolder, `${file}.${ending}`)).size < statSync(join(siteFolder, file)).size]).toEqual([file, true]);
    }
  });
});

describe('the types of the API', () => {
  it('are those of the routes as they are compiled: if not, run `npx tsc -b && node tools/api-types.mjs`', () => {
    const check = spawnSync(process.execPath, [join(ROOT, 'tools', 'api-types.mjs'), '--check'], { encoding: 'utf8' });
    expect(check.stderr).toBe('');
    expect(check.status).toBe(0);
  });
});
