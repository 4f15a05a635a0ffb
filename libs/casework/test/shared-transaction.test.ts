import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { v7 } from 'uuid';
import { CaseStory } from '../../../test/support/story.js';
import { another, asOwner, openWorld, type World } from '../../../test/support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

const drafts = (count: number): Promise<CaseStory[]> => Promise.all(Array.from({ length: count }, () => CaseStory.open(world)));
const inTraining = async () => (await (await CaseStory.open(world)).approved()).started();
const submit = (story: CaseStory): Promise<Answer> => story.tell('institution', 'application.submitted');

/** The transactions that wrote these cases' last events, as the database numbers them. */
async function transactionsOf(stories: readonly CaseStory[]): Promise<string[]> {
  const rows = await world.rows<{ tx: string }>(
    'SELECT DISTINCT e.xmin::text AS tx FROM case_events e JOIN cases c ON c.id = e.case_id AND c.version = e.seq WHERE c.id = ANY($1::uuid[])',
    [stories.map(({ id }) => id)],
  );
  return rows.map(({ tx }) => tx);
}

describe('commands that one person sends at the same time', () => {
  it('share transactions, and each is answered for itself', async () => {
    const stories = await drafts(12);
    const answers = await Promise.all(stories.map(submit));
    expect(answers.map((answer) => answer.ok && answer.caseId)).toEqual(stories.map(({ id }) => id));
    // two go at once; the ten that find both lanes taken go together
    expect((await transactionsOf(stories)).length).toBeLessThanOrEqual(4);
    for (const { id } of stories) expect(await verifyCase(world.house, systemActor('test'), id)).toMatchObject({ ok: true });
  });

  it('never share one with another person, even of the same role: row security knows one actor at a time', async () => {
    const stories = await Promise.all(Array.from({ length: 6 }, inTraining));
    const people = stories.map(() => another(world.by('supervisor')));
    const answers = await Promise.all(
      stories.map((story, at) => story.tell('supervisor', 'case.held', { reason: 'check' }, { by: people[at] })),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await transactionsOf(stories)).toHaveLength(6);
    const actors = await world.rows<{ actor: string }>(
      "SELECT actor FROM case_events WHERE type = 'case.held' AND case_id = ANY($1::uuid[]) ORDER BY case_id",
      [stories.map(({ id }) => id)],
    );
    expect(new Set(actors.map(({ actor }) => actor))).toEqual(new Set(people.map(({ userId }) => userId)));
  });

  it('share one lane each while others are at work, and nobody waits for another person', async () => {
    const stories = await Promise.all(Array.from({ length: 12 }, inTraining));
    const [first, second] = [another(world.by('supervisor')), another(world.by('supervisor'))];
    const answers = await Promise.all(
      stories.map((story, at) => story.tell('supervisor', 'case.held', { reason: 'check' }, { by: at < 6 ? first : second })),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    // the first has two lanes while the house is quiet, the second one; whoever came later goes with those who waited too
    expect((await transactionsOf(stories.slice(0, 6))).length).toBeLessThanOrEqual(3);
    expect(await transactionsOf(stories.slice(6))).toHaveLength(2);
  });

  it('about the same case are heard one after the other, and the same key once', async () => {
    const [story, ...others] = await drafts(6);
    if (!story) throw new Error('no case');
    const key = v7();
    const answers = await Promise.all([
      ...others.map(submit),
      story.tell('institution', 'application.submitted', {}, { key }),
      story.tell('institution', 'application.submitted', {}, { key }),
      story.tell('institution', 'application.withdrawn', { reason: 'changed our minds' }),
      story.tell('institution', 'application.submitted'),
    ]);
    // which of the two under one key is the first is nobody's business; one of them is heard, the other gets its answer
    const underOneKey = answers.slice(5, 7);
    expect(underOneKey).toMatchObject(Array(2).fill({ ok: true, version: 2 }));
    expect(underOneKey.filter((answer) => answer.ok && answer.replayed)).toHaveLength(1);
    expect(answers.slice(7)).toMatchObject([
      { ok: true, version: 3 },
      { ok: false, code: 'event-not-allowed' },
    ]);
  });

  it('fail alone: a case that cannot be read takes nobody with it', async () => {
    const stories = await drafts(8);
    await asOwner(world, 'ALTER TABLE cases DISABLE TRIGGER USER');
    await asOwner(world, `UPDATE cases SET snapshot = '{"status":"active","value":"?","context":{}}' WHERE id = $1`, [stories[5]?.id]);
    await asOwner(world, 'ALTER TABLE cases ENABLE TRIGGER USER');
    const outcomes = await Promise.allSettled(stories.map(submit));
    expect(outcomes.map(({ status }) => status)).toEqual(stories.map((_, at) => (at === 5 ? 'rejected' : 'fulfilled')));
    expect(outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value.ok] : []))).toEqual(Array(7).fill(true));
  });

  it('are refused alone: a step of another role is refused and none of the others', async () => {
    const stories = await drafts(5);
    const answers = await Promise.all(
      stories.map((story, at) => (at === 4 ? story.tell('institution', 'application.approved') : submit(story))),
    );
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true, false]);
  });
});
