import { expect, it } from '@jest/globals';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { CaseStory } from '../../../test/support/story.js';

const { world } = useBankWorld();

it('an applicant may withdraw while the notice runs: the notice ends with the case', async () => {
  const story = await (await (await CaseStory.inTraining(world)).ended()).accepted(90);
  await story.hear('officer', 'notice.posted');
  await story.hear('institution', 'application.withdrawn', { reason: '不再申报' });
  expect(await world.rows('SELECT state FROM notices WHERE case_id = $1', [story.id])).toEqual([{ state: 'withdrawn' }]);
  expect(await story.view()).toMatchObject({ state: 'withdrawn' });
});

it('an objection under an id that is taken is refused, in its own case and in another', async () => {
  const posted = async () => {
    const story = await (await (await CaseStory.inTraining(world)).ended()).accepted(90);
    await story.hear('officer', 'notice.posted');
    return story;
  };
  const [first, second] = [await posted(), await posted()];
  const objection = { objection: 'b7a1f4de-6f0e-4a34-9a5c-0d2f5a3f9c11', ground: '名单有误' };
  await first.hear('officer', 'objection.raised', objection);
  expect(await first.tell('officer', 'objection.raised', objection)).toMatchObject({ ok: false });
  expect(await second.tell('officer', 'objection.raised', objection)).toMatchObject({ ok: false, code: 'already-exists' });
});
