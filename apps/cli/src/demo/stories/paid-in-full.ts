import { text } from '../../terminal/language.js';
import type { Step, Story } from '../story.js';
import { accepting } from './accepting.js';
import { applying, ending, halfway, paying, starting } from './chapters.js';

const closing: Step = {
  who: 'machine',
  does: text('结案', 'closes the case'),
  act: async (scene) => {
    const { paidFen, entitledFen, standing } = await scene.view();
    const [paid, entitled] = [scene.money(paidFen), scene.money(entitledFen)];
    return text(
      `已付 ${paid.zh} = 应得 ${entitled.zh}，案件${standing === 'closed' ? '已结' : '未结'}`,
      `paid ${paid.en} = earned ${entitled.en}; the case is ${standing === 'closed' ? 'closed' : 'still open'}`,
    );
  },
};

/** Half, a quarter, and the rest. */
export const paidInFull: Story = {
  title: text('第一案　50% — 25% — 余款，全部按期到账', 'Case 1: half, a quarter, and the rest, all in time'),
  about: text(
    '开展培训后预拨一半，进度过半再拨四分之一，验收合格并经公示无异议后付清。',
    'Half after the start, a quarter at half of the progress, the rest after acceptance and a clean notice.',
  ),
  steps: [...applying, ...starting, ...paying('s1'), ...halfway, ...paying('s2'), ...ending, ...accepting, ...paying('s3'), closing],
};
