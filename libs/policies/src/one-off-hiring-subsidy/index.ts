import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian391, liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { exclusionSwitches } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { hireOnce } from '../tables/hiring-subsidy.js';
import { noticeByChoice, noticeChoiceParameters } from '../tables/notice-choice.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

/** What the two documents say differently: the province asks for insurance, the city for its fee. */
export type Version = { readonly grounds: Grounds; readonly insurance: string };

function hiringSubsidy(version: Version): Policy {
  const { grounds } = version;
  const { document } = grounds;
  const limits = paymentLimits(document);
  const { byData, uploaded } = papers(
    grounds.open(text('文件未列材料清单；以数据核验为先。', 'The document lists no papers; registers are asked first.')),
  );
  return {
    id: 'one-off-hiring-subsidy',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('一次性吸纳就业补贴', 'One-off subsidy for hiring'),
    cite: grounds.stated('按规定给予一次性吸纳就业补贴'),
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, anchor: 'received' },
    payee: ['enterprise'],
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
      ...exclusionSwitches(grounds, 'hire'),
    ],
    rules: rulesOf(version),
    amounts: amountsOf(version),
    plan: { ...planOf(version, limits), notice: noticeByChoice(grounds) },
    exclusions: [hireOnce(grounds, 'hires.map(h, h.person)')],
    evidence: [
      byData('unemployment', '失业登记', 'registration as unemployed'),
      byData('diploma', '毕业证', 'diploma'),
      byData('contract', '劳动合同', 'labour contract'),
      byData('contributions', '参保缴费记录', 'record of insurance and contributions'),
      uploaded('list', '吸纳人员名单', 'list of the people hired'),
    ],
  };
}

export { examples } from './examples.js';

/** The twelve months named in the same clause bind the post subsidy only: neither version ends. */
export const versions: readonly Policy[] = [
  hiringSubsidy({ grounds: groundsIn(liaoning25, '（六）'), insurance: '签订1年以上劳动合同并缴纳社会保险的' }),
  hiringSubsidy({ grounds: groundsIn(dalian391, '三'), insurance: '签订1年以上劳动合同并缴纳社会保险费的' }),
];
