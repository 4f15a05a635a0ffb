import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { CaseStory } from '../../../test/support/story.js';
import { asOwner, openWorld, type World } from '../../../test/support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

/** Puts a person on the roster of a case, with the claim that a roster's import makes. */
async function enrol(story: CaseStory, person: string): Promise<void> {
  const place = 'SELECT $1::uuid, id, organisation_id, district';
  await asOwner(
    world,
    `INSERT INTO trainees (id, case_id, organisation_id, district, row_no, name_cipher, name_masked, id_cipher, id_masked, person_key, key_id, occupation, level)
     ${place}, 1, '', '张*', '', '210202********0010', decode(md5($3), 'hex'), 'k1', '电工', '中级' FROM cases WHERE id = $2`,
    [v7(), story.id, person],
  );
  await asOwner(
    world,
    `INSERT INTO exclusion_claims (id, case_id, organisation_id, district, person_key, exclusion_group, period, live)
     ${place}, decode(md5($3), 'hex'), 'training-subsidy', '[2020-11-30,2021-01-01)', true FROM cases WHERE id = $2`,
    [v7(), story.id, person],
  );
}

const live = async (story: CaseStory) =>
  (await world.rows<{ live: boolean }>('SELECT live FROM exclusion_claims WHERE case_id = $1', [story.id])).map((row) => row.live);

async function failedWith(person: string): Promise<CaseStory> {
  const story = await CaseStory.open(world);
  await enrol(story, person);
  await (await (await story.approved()).started()).ended();
  await story.hear('inspector', 'acceptance.failed', { reason: 'practical part' });
  return story.hear('inspector', 'acceptance.failed', { reason: 'again' });
}

async function rescind(story: CaseStory) {
  const correction = { type: 'decision.rescinded', data: { decision: 'acceptance' } };
  const proposed = await story.tell('reviewer', 'correction.proposed', { correction, reason: 'the wrong list was used', cite: '复核' });
  if (!proposed.ok) throw new Error(proposed.detail.en);
  return story.tell('supervisor', 'decision.rescinded', { proposal: proposed.seq, decision: 'acceptance' });
}

it('a failed class frees its people for others, and claims them again when the failure is rescinded', async () => {
  const story = await failedWith('one');
  expect(await live(story)).toEqual([false]);
  expect(await rescind(story)).toMatchObject({ ok: true });
  expect(await live(story)).toEqual([true]);
});

it('a failure is not rescinded over the head of a class that has one of its people by now', async () => {
  const story = await failedWith('two');
  const other = await CaseStory.open(world);
  await enrol(other, 'two');
  expect(await rescind(story)).toMatchObject({ ok: false, code: 'exclusion-conflict' });
  expect(await live(story)).toEqual([false]);
  expect(await live(other)).toEqual([true]);
});

const periods = async (story: CaseStory) =>
  (await world.rows<{ period: string }>('SELECT period::text FROM exclusion_claims WHERE case_id = $1', [story.id])).map(
    (row) => row.period,
  );

it('a class that moves to other days claims its people for those days: nobody is counted twice by filing days that are no longer true', async () => {
  const story = await CaseStory.open(world);
  await enrol(story, 'three');
  await story.hear('institution', 'facts.recorded', { facts: { startsOn: '2021-03-01', endsOn: '2021-03-31' } });
  expect(await periods(story)).toEqual(['[2021-03-01,2021-04-01)']);
  const other = await CaseStory.open(world);
  await enrol(other, 'three');
  const back = { facts: { startsOn: '2020-12-10', endsOn: '2021-03-31' } };
  expect(await story.tell('institution', 'facts.recorded', back)).toMatchObject({ ok: false, code: 'exclusion-conflict' });
  expect(await periods(story)).toEqual(['[2021-03-01,2021-04-01)']);
  // other facts leave them alone
  await story.hear('institution', 'facts.recorded', { facts: { plannedHours: 96 } });
  expect(await periods(story)).toEqual(['[2021-03-01,2021-04-01)']);
});

it('a class does not end before it begins', async () => {
  const story = await CaseStory.open(world);
  expect(await story.tell('institution', 'facts.recorded', { facts: { startsOn: '2020-12-21', endsOn: '2020-12-20' } })).toMatchObject({
    ok: false,
    code: 'facts-invalid',
    errors: [{ field: 'data.facts.endsOn', code: 'fact-dates' }],
  });
  await expect(CaseStory.open(world, { startsOn: '2020-12-21', endsOn: '2020-12-20' })).rejects.toThrow('fact-dates');
});
