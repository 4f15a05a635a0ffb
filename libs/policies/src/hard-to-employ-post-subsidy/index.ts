import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian391, liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { minimumWage } from '../tables/minimum-wage.js';
import { noticeByChoice, noticeChoiceParameters } from '../tables/notice-choice.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

/** What the two documents say differently. */
export type Version = {
  readonly grounds: Grounds;
  /** the sentence that grants the subsidy, and its last part */
  readonly rate: string;
  readonly until: string;
};

function postSubsidy(version: Version): Policy {
  const { grounds } = version;
  const { document } = grounds;
  const limits = paymentLimits(document);
  const silent = text('文件未列材料清单。', 'The document lists no papers.');
  return {
    id: 'hard-to-employ-post-subsidy',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('吸纳就业岗位补贴', 'Post subsidy for hiring people hard to employ'),
    cite: grounds.stated(version.rate),
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, until: version.until, anchor: 'period' },
    payee: ['enterprise', 'unit', 'institution'],
    ...officeOf(document),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [fund('F1', grounds.open(text('文件未指明资金来源。', 'The document does not name the fund.')))],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(version),
      ...limits.parameters,
      ...noticeChoiceParameters(grounds),
      ...recoveryParameters(grounds),
      ...minimumWage,
      ...exclusionSwitches(grounds, 'post-subsidy'),
    ],
    rules: rulesOf(version),
    amounts: amountsOf(version),
    plan: { ...planOf(version, limits), notice: noticeByChoice(grounds) },
    exclusions: [
      {
        ...switched('post-subsidy'),
        key: 'workers.map(w, w.person)',
        per: 'period',
        limit: 1,
        reason: text('同一人同一月份只能享受一项岗位补贴', 'one person draws one post subsidy in a month'),
        cite: grounds.open(
          text('文件未规定重复享受；默认同一人同月不重复。', 'The document is silent; by default not twice for the same person and month.'),
        ),
      },
    ],
    evidence: [
      {
        id: 'certificate',
        label: text('就业困难人员认定', 'certificate of being hard to employ'),
        obtainBy: 'data',
        cite: grounds.open(silent),
      },
      { id: 'contract', label: text('劳动合同', 'labour contract'), obtainBy: 'upload', cite: grounds.open(silent) },
      { id: 'contributions', label: text('社会保险缴费记录', 'record of contributions'), obtainBy: 'data', cite: grounds.open(silent) },
    ],
  };
}

export { examples } from './examples.js';

/** Twelve months from the day of issue, each with its corresponding day. */
export const versions: readonly Policy[] = [
  postSubsidy({ grounds: groundsIn(liaoning25, '（六）'), rate: '按当地最低工资标准的50%顶额给予吸纳就业岗位补贴', until: '2021-11-01' }),
  postSubsidy({ grounds: groundsIn(dalian391, '三'), rate: '按当地最低工资标准的50%给予吸纳就业岗位补贴', until: '2021-11-24' }),
];
