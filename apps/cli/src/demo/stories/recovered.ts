import { text } from '../../terminal/language.js';
import { resultsFile } from '../people.js';
import type { Scene } from '../scene.js';
import type { Step, Story } from '../story.js';
import { lastDayText } from '../views.js';
import { applying, ending, halfway, paying, starting } from './chapters.js';

const failing: readonly Step[] = [
  {
    who: 'inspector',
    does: text('导入验收结果：无人合格；首次验收不合格', 'imports the results: nobody qualified; the first inspection fails'),
    act: async (scene) => {
      await fail(scene, '首次验收：无人合格');
      const { failed, allowed } = (await scene.view()).attempts;
      return text(
        `不合格 ${failed} 次，至多可验 ${allowed} 次：还可复验`,
        `failed ${failed} of ${allowed} inspections allowed: one re-inspection is left`,
      );
    },
  },
  {
    who: 'clock',
    does: text('三个工作日后复验', 'three working days later: the re-inspection'),
    act: async ({ stage: { clock } }) => {
      await clock.goTo(await clock.workingDay(await clock.today(), 3));
      return null;
    },
  },
  {
    who: 'inspector',
    does: text('复验仍不合格（最后一次）', 'the last re-inspection fails too'),
    act: async (scene) => {
      await fail(scene, '复验：仍无人合格');
      const recovery = await scene.recovery();
      const { zh, en } = scene.money(recovery?.demandedFen ?? null);
      const demand = lastDayText(await scene.deadline(`recovery:demand:${recovery?.recoveryNo}`));
      return text(
        `未通过验收：未拨的不再拨付，实际已拨的 ${zh} 全部应收回，追回通知最迟 ${demand.zh} 发出`,
        `failed for good: nothing more is paid, all of ${en} actually paid must come back, the demand goes out by ${demand.en}`,
      );
    },
    under: (policy) => policy.plan.recovery?.cite,
  },
  {
    who: 'maker',
    does: text('发出追回通知', 'sends the demand'),
    act: async (scene) => {
      await scene.tell('maker', 'recovery.demanded', { amountFen: (await scene.view()).recovery?.outstandingFen ?? '0' });
      const recovery = await scene.recovery();
      const repay = lastDayText(await scene.deadline(`recovery:repay:${recovery?.recoveryNo}`));
      return text(`通知载明金额、账户与期限：最迟 ${repay.zh} 退还`, `the letter names amount, account and day: due back by ${repay.en}`);
    },
    under: (policy) => policy.plan.recovery?.demand.cite,
  },
];

async function fail(scene: Scene, reason: string): Promise<void> {
  await scene.upload('inspector', 'results', resultsFile(scene.trainees, false));
  await scene.tell('inspector', 'acceptance.failed', { reason });
}

/** Repaid in two receipts, the second of whatever is left. */
const repaying: readonly Step[] = [
  {
    who: 'clock',
    does: text('五个工作日后', 'five working days later'),
    act: async ({ stage: { clock } }) => {
      await clock.goTo(await clock.workingDay(await clock.today(), 5));
      return null;
    },
  },
  {
    who: 'cashier',
    does: text('登记机构退回的第一笔款', 'records the first repayment'),
    act: (scene) => receive(scene, '10000000', '退款一'),
  },
  {
    who: 'cashier',
    does: text('登记退回的余额', 'records the rest'),
    act: async (scene) => receive(scene, (await scene.view()).recovery?.outstandingFen ?? '0', '退款二'),
  },
  {
    who: 'machine',
    does: text('结案', 'closes the case'),
    act: async (scene) => {
      const { paidFen, recoveredFen, standing } = await scene.view();
      const [paid, back] = [scene.money(paidFen), scene.money(recoveredFen)];
      const net = scene.money(String(BigInt(paidFen) - BigInt(recoveredFen)));
      return text(
        `已付 ${paid.zh}，收回 ${back.zh}，净付 ${net.zh}，案件${standing === 'closed' ? '已结' : '未结'}`,
        `paid ${paid.en}, recovered ${back.en}, net ${net.en}; the case is ${standing === 'closed' ? 'closed' : 'still open'}`,
      );
    },
  },
];

async function receive(scene: Scene, amountFen: string, name: string) {
  const recovery = await scene.recovery();
  await scene.stage.people.cashier.post(`recoveries/${recovery?.id}/receipts`, { amountFen, reference: `${scene.caseNo} ${name}` });
  const left = (await scene.view()).recovery?.outstandingFen ?? '0';
  const [amount, rest] = [scene.money(amountFen), scene.money(left)];
  return text(`收到 ${amount.zh}，尚欠 ${rest.zh}`, `${amount.en} received, ${rest.en} still owed`);
}

/** Two tranches paid, acceptance failed for good, everything back. */
export const recovered: Story = {
  title: text('第二案　两笔已拨，验收（含复验）不合格，全部收回', 'Case 2: two tranches paid, acceptance failed, everything recovered'),
  about: text(
    '“对未通过验收的，据实收回预拨的资金”：实际拨了多少，收回多少，账上结零。',
    '"What was advanced is recovered according to fact": what was paid comes back, to zero.',
  ),
  steps: [...applying, ...starting, ...paying('s1'), ...halfway, ...paying('s2'), ...ending, ...failing, ...repaying],
};
