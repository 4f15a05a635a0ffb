import { text } from '../../terminal/language.js';
import { waitFor } from '../client.js';
import type { Step, Story } from '../story.js';
import { accepting } from './accepting.js';
import { applying, ending, halfway, paying, signing, starting } from './chapters.js';

const [making, approving] = signing('s1') as [Step, Step];

const losing: readonly Step[] = [
  making,
  {
    who: 'bank',
    does: text(
      '（模拟故障）下一笔付款入账后，回执在途中丢失，到账通知也不送达',
      '(a fault on order) will book the next payment; its answer will be lost on the way and no news of it sent',
    ),
    act: async (scene) => {
      await scene.stage.bank.loseTheAnswerTo(scene.batch?.endToEndId ?? '');
      return null;
    },
  },
  approving,
  {
    who: 'machine',
    does: text('款已发出，银行没有回音', 'has sent the payment and hears nothing'),
    act: async (scene) => {
      await waitFor(text('发送已有结论', 'the send ends'), async () => {
        const transfer = await scene.transferOf('s1');
        return transfer !== null && ['unknown', 'settled'].includes(transfer.state) ? transfer : null;
      });
      return text(
        '结果不明：不当作失败，绝不重发，以同一参考号查询',
        'unknown: not taken for a failure, never sent again, inquired under the same reference',
      );
    },
  },
  {
    who: 'bank',
    does: text('答复查询', 'answers the inquiry'),
    act: async (scene) => {
      const { amountFen, paidOn } = await scene.paid('s1');
      const times = await scene.stage.bank.timesPaid(scene.batch?.endToEndId ?? '');
      const { zh, en } = scene.money(amountFen);
      return text(
        `${zh} 已于 ${paidOn} 到账；银行自己的账上，这个参考号恰付 ${times} 次`,
        `${en} had arrived on ${paidOn}; the bank's own book shows this reference paid ${times === 1 ? 'exactly once' : `${times} times`}`,
      );
    },
  },
];

const rest = [...halfway, ...paying('s2'), ...ending, ...accepting, ...paying('s3')];

/** The remaining tranches, told in one breath: they go as in the first story. */
const goingOn: Step = {
  who: 'machine',
  does: text('其余两期照第一案办理', 'pays the other two tranches as in case 1'),
  act: async (scene) => {
    for (const step of rest) await step.act(scene);
    const { tranches, standing } = await scene.view();
    const [second, last] = tranches.slice(1).map(({ amountFen, paidOn }) => ({ amount: scene.money(amountFen), paidOn }));
    const closed = standing === 'closed';
    return text(
      `第二笔 ${second?.amount.zh} 于 ${second?.paidOn}、余款 ${last?.amount.zh} 于 ${last?.paidOn} 到账，案件${closed ? '已结' : '未结'}`,
      `${second?.amount.en} on ${second?.paidOn}, ${last?.amount.en} on ${last?.paidOn}; the case is ${closed ? 'closed' : 'still open'}`,
    );
  },
};

/** Paid, the answer lost, found by asking. */
export const lostAnswer: Story = {
  title: text('第三案　银行回执丢失，查询找回，不重付', 'Case 3: the bank’s answer is lost, found by inquiry, never paid twice'),
  about: text(
    '“不知道”是一种状态：没有回音的付款先查询，查清之前谁也不能再付。',
    '"Unknown" is a state: a payment without an answer is inquired; until it is clear, nobody pays again.',
  ),
  steps: [...applying, ...starting, ...losing, goingOn],
};
