import { afterAll, describe, expect, it } from '@jest/globals';
import { proveBooks } from '@tranche/casework';
import fc from 'fast-check';
import { play } from './play.js';
import { inFiles, remembered } from './remembered.js';
import { closeScene, openScene, type Scene } from './scene.js';
import { fileStories, httpStories, type Story } from './steps.js';

/** Stories, half of them over HTTP; `npm run test:long` plays thousands. */
const RUNS = Number(process.env['TRANSFER_RUNS'] ?? 8);
/** A long run may be given an end: it says how many it played. */
const MINUTES = Number(process.env['TRANSFER_MINUTES'] ?? 0);
/** Stories of one database: its checks and the bank's book grow with them. */
const STORIES_OF_A_SCENE = 25;

/** Stories of files take days; money of the year is spent within it. */
const LAST_DAY = '2020-12-18';

let scene: Scene | null = null;
let played = 0;
let playedInAll = 0;
afterAll(leave);

/** What a failed story leaves behind would spoil the next: each failure begins anew. */
async function leave(): Promise<void> {
  const left = scene;
  scene = null;
  played = 0;
  if (left) await closeScene(left);
}

/** The scene of the next story: the last one while it is neither worn out nor at the end of its year. */
async function ready(): Promise<Scene> {
  if (played >= STORIES_OF_A_SCENE || (scene && (await scene.world.today()) >= LAST_DAY)) await leave();
  scene ??= await openScene();
  return scene;
}

/** Plays a story; after a failed one nothing is left of its scene. */
async function told(story: Story): Promise<void> {
  const here = await ready();
  played += 1;
  playedInAll += 1;
  try {
    await play(here, story);
  } catch (error) {
    await leave();
    throw error;
  }
}

describe('transfers against a bank, whatever happens to either', () => {
  it.each([
    ['over HTTP', httpStories],
    ['in files', fileStories],
  ] as const)(
    'are paid once each %s: the bank’s book is our settled total, nothing is paid beyond what is owed, all books balance',
    async (where, stories) => {
      const before = playedInAll;
      const limit = MINUTES > 0 ? { interruptAfterTimeLimit: MINUTES * 30_000, markInterruptAsFailure: false } : {};
      await fc.assert(fc.asyncProperty(stories, told), { numRuns: Math.ceil(RUNS / 2), endOnFailure: RUNS < 100, ...limit });
      if (RUNS > 8) console.info(`${playedInAll - before} stories ${where}, seed ${fc.readConfigureGlobal()?.seed}`);
    },
    60_000 + RUNS * 10_000,
  );

  it.each(remembered)('are paid once each when $title', told, 60_000);

  it.each(inFiles)(
    'are paid once each in files when $title',
    async ({ shows, ...story }) => {
      const { world } = await ready();
      const before = (await world.rows(shows)).length;
      await told(story);
      expect((await world.rows(shows)).length).toBeGreaterThan(before);
    },
    60_000,
  );

  it('leave books that the nightly proof finds in order', async () => {
    if (scene) expect(await proveBooks(scene.world.house)).toMatchObject({ ok: true, findingsTotal: 0 });
  });
});
