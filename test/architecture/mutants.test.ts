import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(__dirname, '../..');
const check = (folder = root) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'tools/mutants/check.mjs'), folder], { encoding: 'utf8' });
  return { status, said: stdout.trim(), stale: stderr.split('\n').filter((line) => line !== '') };
};

describe('the mutants of the code', () => {
  it('each break one place that is there, and name a test that is there', () => {
    expect(check()).toEqual({ status: 0, said: expect.stringMatching(/^\d{2,} mutants, 0 faults$/), stale: [] });
  });

  it('are called stale where the place is gone', () => {
    const empty = mkdtempSync(join(tmpdir(), 'tranche-empty-'));
    try {
      const { status, stale } = check(empty);
      expect(status).toBe(1);
      expect(stale).toContainEqual(expect.stringMatching(/^fund-guard-dropped: .*0005-ledger\.sql/));
    } finally {
      rmSync(empty, { recursive: true });
    }
  });
});
