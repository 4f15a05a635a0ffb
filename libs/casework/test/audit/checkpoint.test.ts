import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CheckpointOutcome, keyOfSeed, takeCheckpoint } from '@tranche/casework';
import { CaseStory } from '../../../../test/support/story.js';
import { asOwner, openWorld, type World } from '../../../../test/support/world.js';
import { signingKey, verifyAs } from './house.js';

let world: World;
let dir: string;
const folders: string[] = [];
beforeEach(async () => {
  await world?.close();
  world = await openWorld();
  dir = mkdtempSync(join(tmpdir(), 'tranche-checkpoint-'));
  folders.push(dir);
});
afterAll(async () => {
  await world?.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const take = (daily = false, key = signingKey): Promise<CheckpointOutcome> => takeCheckpoint(world.house, { dir, key, daily });
const files = () => readdirSync(dir).filter((name) => name.endsWith('.txt'));
const numbers = async () => (await world.rows<{ no: number }>('SELECT no FROM checkpoints ORDER BY no')).map(({ no }) => no);
const verify = async () => Object.keys((await verifyAs(world.test.auditUrl, dir, world)).findingsByKind);
const forgetRows = () =>
  asOwner(world, 'ALTER TABLE checkpoints DISABLE TRIGGER USER; DELETE FROM checkpoints; ALTER TABLE checkpoints ENABLE TRIGGER USER');

describe('a checkpoint', () => {
  it('is taken once a day, and again when a new day begins for the legal clock', async () => {
    expect(await take(true)).toMatchObject({ ok: true, no: 1, cases: 0 });
    expect(await take(true)).toEqual({ ok: true, no: null });
    await CaseStory.open(world);
    await world.goTo('2020-11-27');
    expect(await take(true)).toMatchObject({ ok: true, no: 2, cases: 1 });
    expect(files()).toEqual(['checkpoint-000001-2020-11-25.txt', 'checkpoint-000002-2020-11-27.txt']);
    expect(await verify()).toEqual([]);
  });

  it('is taken by one of several workers that look at the same moment', async () => {
    await CaseStory.open(world);
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => take(true)));
    expect(outcomes.filter((outcome) => outcome.ok && outcome.no !== null)).toHaveLength(1);
    expect(await numbers()).toEqual([1]);
  });

  it('whose row was lost in a crash is adopted, and the next one follows it', async () => {
    await take();
    await forgetRows();
    // a file may be ahead of its row by one
    expect(await verify()).toEqual([]);
    expect(await take()).toMatchObject({ ok: true, no: 2 });
    expect(await numbers()).toEqual([1, 2]);
    expect(await verify()).toEqual([]);
  });

  it('of a stranger is neither adopted nor believed', async () => {
    await take();
    await forgetRows();
    const name = files()[0] ?? '';
    const text = readFileSync(join(dir, name), 'utf8');
    writeFileSync(join(dir, name), text.replace(/"signature":"[0-9a-f]{4}/, '"signature":"0000'));
    expect(await take()).toMatchObject({ ok: false, code: 'chain-broken' });
    expect(await verify()).toContain('checkpoint-signature');
  });

  it('by a new key goes on in the same chain; without its public key it is not believed', async () => {
    await take();
    const next = keyOfSeed(new Uint8Array(32).fill(9));
    expect(await take(false, next)).toMatchObject({ ok: true, no: 2 });
    expect(await verify()).toEqual([]);
    rmSync(join(dir, `checkpoint-key-${next.keyId}.pem`));
    expect(await verify()).toEqual(['checkpoint-signature']);
  });

  it('of any byte changed in its file is found', async () => {
    await CaseStory.open(world);
    await CaseStory.open(world);
    await take();
    const path = join(dir, files()[0] ?? '');
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length; at += 23) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      writeFileSync(path, changed);
      expect([at, (await verify()).length > 0]).toEqual([at, true]);
    }
    writeFileSync(path, bytes);
    expect(await verify()).toEqual([]);
  });
});
