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
