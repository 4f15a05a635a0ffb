import type { Narrator } from './narrator.js';
import { Scene } from './scene.js';
import type { Stage } from './stage.js';
import type { Story } from './story.js';

/** Lives a story step by step and tells it. Answers the scene, from which everything can be read back. */
export async function perform(story: Story, stage: Stage, narrator: Narrator): Promise<Scene> {
  const scene = new Scene(stage);
  narrator.chapter(story.title, story.about);
  for (const { who, does, act, under } of story.steps) {
    // The clock's own steps are told after it has moved: they bear the new date.
    if (who !== 'clock') narrator.step(await stage.clock.today(), who, does);
    const answer = await act(scene);
    if (who === 'clock') narrator.step(await stage.clock.today(), who, does);
    if (answer !== null) narrator.answer(answer);
    const cite = under?.(stage.policy);
    if (cite !== undefined) narrator.clause(cite);
  }
  return scene;
}
