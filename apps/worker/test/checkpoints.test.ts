import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyFile } from '@tranche/casework';
import { forkWorker, startWorker, until } from '../../../test/support/worker.js';
import { draftCase, openWorld, type World } from '../../../test/support/world.js';

const folder = mkdtempSync(join(tmpdir(), 'tranche-worker-checkpoints-'));
const keyFile = join(folder, 'keys.json');
const dir = join(folder, 'checkpoints');

let world: World;
beforeAll(async () => {
  world = await openWorld();
  writeFileSync(
    keyFile,
    generateKeyFile((size) => new Uint8Array(size).fill(3)),
  );
});
afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a worker that is told where checkpoints go', () => {
  it('signs and exports one for the day, and not another when it starts again', async () => {
    await draftCase(world);
    for (let start = 1; start <= 2; start += 1) {
      const worker = await startWorker(world, { env: { TRANCHE_CHECKPOINT_DIR: dir, TRANCHE_KEY_FILE: keyFile } });
      await until('a checkpoint is taken', async () => (await world.rows('SELECT no FROM checkpoints')).length > 0);
      await worker.stop();
    }
    expect(readdirSync(dir).filter((name) => name.startsWith('checkpoint-0'))).toEqual(['checkpoint-000001-2020-11-25.txt']);
    expect(await world.rows('SELECT no, case_count::int AS cases FROM checkpoints')).toEqual([{ no: 1, cases: 1 }]);
  });

  it.each([
    ['without a key file', { TRANCHE_KEY_FILE: '' }, 'TRANCHE_KEY_FILE'],
    ['with one that is none', { TRANCHE_KEY_FILE: __filename }, 'TRANCHE_KEY_FILE'],
    ['with one that is not there', { TRANCHE_KEY_FILE: join(folder, 'nowhere') }, 'TRANCHE_KEY_FILE'],
  ])('does not start %s, and says so in one line', async (_how, env, said) => {
    const worker = await forkWorker(world, { env: { TRANCHE_CHECKPOINT_DIR: dir, ...env } });
    expect((await worker.gone).code).toBe(1);
    expect(worker.output().trim().split('\n')).toHaveLength(1);
    expect(worker.output()).toContain(said);
  });
});
