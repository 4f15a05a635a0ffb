import { afterAll, describe, expect, it } from '@jest/globals';
import { proveBooks } from '@tranche/casework';
import fc from 'fast-check';
import { closeScene, openScene, play, type Scene } from './play.js';
import { remembered } from './remembered.js';
import { type Story, stories } from './steps.js';

/** `npm run test:long` plays thousands. */
const RUNS = Number(process.env['TRANSFER_RUNS'] ?? 8);
/** Stories of one database: its checks and the bank's book grow with them. */
const STORIES_OF_A_SCENE = 25;

let scene: Scene | null = null;
let played = 0;
afterAll(leave);

/** What a failed story leaves behind would spoil the next: each failure begins anew. */
async function leave(): Promise<void> {
  const left = scene;
  scene = null;
  played = 0;
  if (left) await closeScene(left);
}

/** Plays a story; after a failed one nothing is left of its scene. */
async function told(story: Story): Promise<void> {
  if (played >= STORIES_OF_A_SCENE) await leave();
  scene ??= await openScene();
  played += 1;
  try {
    await play(scene, story);
  } catch (error) {
    await leave();
    throw error;
  }
}

describe('transfers against a bank, whatever happens to either', () => {
  it(
    'are paid once each: the bank’s book is our settled total, nothing is paid beyond what is owed, all books balance',
    async () => {
      await fc.assert(fc.asyncProperty(stories, told), { numRuns: RUNS, endOnFailure: RUNS < 100 });
    },
    60_000 + RUNS * 5_000,
  );

  it.each(remembered)('are paid once each when $title', told, 60_000);

  it('leave books that the nightly proof finds in order', async () => {
    if (scene) expect(await proveBooks(scene.world.house)).toMatchObject({ ok: true, findingsTotal: 0 });
  });
});
