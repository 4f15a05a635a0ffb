import { text } from '../../terminal/language.js';
import { waitFor } from '../client.js';
import { resultsFile } from '../people.js';
import type { Step } from '../story.js';
import { lastDayText } from '../views.js';
import { opened } from './chapters.js';

/** Everybody qualified, posted for objections, and nobody objected: the remainder is due. */
export const accepting: readonly Step[] = [
  {
    who: 'inspector',
    does: text('导入验收结果：全部合格；验收通过', 'imports the results: all qualified; the class passes'),
    act: async (scene) => {
      await scene.upload('inspector', 'results', resultsFile(scene.trainees, true));
      await scene.tell('inspector', 'acceptance.passed');
      return text('验收合格，须先公示', 'accepted; a public notice comes before the remainder');
    },
    under: (policy) => policy.amounts['assessed']?.cite,
  },
  {
    who: 'officer',
    does: text('发布公示', 'posts the public notice'),
    act: async (scene) => {
      await scene.tell('officer', 'notice.posted');
      const until = lastDayText(await scene.deadline('notice:1'));
      return text(`公示至 ${until.zh}，期内任何人可提异议`, `posted until ${until.en}; anybody may object until then`);
    },
    under: (policy) => policy.plan.notice?.days.cite,
  },
  {
    who: 'clock',
    does: text('公示期满后的第一个工作日', 'the first working day after the notice has ended'),
    act: async (scene) => {
      const notice = await scene.deadline('notice:1');
      const { clock } = scene.stage;
      await clock.goTo(await clock.workingDay(notice?.lastDay ?? '', 1));
      const rest = await waitFor(text('余款应付', 'the remainder is due'), async () => {
        const tranche = await scene.tranche('s3');
        return tranche.state === 'locked' ? null : tranche;
      });
      const { zh, en } = opened(rest, scene);
      return text(`无异议；${zh}`, `no objection; ${en}`);
    },
    under: (policy) => policy.plan.remainder?.cite,
  },
];
