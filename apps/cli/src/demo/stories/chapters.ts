// Chapters that stories share: applying, starting, teaching, paying.

import type { Text } from '@tranche/policies';
import { text } from '../../terminal/language.js';
import { attendanceFile, LEVEL, OCCUPATION, rosterFile } from '../people.js';
import { CLASS_DAYS, CLASS_SIZE, PLANNED_HOURS, type Scene } from '../scene.js';
import type { Step } from '../story.js';
import { lastDayText } from '../views.js';

/** From the empty form to the approval, each by another person. */
export const applying: readonly Step[] = [
  {
    who: 'institution',
    does: text(
      `备案一个${OCCUPATION}（${LEVEL}）班：${CLASS_SIZE} 人、${PLANNED_HOURS} 课时，上传学员花名册`,
      `files a class of ${CLASS_SIZE} electricians, ${PLANNED_HOURS} class hours, and uploads the roster`,
    ),
    act: async (scene) => {
      await scene.planClass();
      const [startsOn, endsOn] = [scene.classDay(1), scene.classDay(CLASS_DAYS)];
      await scene.open({ plannedHours: PLANNED_HOURS, classFiled: true, traineesEligible: true, startsOn, endsOn });
      await scene.upload('institution', 'roster', rosterFile(scene.trainees));
      return text(
        `建立案件 ${scene.caseNo}；花名册 ${CLASS_SIZE} 行逐行校验通过；${startsOn} 开班，${endsOn} 结班`,
        `case ${scene.caseNo} opened; every one of ${CLASS_SIZE} rows is good; the class runs from ${startsOn} to ${endsOn}`,
      );
    },
  },
  plain('institution', 'application.submitted', text('提交申报', 'submits the application'), text('已申报，待受理', 'submitted')),
  plain('officer', 'application.accepted', text('受理', 'accepts it for processing'), text('已受理，待审核', 'accepted for processing')),
  plain('reviewer', 'application.reviewed', text('审核通过', 'reviews it'), text('已审核，待审批', 'reviewed')),
  {
    who: 'approver',
    does: text('审批通过', 'approves it'),
    act: async (scene) => {
      await scene.tell('approver', 'application.approved');
      const { zh, en } = scene.money((await scene.view()).estimateFen);
      return text(`预计补贴数额确定为 ${zh}`, `the estimate is fixed at ${en}`);
    },
    under: (policy) => policy.amounts['estimate']?.cite,
  },
];

function plain(who: 'institution' | 'officer' | 'reviewer', type: string, does: Step['does'], answer: Step['does']): Step {
  return {
    who,
    does,
    act: async (scene) => {
      await scene.tell(who, type);
      return answer;
    },
  };
}

/** Nothing but time passes, until the n-th day of the class. */
export const untilClassDay = (number: number): Step => ({
  who: 'clock',
  does: number === 1 ? text('开班之日', 'the first day of the class') : text(`培训第 ${number} 天`, `day ${number} of the class`),
  act: async (scene) => {
    await scene.stage.clock.goTo(scene.classDay(number));
    return null;
  },
});

export const starting: readonly Step[] = [
  untilClassDay(1),
  {
    who: 'institution',
    does: text('报告开展培训', 'reports that the training has started'),
    act: async (scene) => {
      await scene.tell('institution', 'milestone.started');
      return opened(await scene.tranche('s1'), scene);
    },
    under: (policy) => policy.plan.advances[0]?.cite,
  },
];

/** Half of the class hours, by attendance, verified by the inspector. */
export const halfway: readonly Step[] = [
  untilClassDay(CLASS_DAYS / 2),
  {
    who: 'institution',
    does: text('上传前一半课程的签到考勤', 'uploads the attendance of the first half'),
    act: async (scene) => {
      await scene.upload('institution', 'attendance', attendanceFile(scene.classDays.slice(0, CLASS_DAYS / 2), CLASS_SIZE));
      return text(
        `由考勤算得已完成 ${PLANNED_HOURS / 2} 课时，恰为备案 ${PLANNED_HOURS} 课时的一半`,
        `by attendance ${PLANNED_HOURS / 2} class hours are done, exactly half of the ${PLANNED_HOURS} filed`,
      );
    },
  },
  {
    who: 'inspector',
    does: text('核实进度过半', 'verifies half of the progress'),
    act: async (scene) => {
      await scene.tell('inspector', 'milestone.halfway');
      return opened(await scene.tranche('s2'), scene);
    },
    under: (policy) => policy.plan.advances[1]?.cite,
  },
];

export const ending: readonly Step[] = [
  untilClassDay(CLASS_DAYS),
  {
    who: 'institution',
    does: text('上传全部考勤，报告培训结束', 'uploads the whole attendance and reports the end of the training'),
    act: async (scene) => {
      await scene.upload('institution', 'attendance', attendanceFile(scene.classDays, CLASS_SIZE));
      await scene.tell('institution', 'milestone.ended');
      return text('培训结束，待验收', 'the training has ended and waits for acceptance');
    },
  },
];

type Tranche = Awaited<ReturnType<Scene['tranche']>>;

/** What the machine says when a tranche falls due: how much, and by when. */
export function opened({ label, amountFen, deadline }: Tranche, scene: Scene): Text {
  const [amount, day] = [scene.money(amountFen), lastDayText(deadline)];
  return text(`${label.zh} ${amount.zh} 应予拨付，最迟 ${day.zh}`, `${label.en}: ${amount.en} is due, by ${day.en} at the latest`);
}

/** A maker collects, a checker signs. */
export const signing = (payment: string): readonly Step[] => [
  {
    who: 'maker',
    does: text('编制拨付单并送复核', 'puts it into a batch and submits it'),
    act: async (scene) => {
      const { batchNo, totalFen } = await scene.makeBatch(payment);
      const { zh, en } = scene.money(totalFen);
      return text(`拨付单 ${batchNo}，1 笔，${zh}，指标已预占`, `batch ${batchNo}, one line, ${en}; its budget is reserved`);
    },
  },
  {
    who: 'checker',
    does: text('核对内容哈希后签发（与经办不是同一人）', 'checks the content and signs exactly its hash (another person than the maker)'),
    act: async (scene) => {
      await scene.signBatch();
      return text(
        `已签发，内容哈希 ${scene.batch?.contentHash.slice(0, 12)}…`,
        `signed, content hash ${scene.batch?.contentHash.slice(0, 12)}…`,
      );
    },
  },
];

export const paying = (payment: string): readonly Step[] => [
  ...signing(payment),
  {
    who: 'bank',
    does: text('付款并回单', 'pays and answers'),
    act: async (scene) => {
      const { amountFen, paidOn, deadline } = await scene.paid(payment);
      const { zh, en } = scene.money(amountFen);
      const reference = (await scene.transferOf(payment))?.bankReference ?? '';
      const intime = deadline?.status === 'met' ? text('，在时限之内', ', in time') : text('', '');
      return text(
        `${zh} 于 ${paidOn} 到账，银行流水号 ${reference}${intime.zh}`,
        `${en} arrived on ${paidOn}, bank reference ${reference}${intime.en}`,
      );
    },
  },
];
