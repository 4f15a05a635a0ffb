import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian391, liaoning25 } from '../documents/texts.js';
import type { Cite, Policy } from '../policy.js';
import { advanceLimitParameters } from '../tables/advance-limit.js';
import { exclusionSwitches } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { noticeByChoice, noticeChoiceParameters } from '../tables/notice-choice.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { trainingSubsidyOnce } from '../tables/training-subsidy-once.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

/** What the two documents say differently. */
export type Version = {
  readonly grounds: Grounds;
  /** the sentence that grants the subsidy, and the one that names the standard */
  readonly grant: string;
  readonly standard: string;
  readonly uplift: string;
  /** why training lasts a year at least */
  readonly year: Cite;
};

function apprenticeshipSubsidy(version: Version): Policy {
  const { grounds } = version;
  const { document } = grounds;
  const limits = paymentLimits(document);
  const silent = grounds.open(text('文件未列材料清单。', 'The document lists no papers.'));
  const upload = (id: string, zh: string, en: string) => ({ id, label: text(zh, en), obtainBy: 'upload' as const, cite: silent });
  return {
    id: 'apprenticeship-training-subsidy',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('企业新型学徒制培训补贴', 'Training subsidy for apprenticeships in enterprises'),
    cite: grounds.stated(version.grant),
    issuedOn: document.issuedOn,
    window: { from: '2020-01-01', until: '2021-12-31', anchor: { fact: 'trainingStartsOn' } },
    payee: ['enterprise'],
    ...officeOf(document),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [
      fund('F4', grounds.open(text('文件未指明资金来源；按培训补贴列支。', 'The document names no fund; paid as other training is.'))),
    ],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(version),
      ...limits.parameters,
      ...advanceLimitParameters(grounds),
      ...noticeChoiceParameters(grounds),
      ...recoveryParameters(grounds),
      ...exclusionSwitches(grounds, 'training-subsidy'),
    ],
    rules: rulesOf(version),
    amounts: amountsOf(version),
    plan: { ...planOf(version, limits), notice: noticeByChoice(grounds) },
    exclusions: [trainingSubsidyOnce(grounds, 'apprentices.map(a, a.person)', { from: 'trainingStartsOn', until: 'trainingEndsOn' })],
    evidence: [
      upload('training-plan', '培训计划', 'training plan'),
      upload('training-agreements', '培养协议', 'agreements with the apprentices'),
      upload('school-agreement', '企校合作协议', 'agreement with the school'),
      upload('roster', '学徒名册（实名）', 'roster of apprentices'),
      upload('contracts', '劳动合同', 'labour contracts'),
      { id: 'certificates', label: text('证书', 'certificates'), obtainBy: 'data', cite: silent },
    ],
  };
}

export { examples } from './examples.js';

const province = groundsIn(liaoning25, '（十一）');
const city = groundsIn(dalian391, '六');
const aYear = '开展1年以上企业新型学徒制培训的企业';

/** The same two years in both documents; only the provincial one says how long training lasts. */
export const versions: readonly Policy[] = [
  apprenticeshipSubsidy({
    grounds: province,
    grant: '2020年至2021年，对组织新招用高校毕业生或在职青年职工等开展1年以上企业新型学徒制培训的企业，按规定给予职业培训补贴',
    standard: '具体标准按照《关于全面推行企业新型学徒制的实施意见》（辽人社发〔2019〕10号）执行',
    uplift: '培养成本高和急需紧缺职业（工种）补贴标准可上浮20%',
    year: province.stated(aYear),
  }),
  apprenticeshipSubsidy({
    grounds: city,
    grant: '2020年至2021年，对组织新招用高校毕业生或在职青年职工等开展企业新型学徒制培训的企业，按规定给予职业培训补贴',
    standard: '具体标准按照《关于印发〈大连市全面推行企业新型学徒制的工作方案〉的通知》（大人社发〔2019〕378号）执行',
    uplift: '规定上浮20%',
    year: province.inferred(
      aYear,
      text(
        '市文件未写期限；省文件对各市有约束，故默认一年。',
        'The city’s document gives no length; the provincial one binds it, hence a year.',
      ),
    ),
  }),
];
