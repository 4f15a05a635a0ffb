import { groundsIn, officeOf, text } from '../documents/document.js';
import { dalian38 } from '../documents/texts.js';
import type { KeyExclusion, Policy } from '../policy.js';
import { exclusionSwitches } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { epidemic, untilControlEnds } from '../tables/landmarks.js';
import { noticeChoiceParameters } from '../tables/notice-choice.js';
import { paidOnce } from '../tables/paid-once.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { trainingSubsidyOnce } from '../tables/training-subsidy-once.js';
import { perTrainee } from './hours.js';
import { amountsOf, cap, factsOf, once, parametersOf, rate, rulesOf, traceable, yearlyGroup } from './rules.js';

const grounds = groundsIn(dalian38, '（五）');

/** What the clause itself forbids is the same project twice and more than the cap: further projects of a person are paid for. */
const otherSubsidiesOnly = ({ inferred }: typeof grounds): Pick<KeyExclusion, 'excludes' | 'reason' | 'cite'> => ({
  excludes: 'others',
  reason: text('同一人在重叠期间只能享受一种培训补贴', 'one person draws one kind of training subsidy on the same days'),
  cite: inferred(
    once,
    text(
      '本条只限同一项目和年度上限，同一人另一项目可同期享受；与其他培训补贴默认不得同期并享。',
      'The clause forbids the same project twice and more than the cap, so another project of the person may run on the same days; other training subsidies may not, by default.',
    ),
  ),
});

function classHourSubsidy(): Policy {
  const limits = paymentLimits(dalian38);
  const { byData } = papers(grounds.open(text('以数据核验为先。', 'Registers are asked first.')));
  const { uploaded } = papers(grounds.stated(traceable));
  const inspected = papers(grounds.stated('各级人力资源社会保障部门要加强对职业培训的监督管理'));
  return {
    id: 'sme-class-hour-training-subsidy',
    version: dalian38.issuedOn,
    jurisdiction: dalian38.jurisdiction,
    title: text('中小微企业职工培训补贴', 'Training subsidy by class hour for small and medium firms'),
    cite: grounds.stated(rate),
    issuedOn: dalian38.issuedOn,
    window: { from: '2020-01-24', until: untilControlEnds, anchor: 'received' },
    payee: ['enterprise'],
    ...officeOf(dalian38),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [fund('F3', grounds.stated('补贴资金从失业保险基金支持技能提升行动资金中列支'))],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(grounds),
      ...limits.parameters,
      ...noticeChoiceParameters(grounds),
      ...recoveryParameters(grounds),
      ...epidemic,
      ...exclusionSwitches(grounds, 'training-subsidy'),
    ],
    rules: rulesOf(grounds),
    amounts: amountsOf(grounds),
    plan: paidOnce(grounds, limits, {
      id: 'subsidy',
      amount: 'total',
      label: text('职工培训补贴', 'training subsidy'),
      cite: grounds.stated(rate),
    }),
    exclusions: [
      {
        group: 'class-hour-project',
        key: "trainees.map(t, t.person + ':' + project)",
        per: 'once',
        limit: 1,
        reason: text('同一培训项目不得重复享受补贴', 'one training project is not subsidised twice'),
        cite: grounds.stated(once, text('按人、按项目核对，跨企业、跨年度。', 'Read by person and project, across employers and years.')),
      },
      {
        group: yearlyGroup,
        key: 'trainees.map(t, t.person)',
        per: 'year',
        limit: { capFen: 'yearlyCapFen', weighs: `trainees.map(t, ${perTrainee})` },
        reason: text('每人每年补贴不得超过1000元', 'no more than 1,000 yuan for a person in a year'),
        cite: grounds.stated(cap, text('“每年”读作申报所在的公历年。', '"Each year" is read as the calendar year of the application.')),
      },
      // a second project of the same person is allowed on the same days, up to the yearly cap: only other subsidies are excluded
      {
        ...trainingSubsidyOnce(grounds, 'trainees.map(t, t.person)', { from: 'startsOn', until: 'endsOn' }),
        ...otherSubsidiesOnly(grounds),
      },
    ],
    evidence: [
      uploaded(
        'records',
        '培训课件或培训记录（录像、直播、微信记录等）',
        'courseware or records of the training (video, live stream, messages)',
      ),
      uploaded('attendance', '签到表', 'attendance lists'),
      uploaded('learning', '学习记录', 'learning records'),
      byData('staff', '职工参保记录', 'insurance record of the staff'),
      byData('firm-size', '企业规模', 'size of the firm'),
      inspected.uploaded('inspection', '抽查记录', 'record of a random check'),
    ],
  };
}

export { examples } from './examples.js';

/** Dalian only, during epidemic control. */
export const versions: readonly Policy[] = [classHourSubsidy()];
