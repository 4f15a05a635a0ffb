import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** A folder with a space in its name, removed after the tests of the file. */
export function tempFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tranche cli '));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
