import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { claimOutbox, recordOutbox } from '@tranche/casework';
import { CaseStory } from '../../../test/support/story.js';
import { openWorld, type World } from '../../../test/support/world.js';

const leaseMs = 60_000;
let shiftMs = 0;
let world: World;
beforeAll(async () => {
  world = await openWorld({ parts: { systemNow: () => Date.now() + shiftMs, outboxLeaseMs: leaseMs } });
});
beforeEach(async () => {
  await (await (await CaseStory.open(world)).approved()).started();
});
afterAll(() => world?.close());

const claimed = async (name: string): Promise<string[]> => (await claimOutbox(world.house, name)).map(({ id }) => id);
const done = (name: string, ids: readonly string[]) =>
  recordOutbox(
    world.house,
    name,
    ids.map((id) => ({ id, outcome: { kind: 'done' } })),
  );
const holderOf = (id: string | undefined) => world.rows('SELECT state, worker FROM outbox WHERE id = $1::bigint', [id]);

describe('work that a worker holds', () => {
  it('is left to its worker until the lease has run out', async () => {
    const ids = await claimed('first');
    expect(ids).toHaveLength(1);
    expect(await claimed('second')).toEqual([]);
    shiftMs += leaseMs - 5_000;
    expect(await claimed('second')).toEqual([]);
    await done('first', ids);
    expect(await holderOf(ids[0])).toEqual([{ state: 'done', worker: 'first' }]);
  });

  it('is taken over by another when the lease has run out', async () => {
    const ids = await claimed('first');
    shiftMs += leaseMs + 1;
    expect(await claimed('second')).toEqual(ids);
    await done('second', ids);
  });

  it('is not recorded by a worker that lost it', async () => {
    const ids = await claimed('first');
    shiftMs += leaseMs + 1;
    await claimed('second');
    await done('first', ids);
    expect(await holderOf(ids[0])).toEqual([{ state: 'claimed', worker: 'second' }]);
    await done('second', ids);
  });
});
